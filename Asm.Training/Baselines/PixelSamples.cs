using Asm.Raster;
using Asm.Training.Configuration;
using Asm.Training.Network;

namespace Asm.Training.Baselines;

/// <summary>Labelled pixels that a pixel classifier learns from.</summary>
internal sealed record PixelSamples
{
    // Far beyond any scaling, and small enough that float arithmetic with it stays finite.
    private const float MostReflectance = 1e9f;

    /// <summary>Names of the bands, in their order.</summary>
    public required string[] BandNames { get; init; }

    /// <summary>The classes by code from 1.</summary>
    public required ClassConfig[] Classes { get; init; }

    /// <summary>Reflectance 0..1, pixel after pixel: Count x bands.</summary>
    public required float[] Reflectance { get; init; }

    /// <summary>Class code of each pixel, from 1.</summary>
    public required byte[] Codes { get; init; }

    /// <summary>Number of pixels.</summary>
    public int Count => Codes.Length;

    /// <summary>The bands of one pixel.</summary>
    public ReadOnlySpan<float> Spectrum(int pixel) => Reflectance.AsSpan(pixel * BandNames.Length, BandNames.Length);

    /// <summary>Pixels of each class, by position from 0.</summary>
    public int[] ClassCounts()
    {
        int[] counts = new int[Classes.Length];
        foreach (byte code in Codes) counts[code - 1]++;
        return counts;
    }

    /// <summary>
    /// Mean and standard deviation of each band. A band that does not vary has deviation 1, as scikit-learn's StandardScaler has it.
    /// </summary>
    public BandStatistics Statistics()
    {
        int bands = BandNames.Length;
        double[] mean = new double[bands], squares = new double[bands];
        for (int i = 0; i < Reflectance.Length; i++) mean[i % bands] += Reflectance[i];
        for (int b = 0; b < bands; b++) mean[b] /= Count;
        for (int i = 0; i < Reflectance.Length; i++)
            squares[i % bands] += (Reflectance[i] - mean[i % bands]) * (Reflectance[i] - mean[i % bands]);
        return new BandStatistics([.. mean.Select(m => (float)m)],
            [.. squares.Select(s => s > 1e-12 * Count ? (float)Math.Sqrt(s / Count) : 1f)]);
    }

    /// <summary>Checks what every classifier needs.</summary>
    /// <exception cref="AsmException">
    /// A class is empty, there are fewer than two classes, a code is unknown, or a value is no number.
    /// </exception>
    public void Validate()
    {
        if (Classes.Length is < 2 or > 254) throw new AsmException("classes", $"{Classes.Length}", "2 to 254", "label another class");
        if (Reflectance.LongLength != (long)Count * BandNames.Length)
            throw new ArgumentException($"{Reflectance.LongLength} values for {Count} pixels of {BandNames.Length} bands");
        int unknown = Codes.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)Classes.Length);
        if (unknown >= 0)
            throw new AsmException("training pixels", $"class code {Codes[unknown]}",
                $"1 to {Classes.Length}: {string.Join(", ", Classes.Select((c, i) => $"{i + 1} {c.Name}"))}",
                "name the class of every value with --classes, or correct the labels");
        int bad = Array.FindIndex(Reflectance, v => !(Math.Abs(v) <= MostReflectance));
        if (bad >= 0)
            throw new AsmException("training pixels",
                $"{BandNames[bad % BandNames.Length]} of pixel {bad / BandNames.Length} is {Reflectance[bad]}",
                "reflectance", $"mark such pixels as no data: gdal_translate -a_nodata {Reflectance[bad]} IN OUT");
        int[] counts = ClassCounts();
        int empty = Array.IndexOf(counts, 0);
        if (empty >= 0)
            throw new AsmException(
                "training pixels", $"none of class {empty + 1}, "
                    + $"{Classes[empty].Name} ({string.Join(", ", counts.Select((n, i) => $"{Classes[i].Name} {n}"))})",
                "one or more of every class", "label pixels of this class in the training split, or leave the class out");
    }
}
