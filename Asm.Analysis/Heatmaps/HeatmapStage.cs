using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>Writes a kernel density as a Cloud Optimized GeoTIFF with provenance, and as a picture: <c>asm heatmap</c>.</summary>
public sealed record HeatmapStage : Stage<HeatmapStage, HeatmapResult>
{
    private const string Unit = "pixels per km2";

    /// <summary>Measured with cells of 100 m and a bandwidth of 1 km.</summary>
    private const double SecondsPerMegapixel = 0.040;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<HeatmapStage>> List { get; } =
    [
        Setting.Text<HeatmapStage>(
            "class", "What is counted: a class, on a change map what is new of it; or a change such as \"vegetation to mines\"",
            s => s.Class, (s, v) => s with { Class = v }),
        Setting.Number<HeatmapStage>(
            "bandwidth", "Distance in metres within which pixels count; for the Gaussian kernel its standard deviation", 1, 1e6,
            s => s.Options.BandwidthMetres, (s, v) => s with { Options = s.Options with { BandwidthMetres = v!.Value } }),
        Setting.Choice<HeatmapStage, HeatmapKernel>(
            "kernel",
            "quartic: 3/(pi h^2) (1-d^2/h^2)^2 within h; uniform: 1/(pi h^2) within h; gaussian: cut at 4 bandwidths and scaled to 1",
            s => s.Options.Kernel, (s, v) => s with { Options = s.Options with { Kernel = v } },
            ("quartic", HeatmapKernel.Quartic), ("gaussian", HeatmapKernel.Gaussian), ("uniform", HeatmapKernel.Uniform)),
        Setting.Number<HeatmapStage>(
            "cell", "Side of an output cell in metres, a whole multiple of the map's pixel size", 1, 1e6,
            s => s.Options.CellMetres, (s, v) => s with { Options = s.Options with { CellMetres = v!.Value } }),
    ];

    /// <summary>The class or change map.</summary>
    public required string Map { get; init; }

    /// <summary>The raster: one float32 band, pixels per km².</summary>
    public required string OutputPath { get; init; }

    /// <summary>The picture, a PNG; null: none is drawn.</summary>
    public string? PicturePath { get; init; }

    /// <summary>
    /// What is counted: the name of a class or of a change, as <see cref="ClassMap.Select"/> takes it. On a change map a
    /// class is what is new of it.
    /// </summary>
    public string Class { get; init; } = "mines";

    /// <summary>Kernel, bandwidth and cell size.</summary>
    public HeatmapOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override string Verb => "heatmap";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => OutputFiles.ClassMap(Map);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => PicturePath is null ? [OutputPath] : [OutputPath, PicturePath];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<HeatmapStage>> All => List;

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        int bandwidthPixels = (int)Math.Ceiling(Options.BandwidthMetres / ground.Grid.PixelWidth);
        return new(
            StageNeed.StripBytes(ground.Grid, 10 * bandwidthPixels / 64 + 40),
            ground.Megapixels * SecondsPerMegapixel,
            (long)(ground.Megapixels * 1e6 / 100 * sizeof(float)));
    }

    /// <inheritdoc/>
    protected override HeatmapResult Work(RunOptions run)
    {
        if (PicturePath is not null && !string.Equals(Path.GetExtension(PicturePath), ".png", StringComparison.OrdinalIgnoreCase))
            throw new AsmException(PicturePath, $"has the ending '{Path.GetExtension(PicturePath)}'",
                "a name that ends with .png", "give `picture` such a name");
        using IRasterSource source = run.Open(Map);
        ClassMap map = ClassMap.Of(source, run);
        IReadOnlyList<byte> codes = map.Select(Class);
        var info = new RasterInfo
        {
            Grid = KernelDensity.CellsOf(map.Source, Options),
            SampleType = SampleType.Float32,
            Bands = [new() { Name = Title(map) }],
            Metadata = ProvenanceOf([Map], run, new Dictionary<string, string?> { ["codes"] = string.Join(' ', codes) }),
        };
        using var outputs = new OutputSet(Writes, Overwrite, run);
        HeatmapSummary summary = KernelDensity.Run(
            AssumedClasses.Check(map), codes, outputs.Raster(OutputPath, info, OverviewMode.Average), Options, run);
        outputs.Appear();
        if (PicturePath is not null)
        {
            using IRasterSource density = run.Open(OutputPath);
            outputs.Write(PicturePath, path => QuickLook.WriteRamp(density, 0, path, Title(map), new() { Overwrite = Overwrite }, run));
        }
        outputs.Complete();
        return new(info, summary);
    }

    private string Title(ClassMap map) =>
        map.IsChange && map.Classes.Any(c => string.Equals(c.Name, Class, StringComparison.OrdinalIgnoreCase))
            ? $"new {Class}, {Unit}" : $"{Class}, {Unit}";
}
