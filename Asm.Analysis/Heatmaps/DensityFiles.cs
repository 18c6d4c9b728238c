using System.Globalization;
using Asm.Raster.Files;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>Writes a kernel density as a Cloud Optimized GeoTIFF with provenance, and as a picture: what the verb `asm heatmap` does.</summary>
public sealed record DensityFiles
{
    private const string Unit = "pixels per km2";

    /// <summary>The raster: one float32 band, pixels per km².</summary>
    public required string OutputPath { get; init; }

    /// <summary>The picture, a PNG; null: none is drawn.</summary>
    public string? PicturePath { get; init; }

    /// <summary>What is counted: the name of a class or of a change, as <see cref="ClassMap.Select"/> takes it. On a change map a class is what is new of it.</summary>
    public string Class { get; init; } = "mines";

    /// <summary>Kernel, bandwidth and cell size.</summary>
    public DensityOptions Options { get; init; } = new();

    /// <summary>Replace outputs that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Computes and writes.</summary>
    /// <param name="mapPath">The class or change map.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <returns>What was written, and what it adds up to.</returns>
    /// <exception cref="AsmException">The map has no such class or does not fit the options, an output exists or cannot be written, or the memory limit is too low.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public (RasterInfo Info, DensitySummary Summary) Run(string mapPath, RunOptions? run = null)
    {
        run ??= new();
        if (Path.GetFullPath(mapPath) == Path.GetFullPath(OutputPath)) throw new AsmException(OutputPath, "is the input", "an output of its own", "give another path with -o");
        if (PicturePath is not null)
        {
            if (!string.Equals(Path.GetExtension(PicturePath), ".png", StringComparison.OrdinalIgnoreCase))
                throw new AsmException(PicturePath, $"has the ending '{Path.GetExtension(PicturePath)}'", "a name that ends with .png", "give --picture such a name");
            if (!Overwrite && File.Exists(PicturePath)) throw new AsmException(PicturePath, "the file exists", "a path that is free", "give --overwrite to replace it, or another path");
        }
        using IRasterSource source = run.Open(mapPath);
        ClassMap map = ClassMap.Of(source);
        IReadOnlyList<byte> codes = map.Select(Class);
        var info = new RasterInfo
        {
            Grid = KernelDensity.CellsOf(source, Options),
            SampleType = SampleType.Float32,
            Bands = [new() { Name = Title(map) }],
            Metadata = new Provenance
            {
                Stage = "heatmap",
                Inputs = FileHash.Identify([mapPath], run),
                Options = new Dictionary<string, string>
                {
                    ["class"] = Class,
                    ["codes"] = string.Join(' ', codes),
                    ["kernel"] = Options.Kernel.ToString().ToLowerInvariant(),
                    ["bandwidth"] = Options.BandwidthMetres.ToString("R", CultureInfo.InvariantCulture),
                    ["cell"] = Options.CellMetres.ToString("R", CultureInfo.InvariantCulture),
                },
            }.ToMetadata(),
        };
        using CogSink sink = CogSink.Create(OutputPath, info, new CogOptions { Overviews = OverviewMode.Average, Overwrite = Overwrite }, run);
        DensitySummary summary = KernelDensity.Run(AssumedClasses.Check(map), codes, sink, Options, run);
        if (PicturePath is not null)
        {
            using IRasterSource density = run.Open(OutputPath);
            QuickLook.WriteRamp(density, 0, PicturePath, Title(map), new() { Overwrite = Overwrite }, run);
        }
        return (info, summary);
    }

    private string Title(ClassMap map) => map.IsChange && map.Classes.Any(c => string.Equals(c.Name, Class, StringComparison.OrdinalIgnoreCase)) ? $"new {Class}, {Unit}" : $"{Class}, {Unit}";
}
