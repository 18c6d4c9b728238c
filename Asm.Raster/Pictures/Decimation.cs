using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Pictures;

/// <summary>A raster made smaller: one sample for a square of pixels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bands">For each band its samples, row after row.</param>
/// <param name="Valid">1 where the square had a pixel with data, else 0.</param>
internal sealed record Decimation<T>(int Width, int Height, T[][] Bands, byte[] Valid);

/// <summary>Makes rasters smaller by whole factors, reading them in strips.</summary>
internal static class Decimation
{
    private const long StripBytes = 64L << 20;

    /// <summary>Means over the pixels with data in all of the bands.</summary>
    public static Decimation<float> Average(IRasterSource source, int[] bands, int maxSide, CancellationToken cancellation)
    {
        (int factor, Decimation<float> result) = Plan<float>(source, bands.Length, maxSide);
        var sums = new double[result.Width];
        var counts = new int[result.Width];
        foreach ((PixelWindow window, float[] samples, byte[] valid) in Strips<float>(source, bands, factor, cancellation))
        {
            int plane = (int)window.PixelCount;
            for (int top = 0; top < window.Height; top += factor)
                for (int band = 0; band < bands.Length; band++)
                {
                    Array.Clear(sums);
                    Array.Clear(counts);
                    for (int row = top; row < Math.Min(top + factor, window.Height); row++)
                        for (int to = 0, at = row * window.Width; to < result.Width; to++)
                            for (int end = Math.Min(at + factor, (row + 1) * window.Width); at < end; at++)
                                if (valid[at] != 0)
                                {
                                    sums[to] += samples[band * plane + at];
                                    counts[to]++;
                                }
                    int first = (window.Row + top) / factor * result.Width;
                    for (int to = 0; to < result.Width; to++)
                        if (counts[to] > 0)
                            (result.Bands[band][first + to], result.Valid[first + to]) = ((float)(sums[to] / counts[to]), 1);
                }
        }
        return result;
    }

    /// <summary>The most frequent sample with data, of equally frequent ones the lowest.</summary>
    public static Decimation<byte> Mode(IRasterSource source, int band, int maxSide, CancellationToken cancellation)
    {
        (int factor, Decimation<byte> result) = Plan<byte>(source, 1, maxSide);
        var counts = new int[256];
        foreach ((PixelWindow window, byte[] samples, byte[] valid) in Strips<byte>(source, [band], factor, cancellation))
        {
            for (int top = 0; top < window.Height; top += factor)
                for (int left = 0; left < window.Width; left += factor)
                {
                    Array.Clear(counts);
                    for (int row = top; row < Math.Min(top + factor, window.Height); row++)
                        for (int at = row * window.Width + left,
                            end = row * window.Width + Math.Min(left + factor, window.Width); at < end; at++)
                            counts[samples[at]] += valid[at];
                    int best = 0;
                    for (int code = 1; code < counts.Length; code++)
                        if (counts[code] > counts[best]) best = code;
                    if (counts[best] == 0) continue;
                    int to = (window.Row + top) / factor * result.Width + left / factor;
                    (result.Bands[0][to], result.Valid[to]) = ((byte)best, 1);
                }
        }
        return result;
    }

    private static (int Factor, Decimation<T> Empty) Plan<T>(IRasterSource source, int bands, int maxSide)
    {
        GeoGrid grid = source.Info.Grid;
        int factor = (Math.Max(grid.Width, grid.Height) + maxSide - 1) / maxSide;
        GeoGrid small = grid.Coarsen(factor);
        int count = small.Width * small.Height;
        return (factor, new(small.Width, small.Height, [.. Enumerable.Range(0, bands).Select(_ => new T[count])], new byte[count]));
    }

    /// <summary>Strips, in arrays that are used again, whose heights are multiples of the factor, but for the last.</summary>
    private static IEnumerable<(PixelWindow Window, T[] Samples, byte[] Valid)> Strips<T>(IRasterSource source,
        int[] bands, int factor, CancellationToken cancellation)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        GeoGrid grid = source.Info.Grid;
        long rowBytes = (long)grid.Width * (bands.Length * SampleTypes.Of<T>().ByteCount() + 1);
        int height = Math.Min(grid.Height, factor * (int)Math.Clamp(Math.Min(StripBytes / rowBytes, 512) / factor, 1, 512));
        var samples = new T[checked(bands.Length * height * grid.Width)];
        var valid = new byte[height * grid.Width];
        for (int row = 0; row < grid.Height; row += height)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = new PixelWindow(0, row, grid.Width, Math.Min(height, grid.Height - row));
            int count = (int)window.PixelCount;
            source.ReadWithValidity<T>(window, bands, samples.AsSpan(0, bands.Length * count), valid.AsSpan(0, count));
            yield return (window, samples, valid);
        }
    }
}
