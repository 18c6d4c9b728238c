using Asm.Training.Network;
using Asm.Training.Patches;

namespace Asm.Training.Fitting;

/// <summary>Mean and standard deviation of each band over pixels with a label, of patches as the source gives them.</summary>
internal static class BandStatisticsEstimate
{
    /// <summary>Reads patches from evenly spread places of a source, the first ones of a source without an end.</summary>
    public static BandStatistics Of(IPatchSource source, int patches, CancellationToken cancellation)
    {
        int bands = source.BandNames.Count, plane = source.SizePixels * source.SizePixels;
        double[] sum = new double[bands], squares = new double[bands];
        long count = 0;
        float[] reflectance = new float[bands * plane];
        byte[] label = new byte[plane];
        long used = Math.Min(patches, source.Count ?? patches);
        for (long patch = 0; patch < used; patch++)
        {
            cancellation.ThrowIfCancellationRequested();
            source.Read(source.Count is { } all ? patch * all / used : patch, reflectance, label);
            count += plane - label.AsSpan().Count((byte)0);
            for (int band = 0; band < bands; band++)
                for (int i = 0; i < plane; i++)
                    if (label[i] != 0)
                    {
                        double value = reflectance[band * plane + i];
                        sum[band] += value;
                        squares[band] += value * value;
                    }
        }

        return new BandStatistics([.. sum.Select(s => (float)(s / count))],
            [.. sum.Select((s, band) => (float)Math.Sqrt(Math.Max(0, squares[band] / count - s / count * (s / count))))]);
    }
}
