namespace Asm.Training.Patches;

/// <summary>Varies one patch: one of the eight symmetries of the square, then radiometry. Pixels without data (label 0, reflectance 0) keep reflectance 0.</summary>
internal static class Augmentation
{
    /// <summary>Writes a varied copy of a patch.</summary>
    /// <param name="config">What is varied.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="reflectance">Bands x size x size samples.</param>
    /// <param name="label">Size x size class codes.</param>
    /// <param name="toReflectance">Receives the samples.</param>
    /// <param name="toLabel">Receives the class codes, from 0; see <see cref="Batch.IgnoredTarget"/>.</param>
    public static void Apply(AugmentationConfig config, Random random, int size, ReadOnlySpan<float> reflectance, ReadOnlySpan<byte> label,
        Span<float> toReflectance, Span<long> toLabel)
    {
        int symmetry = config.ReflectAndTurn ? random.Next(8) : 0;
        (int start, int columnStep, int rowStep) = Walk(symmetry, size);
        int plane = size * size, bands = reflectance.Length / plane;
        double brightness = config.Brightness * Normal(random), haze = Math.Abs(config.Haze * Normal(random));
        for (int band = 0; band < bands; band++)
        {
            float gain = (float)Math.Exp(brightness + config.BandGain * Normal(random));
            float offset = (float)(config.BandOffset * Normal(random) + haze * Math.Pow(0.5, 5.0 * band / bands));
            ReadOnlySpan<float> from = reflectance.Slice(band * plane, plane);
            Span<float> to = toReflectance.Slice(band * plane, plane);
            for (int row = 0, at = 0; row < size; row++)
                for (int column = 0, source = start + row * rowStep; column < size; column++, source += columnStep, at++)
                    to[at] = from[source] == 0 ? 0 : from[source] * gain + offset;
            if (config.Noise > 0) AddNoise(to, (float)config.Noise, random);
        }

        for (int row = 0, at = 0; row < size; row++)
            for (int column = 0, source = start + row * rowStep; column < size; column++, source += columnStep, at++)
                toLabel[at] = label[source] - 1;
    }

    /// <summary>Where the walk over the source starts, and its steps for one column and one row of the result. Symmetry 0 changes nothing.</summary>
    internal static (int Start, int ColumnStep, int RowStep) Walk(int symmetry, int size)
    {
        bool reverseColumns = (symmetry & 1) != 0, reverseRows = (symmetry & 2) != 0, transpose = (symmetry & 4) != 0;
        int column = reverseColumns ? -1 : 1, row = reverseRows ? -size : size;
        int start = (reverseColumns ? size - 1 : 0) + (reverseRows ? (size - 1) * size : 0);
        return transpose ? (start, row, column) : (start, column, row);
    }

    private static void AddNoise(Span<float> samples, float deviation, Random random)
    {
        // The sum of four uniform draws is near enough to normal here, and cheap; its variance is 4/12.
        float scale = deviation * MathF.Sqrt(3f);
        for (int i = 0; i < samples.Length; i++)
            if (samples[i] != 0) samples[i] += scale * (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2f);
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
