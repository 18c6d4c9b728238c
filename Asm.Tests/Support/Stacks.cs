using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>Small stacks on disk for tests of whole verbs.</summary>
internal static class Stacks
{
    public static readonly string[] BandNames = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    /// <summary>A grid of 10 m pixels in UTM zone 30 north.</summary>
    public static GeoGrid Grid(int width, int height) => new(width, height, new(600_000, 700_020), 10, 10, Crs.Utm(30, north: true));

    /// <summary>Writes a ten-band stack of random reflectances.</summary>
    public static string Write(string path, int width, int height, GeoGrid? grid = null, string[]? bands = null)
    {
        bands ??= BandNames;
        var random = new Random(11);
        var samples = new ushort[bands.Length * width * height];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)random.Next(200, 2500);
        using var raster = new MemoryRaster<ushort>(grid ?? Grid(width, height), [.. bands.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples);
        using CogSink sink = CogSink.Create(path, raster.Info);
        sink.WriteRows<ushort>(height, samples);
        sink.Complete();
        return path;
    }
}
