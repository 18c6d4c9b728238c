using Asm.Raster;
using Asm.Training.Configuration;
using Asm.Training.Patches;

namespace Asm.Training.Baselines;

/// <summary>
/// Draws training pixels from labelled rasters: one pass counts the classes, a second draws an exact number of each, every pixel of a
/// class with the same chance (selection sampling: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S). Memory holds a block of
/// rows and the pixels drawn.
/// </summary>
internal static class SampleDraw
{
    /// <summary>Draws.</summary>
    /// <param name="rasters">Where to draw from.</param>
    /// <param name="bandNames">The bands.</param>
    /// <param name="classes">The classes by code from 1.</param>
    /// <param name="options">How many of each class.</param>
    /// <param name="cancellation">Ends the draw.</param>
    /// <exception cref="AsmException">A class has no pixel, a code has no class, or a raster cannot be read.</exception>
    public static PixelSamples Draw(IReadOnlyList<LabelledRaster> rasters, string[] bandNames,
        ClassConfig[] classes, SampleOptions options, CancellationToken cancellation = default)
    {
        int majority = Majority(classes, options.Majority);
        long[] left = Count(rasters, bandNames, classes, cancellation);
        long[] wanted = Wanted(left, majority, options.MaxPerClass);
        int count = checked((int)wanted.Sum());
        float[] reflectance = new float[checked(count * bandNames.Length)];
        byte[] codes = new byte[count];
        var random = PatchHash.Generator(options.Seed, 0);
        int drawn = 0;
        foreach (LabelledRaster raster in rasters)
            raster.Read(bandNames, (samples, labels) =>
            {
                ReadOnlySpan<float> from = samples.Span;
                ReadOnlySpan<byte> label = labels.Span;
                for (int i = 0; i < label.Length; i++)
                {
                    if (label[i] == 0) continue;
                    int position = label[i] - 1;
                    if (random.NextInt64(left[position]--) >= wanted[position]) continue;
                    wanted[position]--;
                    codes[drawn] = label[i];
                    for (int b = 0; b < bandNames.Length; b++) reflectance[drawn * bandNames.Length + b] = from[b * label.Length + i];
                    drawn++;
                }
            }, cancellation);
        var drawnSamples = new PixelSamples { BandNames = bandNames, Classes = classes, Reflectance = reflectance, Codes = codes };
        drawnSamples.Validate();
        return drawnSamples;
    }

    /// <summary>Pixels of each class to draw: all up to the cap, and of the majority class five times those of class 1.</summary>
    internal static long[] Wanted(long[] counts, int majority, int maxPerClass)
    {
        long cap = maxPerClass == 0 ? long.MaxValue : maxPerClass;
        return [.. counts.Select((n, i) => Math.Min(n, i == majority ? SampleOptions.MajorityRatio * Math.Min(counts[0], cap) : cap))];
    }

    private static int Majority(ClassConfig[] classes, string? name)
    {
        int at = name is null ? classes.Length - 1 : Array.FindIndex(classes, c => c.Name == name);
        if (at <= 0)
            throw new AsmException("--majority", name is null ? $"{classes.Length} class" : $"'{name}'",
                $"one of {string.Join(", ", classes.Skip(1).Select(c => c.Name))}: the first class, "
                + $"{classes.FirstOrDefault()?.Name}, is what it is cut to", "name another class");
        return at;
    }

    private static long[] Count(IReadOnlyList<LabelledRaster> rasters,
        string[] bandNames, ClassConfig[] classes, CancellationToken cancellation)
    {
        long[] counts = new long[classes.Length];
        foreach (LabelledRaster raster in rasters)
            raster.Read(bandNames, (_, labels) =>
            {
                foreach (byte code in labels.Span)
                {
                    if (code == 0) continue;
                    if (code > counts.Length)
                        throw new AsmException(raster.Labels.Name, $"class code {code}",
                            $"1 to {counts.Length}: {string.Join(", ", classes.Select((c, i) => $"{i + 1} {c.Name}"))}",
                            "name the class of every value with --classes, or correct the labels");
                    counts[code - 1]++;
                }
            }, cancellation);
        return counts;
    }
}
