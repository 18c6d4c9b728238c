using Asm.Maps.Charting;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>Compares class maps of seasons into Cloud Optimized GeoTIFFs with provenance, and tables: <c>asm change</c>.</summary>
/// <remarks>
/// Of two maps, OUTPUT.tif and its table OUTPUT.csv. Of more, OUTPUT.1-2.tif, OUTPUT.2-3.tif, ... and OUTPUT.1-N.tif, first to last, each
/// with its table, and OUTPUT.areas.csv, the classes' areas in every season. With persistence also OUTPUT.persistence.tif and .csv.
/// </remarks>
public sealed record ChangeStage : Stage<ChangeStage, ChangeSummary>
{
    private const double SecondsPerMegapixel = 0.026;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<ChangeStage>> List { get; } =
    [
        Setting.Of<ChangeStage>(
            "class", "The class that stands out, by name or code [default: mines, or the first class]", "the name of a class",
            s => s.Options.ClassName, (s, text) => text.Length == 0 ? null : s with { Options = s.Options with { ClassName = text } }),
        Setting.Whole<ChangeStage>(
            "confirm", "Seasons at the end that must agree before the persistence map calls a pixel new or recovered", 1, 1000,
            s => s.Options.ConfirmingSeasons, (s, v) => s with { Options = s.Options with { ConfirmingSeasons = v!.Value } }),
    ];

    /// <summary>Class maps of one grid in order of time, two or more.</summary>
    public required IReadOnlyList<string> Maps { get; init; }

    /// <summary>The output's path, with or without .tif.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The class that stands out.</summary>
    public ChangeOptions Options { get; init; } = new();

    /// <summary>Also write the map of <see cref="Persistence"/>.</summary>
    public bool WritePersistence { get; init; }

    /// <summary>A chart of the gains and losses of every class, .png or .svg; null: none is drawn.</summary>
    public string? ChartPath { get; init; }

    /// <summary>A chart of the areas of every class by season, .png or .svg; null: none is drawn.</summary>
    public string? AreasChartPath { get; init; }

    /// <inheritdoc/>
    public override string Verb => "change";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [.. OutputFiles.ClassMaps(Maps), .. MaskFiles];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes =>
    [
        .. Names.SelectMany(name => OutputFiles.ClassMap(Full(name)).Append(Full(TableOf(name)))),
        .. Maps.Count > 2 ? new[] { AreasPath } : [],
        .. WritePersistence ? OutputFiles.ClassMap(PersistencePath).Append(TableOf(PersistencePath)) : [],
        .. new[] { ChartPath, AreasChartPath }.OfType<string>(),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<ChangeStage>> All => List;

    private IEnumerable<string> Names => Change.Pairs(Maps.Count).Select(pair => NameOf(pair));

    private string AreasPath => Full($"{Stem}.areas.csv");

    private string PersistencePath => Full($"{Stem}.persistence.tif");

    /// <summary>Name of the raster of a pair, without folder.</summary>
    public string NameOf(SeasonPair pair) => Maps.Count == 2 ? $"{Stem}.tif" : $"{Stem}.{pair.Before + 1}-{pair.After + 1}.tif";

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        int pairs = Math.Max(1, Names.Count());
        return new(
            StageNeed.StripBytes(ground.Grid, 40 * pairs),
            ground.Megapixels * SecondsPerMegapixel * pairs,
            (long)(ground.Megapixels * 1e6 * StageNeed.ClassMapBytes) * pairs);
    }

    /// <inheritdoc/>
    protected override ChangeSummary Work(RunOptions run)
    {
        if (Stem.Length == 0)
            throw new AsmException(OutputPath, "is a folder", "the path of a file",
                "give a name in that folder with `output`, such as change.tif", AsmErrorCode.OutputNotWritable);
        var drawn = new ChartOptions { Overwrite = Overwrite };
        foreach (string picture in new[] { ChartPath, AreasChartPath }.OfType<string>()) Charts.RequireWritable(picture, drawn);
        var sources = new List<IRasterSource>();
        try
        {
            foreach (string map in Maps) sources.Add(run.Open(map));
            ClassMap[] seasons = [.. sources.Select(s => ClassMap.Of(MaskedSource.Wrap(s, Masks), run))];
            IReadOnlyList<MapClass> classes = Change.RequireComparable(seasons);
            MapClass followed = Change.FollowedClass(classes, Options.ClassName, Maps[0]);
            IReadOnlyDictionary<string, string> metadata = ProvenanceOf(Maps,
                run, new Dictionary<string, string?> { ["class"] = followed.Name });
            GeoGrid grid = sources[0].Info.Grid;
            using var outputs = new OutputSet(Writes, Overwrite, run);
            outputs.MakeFolder(Path.GetDirectoryName(OutputPath));
            string[] names = [.. Names];
            IRasterSink Sink(string path, RasterInfo info) => outputs.Raster(path, info, OverviewMode.Mode);
            var sinks = new ChangeSinks
            {
                Changes = [.. names.Select(name => Sink(Full(name), ChangeProducts.ChangeMap(grid, classes, followed.Code, metadata)))],
                Persistence = WritePersistence ? Sink(PersistencePath, ChangeProducts.PersistenceMap(grid, metadata)) : null,
            };
            AsideFile[] tables = [.. names.Select(name => outputs.File(Full(TableOf(name))))];
            AsideFile? areas = seasons.Length > 2 ? outputs.File(AreasPath) : null;
            AsideFile? persistence = WritePersistence ? outputs.File(TableOf(PersistencePath)) : null;
            ChangeSummary summary = Change.Run(seasons, sinks, Options, run);
            for (int i = 0; i < tables.Length; i++) tables[i].Write(TableWriter(summary.Tables[i]));
            areas?.Write(stream => ChangeTables.Write(stream, summary.Areas));
            persistence?.Write(stream => ChangeTables.WritePersistence(stream, summary));
            outputs.Appear();
            if (ChartPath is not null) outputs.Write(ChartPath, path => ChangeCharts.WriteChanges(path, summary, drawn));
            if (AreasChartPath is not null) outputs.Write(AreasChartPath, path => ChangeCharts.WriteAreas(path, summary, drawn));
            outputs.Complete();
            return summary;
        }
        finally
        {
            foreach (IRasterSource source in sources) source.Dispose();
        }
    }

    private string Stem
    {
        get
        {
            string name = Path.GetFileName(OutputPath);
            return Path.GetExtension(name).ToUpperInvariant() is ".TIF" or ".TIFF" ? Path.GetFileNameWithoutExtension(name) : name;
        }
    }

    private static Action<Stream> TableWriter(IReadOnlyList<ChangeRow> rows) => stream => ChangeTables.Write(stream, rows);

    private string Full(string name) => Path.Combine(Path.GetDirectoryName(OutputPath) ?? "", name);

    private static string TableOf(string raster) => Path.ChangeExtension(raster, ".csv");
}
