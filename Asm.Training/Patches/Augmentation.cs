using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Asm.Training.Configuration;

namespace Asm.Training.Patches;

/// <summary>Varies patches: a symmetry of the square, a rotation, then radiometry. One object serves one thread.</summary>
/// <remarks>
/// A pixel has no data where the reflectance of any band is 0, as in asm predict. In the result such a pixel has the ignored target and the
/// band's mean, which is what asm predict gives the network there. Reflectance is bilinear, the class that of the nearest pixel. Where the
/// nearest pixel has no data or is outside of the patch, the result has no data; where only another of the four pixels has none, the
/// nearest is taken as it is. So data never mixes with no data.
/// </remarks>
/// <param name="config">What is varied.</param>
/// <param name="size">Rows and columns of a patch, 2 or more.</param>
/// <param name="noData">What each band has where there is no data.</param>
internal sealed class Augmentation(AugmentationConfig config, int size, float[] noData)
{
    private readonly SourceRow _row = new(size);
    private readonly float[] _lowest = new float[size * size];
    private readonly (float Gain, float Offset)[] _radiometry = Array.ConvertAll(noData, _ => (1f, 0f));

    /// <summary>Writes a varied copy of a patch.</summary>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="reflectance">Bands x size x size samples.</param>
    /// <param name="label">Size x size class codes.</param>
    /// <param name="toReflectance">Receives the samples.</param>
    /// <param name="toTarget">Receives the class positions from 0; see <see cref="Batch.IgnoredTarget"/>.</param>
    public void Apply(Random random, ReadOnlySpan<float> reflectance,
        ReadOnlySpan<byte> label, Span<float> toReflectance, Span<long> toTarget)
    {
        int symmetry = config.ReflectAndTurn ? random.Next(8) : 0;
        double angle = config.Rotate && random.NextDouble() < config.RotateShare ? Math.PI / 2 * random.NextDouble() : 0;
        DrawRadiometry(random);
        Apply(symmetry, angle, (uint)random.Next(), reflectance, label, toReflectance, toTarget);
    }

    /// <summary>Writes a copy of a patch with a given geometry.</summary>
    /// <param name="symmetry">0 to 7; 0 changes nothing. See <see cref="SourceRow.Walk"/>.</param>
    /// <param name="angle">Radians.</param>
    /// <param name="noiseSeed">Decides the noise.</param>
    /// <param name="reflectance">Bands x size x size samples.</param>
    /// <param name="label">Size x size class codes.</param>
    /// <param name="toReflectance">Receives the samples.</param>
    /// <param name="toTarget">Receives the class positions.</param>
    internal void Apply(int symmetry, double angle, uint noiseSeed, ReadOnlySpan<float> reflectance,
        ReadOnlySpan<byte> label, Span<float> toReflectance, Span<long> toTarget)
    {
        int plane = size * size;
        reflectance[..plane].CopyTo(_lowest);
        for (int band = 1; band < noData.Length; band++)
            TensorPrimitives.MinMagnitude(_lowest, reflectance.Slice(band * plane, plane), _lowest);
        for (int row = 0; row < size; row++)
        {
            _row.Find(row, symmetry, angle, _lowest);
            for (int band = 0; band < noData.Length; band++)
            {
                int at = band * plane + row * size;
                Span<float> to = toReflectance.Slice(at, size);
                Interpolate(reflectance.Slice(band * plane, plane), to, _radiometry[band].Gain, _radiometry[band].Offset);
                if (config.Noise > 0) Noise.Add(to, (float)config.Noise, noiseSeed + (uint)at);
                foreach (int column in _row.WithoutData) to[column] = noData[band];
            }

            Span<long> target = toTarget.Slice(row * size, size);
            for (int column = 0; column < size; column++) target[column] = label[_row.Nearest[column]] - 1;
            foreach (int column in _row.WithoutData) target[column] = Batch.IgnoredTarget;
        }
    }

    private void DrawRadiometry(Random random)
    {
        double brightness = config.Brightness * Normal(random), haze = Math.Abs(config.Haze * Normal(random));
        for (int band = 0; band < noData.Length; band++)
            _radiometry[band] = ((float)Math.Exp(brightness + config.BandGain * Normal(random)),
                (float)(config.BandOffset * Normal(random) + haze * Math.Pow(0.5, 5.0 * band / noData.Length)));
    }

    // References instead of spans: SourceRow gives positions inside of the patch only, and this loop is most of the time of a batch.
    private void Interpolate(ReadOnlySpan<float> from, Span<float> to, float gain, float offset)
    {
        (int columnStep, int rowStep) = (_row.ColumnStep, _row.RowStep);
        ref float source = ref MemoryMarshal.GetReference(from);
        ref SourceRow.Taps taps = ref MemoryMarshal.GetArrayDataReference(_row.Pixels);
        for (int column = 0; column < to.Length; column++)
        {
            SourceRow.Taps t = Unsafe.Add(ref taps, column);
            ref float first = ref Unsafe.Add(ref source, t.Index), below = ref Unsafe.Add(ref first, rowStep);
            float value = t.First * first + t.Right * Unsafe.Add(ref first, columnStep)
                + t.Below * below + t.Across * Unsafe.Add(ref below, columnStep);
            to[column] = value * gain + offset;
        }
    }

    // Box and Muller 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
