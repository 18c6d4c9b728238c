using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;

namespace Asm.Analysis.Polygons;

/// <summary>Writes the regions of a map as a vector file: <c>asm polygons</c>.</summary>
public sealed record PolygonsStage : Stage<PolygonsStage, PolygonSummary>
{
    /// <summary>Measured with polygons of one class.</summary>
    private const double SecondsPerMegapixel = 0.030;

    /// <summary>In place of a class: all of them.</summary>
    private const string AllClasses = "all";

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<PolygonsStage>> List { get; } =
    [
        Setting.Of<PolygonsStage>(
            "class",
            "Classes, or changes such as "
            + "\"vegetation to mines\", that become polygons, separated by commas; on a change map a class means what is new of it",
            $"names of classes, or {AllClasses}", s => s.Classes.Count == 0 ? AllClasses : string.Join(',', s.Classes),
            (s, text) => s with { Classes = string.Equals(text, AllClasses, StringComparison.OrdinalIgnoreCase) ? [] : Words(text) }),
        Setting.Number<PolygonsStage>(
            "min-area", "Regions smaller than this, in hectares, are left out", 0, 1e6,
            s => s.Options.MinAreaHectares, (s, v) => s with { Options = s.Options with { MinAreaHectares = v!.Value } }),
        Setting.Choice<PolygonsStage, Connectivity>(
            "connect", "4: pixels that share a side belong together; 8: also those that share a corner",
            s => s.Options.Connectivity, (s, v) => s with { Options = s.Options with { Connectivity = v } },
            ("4", Connectivity.Four), ("8", Connectivity.Eight)),
    ];

    /// <summary>The class or change map.</summary>
    public required string Map { get; init; }

    /// <summary>The file: .gpkg, .geojson, .json or .shp.</summary>
    public required string OutputPath { get; init; }

    /// <summary>
    /// What becomes polygons: names of classes or of changes, as <see cref="ClassMap.Select"/> takes them; none: all codes but no data.
    /// </summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>A confidence map on the same grid, whose mean over each region is written; null: none.</summary>
    public string? ConfidencePath { get; init; }

    /// <summary>Smallest area and connectivity.</summary>
    public PolygonOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override string Verb => "polygons";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads =>
        ConfidencePath is null ? OutputFiles.ClassMap(Map) : [.. OutputFiles.ClassMap(Map), ConfidencePath];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => VectorFile.FilesOf(OutputPath);

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<PolygonsStage>> All => List;

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(
            StageNeed.StripBytes(ground.Grid, 40),
            ground.Megapixels * SecondsPerMegapixel,
            (long)(ground.Megapixels * 1e6 * StageNeed.ClassMapBytes));
    }

    /// <inheritdoc/>
    protected override PolygonSummary Work(RunOptions run)
    {
        using IRasterSource source = run.Open(Map);
        using IRasterSource? confidence = ConfidencePath is null ? null : run.Open(ConfidencePath);
        if (confidence is { Info.Bands.Count: > 1 })
            throw new AsmException(
                ConfidencePath!, $"has {confidence.Info.Bands.Count} bands",
                "a confidence map with one", "give a NAME.confidence.tif of asm predict");
        ClassMap map = ClassMap.Of(source, run);
        byte[] codes = [.. Classes.Count == 0
            ? Enumerable.Range(1, 255).Select(code => (byte)code)
            : Classes.SelectMany(map.Select).Distinct()];
        Ground.MetresPerUnit(source, "an area in hectares");
        OgcGeometryType shape = Options.Connectivity == Connectivity.Eight ? OgcGeometryType.MultiPolygon : OgcGeometryType.Polygon;
        using IFeatureSink sink = VectorFile.Create(OutputPath, source.Info.Grid.Crs!,
            ClassPolygons.Fields(confidence is not null), shape, Overwrite);
        return ClassPolygons.Run(map, codes, confidence, sink, Options, run);
    }

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
