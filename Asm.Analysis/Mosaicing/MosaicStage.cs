using System.Globalization;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>Puts files of many tiles together into a Cloud Optimized GeoTIFF with provenance: <c>asm mosaic</c>.</summary>
/// <remarks>
/// A file of one band is a class map; for <see cref="MosaicRule.MaxProbability"/> its confidence lies beside it: NAME.confidence.tif of
/// NAME.classes.tif or NAME.tif. A file of several bands is a probability map.
/// </remarks>
public sealed record MosaicStage : Stage<MosaicStage, MosaicSummary>
{
    /// <summary>Files that stay open: more than meet a strip of a country, far fewer than a system allows.</summary>
    private const int MostOpen = 12;

    private const double SecondsPerMegapixel = 0.013;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<MosaicStage>> List { get; } =
    [
        Setting.Choice<MosaicStage, MosaicRule>(
            "rule",
            "Which tile decides where several have data: max-class, the highest code (vegetation must be the last class); "
            + "max-probability, the most probable class; first, the first tile given",
            s => s.Rule, (s, v) => s with { Rule = v },
            ("max-class", MosaicRule.MaxClass), ("max-probability", MosaicRule.MaxProbability), ("first", MosaicRule.First)),
        Setting.Of<MosaicStage>(
            "crs", "CRS of the map: EPSG:32630, or a file of WKT1 [default: that of most tiles]", "EPSG:CODE, or a file of WKT1",
            s => s.Grid.Crs?.ToText(), (s, text) => s with { Grid = s.Grid with { Crs = Crs.Parse(text) } }),
        Setting.Number<MosaicStage>(
            "resolution", "Side of a pixel in units of the CRS [default: as most tiles of this CRS have it]", 1e-9, 1e6,
            s => s.Grid.Resolution, (s, v) => s with { Grid = s.Grid with { Resolution = v } }),
        Setting.Of<MosaicStage>(
            "bounds", "WEST,SOUTH,EAST,NORTH in units of the CRS, widened to whole pixels [default: all of all tiles]",
            "WEST,SOUTH,EAST,NORTH with west below east and south below north",
            s => s.Grid.Bounds is { } b
                ? string.Create(CultureInfo.InvariantCulture, $"{b.West:R},{b.South:R},{b.East:R},{b.North:R}")
                : null,
            (s, text) => MapBounds.TryParse(text, out MapBounds bounds) ? s with { Grid = s.Grid with { Bounds = bounds } } : null),
        MapSettings.FullScale<MosaicStage>(s => s.FullScale, (s, v) => s with { FullScale = v }),
    ];

    /// <summary>The maps of the tiles.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The file to write.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Which tile decides where several have data.</summary>
    public MosaicRule Rule { get; init; } = MosaicRule.MaxClass;

    /// <summary>What is known of the grid.</summary>
    public MosaicGrid Grid { get; init; } = new();

    /// <summary>
    /// The sample that means probability 1 in probability maps that state no scale; null: 1 in floating point, and integers are refused.
    /// </summary>
    public double? FullScale { get; init; }

    /// <summary>Is told the grid before the work starts; may be null.</summary>
    public Action<GeoGrid>? Announce { get; init; }

    /// <inheritdoc/>
    public override string Verb => "mosaic";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads =>
        [.. Inputs.SelectMany(map => OutputFiles.ClassMap(map).Append(ConfidencePathOf(map))), .. MaskFiles];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => OutputFiles.ClassMap(OutputPath);

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<MosaicStage>> All => List;

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
    protected override MosaicSummary Work(RunOptions run)
    {
        // A quarter of the memory is for decoded tiles that the next strip needs again.
        using var pool = new FilePool(MostOpen, run, run.MaxMemoryBytes / 4 / MostOpen);
        var files = new List<string>();
        MosaicTile[] tiles = [.. Inputs.Select(input => Open(pool, input, files, run))];
        IReadOnlyList<MapClass> classes = Mosaic.RequireFit(tiles, Rule);
        GeoGrid grid = Grid.Over([.. tiles.Select(t => (t.Map.Name, t.Map.Info.Grid))]);
        Announce?.Invoke(grid);
        var found = new Dictionary<string, string?>
        {
            ["crs"] = $"{grid.Crs}",
            ["resolution"] = grid.PixelWidth.ToString("R", CultureInfo.InvariantCulture),
            ["bounds"] = null,
        };
        RasterInfo info = MapProducts.Classes(grid, MapClasses.WithoutGaps(classes), ProvenanceOf(files, run, found));
        using var outputs = new OutputSet(Writes, Overwrite, run);
        outputs.MakeFolder(Path.GetDirectoryName(OutputPath));
        MosaicSummary summary = Mosaic.Run(
            tiles, outputs.Raster(OutputPath, info, OverviewMode.Mode), Rule,
            run.Keep(run.MaxMemoryBytes / 4));
        outputs.Complete();
        return summary;
    }

    /// <summary>Where the confidence of a class map is looked for.</summary>
    public static string ConfidencePathOf(string classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        string stem = Path.ChangeExtension(classMap, null);
        return (stem.EndsWith(".classes", StringComparison.OrdinalIgnoreCase) ? stem[..^".classes".Length] : stem) + ".confidence.tif";
    }

    private MosaicTile Open(FilePool pool, string input, List<string> files, RunOptions run)
    {
        IRasterSource map = MaskedSource.Wrap(pool.Add(input), Masks);
        files.Add(input);
        if (map.Info.Bands.Count > 1) return MosaicTile.Of(ProbabilityMap.Of(map, FullScale));
        string confidence = ConfidencePathOf(input);
        if (Rule != MosaicRule.MaxProbability || !File.Exists(confidence)) return MosaicTile.Of(ClassMap.Of(map, run));
        files.Add(confidence);
        return MosaicTile.Of(ClassMap.Of(map, run), pool.Add(confidence));
    }
}
