using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Raster.GeoTiff.Writing;

/// <summary>Rasters for tests of the writer.</summary>
internal static class CogFiles
{
    public static RasterInfo Info(int width, int height, SampleType type, int bands, double? noData) => new()
    {
        Grid = new GeoGrid(width, height, new MapPoint(600_000, 700_000), 10, 10, null),
        SampleType = type,
        Bands = [.. Enumerable.Range(0, bands).Select(_ => new BandInfo { NoData = noData })],
    };

    /// <summary>Writes samples (band after band) in strips, and returns the path.</summary>
    public static string Write<T>(string path, RasterInfo info, T[] samples, CogOptions? options = null, int stripHeight = int.MaxValue, int threads = 2) where T : unmanaged, INumber<T>
    {
        using var sink = CogSink.Create(path, info, options, new() { Threads = threads });
        (int width, int height) = (info.Grid.Width, info.Grid.Height);
        for (int row = 0; row < height; row += stripHeight)
        {
            int rows = Math.Min(stripHeight, height - row);
            var strip = new T[info.Bands.Count * rows * width];
            for (int band = 0; band < info.Bands.Count; band++)
                samples.AsSpan((band * height + row) * width, rows * width).CopyTo(strip.AsSpan(band * rows * width));
            sink.WriteRows<T>(rows, strip);
            if (rows == height) break;
        }
        sink.Complete();
        return path;
    }

    public static T[] Ramp<T>(int count) where T : INumber<T> => [.. Enumerable.Range(0, count).Select(i => T.CreateTruncating(i * 37 % 251))];

    /// <summary>All bit patterns but NaN, so that extremes and negative zero are among them.</summary>
    public static T[] Random<T>(Random random, int count) where T : unmanaged, INumber<T>
    {
        var samples = new T[count];
        random.NextBytes(MemoryMarshal.AsBytes(samples.AsSpan()));
        for (int i = 0; i < count; i++)
            if (T.IsNaN(samples[i])) samples[i] = T.One;
        return samples;
    }
}
