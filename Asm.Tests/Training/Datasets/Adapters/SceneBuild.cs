using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

/// <summary>Makes data sets of scenes without a console.</summary>
internal static class SceneBuild
{
    public static readonly string[] TenBands = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    public static readonly DatasetOptions SmallOptions = new() { Description = "a test", PatchPixels = 16, Patches = 20, BlockMetres = null, LabelledShare = 0 };

    public static ClassScheme Scheme(string? rest = null, params string[] map) => new(SmallScenes.Classes, map, rest);

    public static DatasetRequest Request(string folder, ClassScheme? scheme = null) => new() { Output = folder, Scheme = scheme ?? Scheme(), Options = SmallOptions, AllowEmpty = true };

    /// <summary>Makes a data set and tells the warnings.</summary>
    public static (DatasetManifest Manifest, string[] Warnings) Run(DatasetRequest request, IReadOnlyList<SceneInput> scenes)
    {
        var warnings = new List<string>();
        DatasetManifest manifest = new DatasetBuild(request, warnings.Add).Run(scenes, (_, work) => work(new Silent()), new());
        return (manifest, [.. warnings]);
    }

    /// <summary>All labels of an open scene, row after row.</summary>
    public static byte[] Codes(IRasterSource labels)
    {
        var codes = new byte[labels.Info.Grid.FullWindow.PixelCount];
        labels.Read<byte>(labels.Info.Grid.FullWindow, [0], codes);
        return codes;
    }

    /// <summary>Writes a raster of one band.</summary>
    public static string WriteRaster<T>(string path, GeoGrid grid, T[] values, double? noData = null, string[]? classNames = null) where T : unmanaged, System.Numerics.INumber<T>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var raster = new MemoryRaster<T>(new RasterInfo { Grid = grid, SampleType = SampleTypes.Of<T>(), Bands = [new BandInfo { NoData = noData }], ClassNames = classNames ?? [] }, values);
        using CogSink sink = CogSink.Create(path, raster.Info);
        sink.WriteRows<T>(grid.Height, values);
        sink.Complete();
        return path;
    }

    /// <summary>Writes an image whose band b has the value 100 b + 1 everywhere, without names unless some are given.</summary>
    public static string WriteImage(string path, GeoGrid grid, int bands, string[]? names = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        int count = grid.Width * grid.Height;
        ushort[] samples = [.. Enumerable.Range(0, bands).SelectMany(b => Enumerable.Repeat((ushort)(100 * (b + 1) + 1), count))];
        using var raster = new MemoryRaster<ushort>(grid, [.. Enumerable.Range(0, bands).Select(b => new BandInfo { Name = names?[b] ?? "", NoData = 0 })], samples);
        using CogSink sink = CogSink.Create(path, raster.Info);
        sink.WriteRows<ushort>(grid.Height, samples);
        sink.Complete();
        return path;
    }

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value) { }
    }
}
