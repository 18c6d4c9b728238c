using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Training.Configuration;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Datasets;

/// <summary>Small scenes by hand, and data sets of them.</summary>
internal static class SmallScenes
{
    public static readonly ClassConfig[] Classes = new FitConfig().Classes;

    public static GeoGrid Grid(int width, int height, double x = 600_000, double y = 700_000, Crs? crs = null) => new(width, height, new(x, y), 10, 10, crs ?? Crs.Utm(30, north: true));

    public static MemoryRaster<ushort> Stack(GeoGrid grid, params ushort[][] bands) =>
        new(grid, [.. bands.Select((_, b) => new BandInfo { Name = $"b{b + 1}", NoData = 0, Scale = 1e-4 })], [.. bands.SelectMany(b => b)], "stack");

    public static MemoryRaster<byte> Labels(GeoGrid grid, params byte[] codes) => new(grid, [new BandInfo { Name = "class", NoData = 0 }], codes, "labels");

    /// <summary>A data set of one-band scenes with the labels given, all of reflectance 0.1.</summary>
    public static DatasetManifest Write(string folder, DatasetOptions options, params (string Name, GeoGrid Grid, byte[] Labels)[] scenes)
    {
        using var writer = new DatasetWriter(folder, ["b1"], Classes, overwrite: false);
        foreach ((string name, GeoGrid grid, byte[] labels) in scenes)
            writer.Add(name, $"{name}.tif", Stack(grid, [.. Enumerable.Repeat((ushort)1000, labels.Length)]), Labels(grid, labels), points: false, new());
        return writer.Complete(options, new());
    }

    /// <summary>The splits of a scene, row after row.</summary>
    public static Split[] SplitsOf(Dataset dataset, string scene)
    {
        DatasetScene one = dataset.Manifest.Scenes.Single(s => s.Name == scene);
        return [.. Enumerable.Range(0, one.Height).SelectMany(row => dataset.SplitRow(one, row).ToArray())];
    }
}
