using Asm.Maps.Charting;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Coverage;
using Asm.Raster.Windows;

namespace Asm.Analysis.Zones;

/// <summary>Measures zones on map files and writes the table: <c>asm zones</c>.</summary>
public sealed record ZonesStage : Stage<ZonesStage, ZoneTable>
{
    /// <summary>Memory for blocks that reach from one strip into the next, of all maps together.</summary>
    private const long CacheBytes = 64L << 20;

    /// <summary>For each map.</summary>
    private const double SecondsPerMegapixel = 0.012;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<ZonesStage>> List { get; } =
    [
        Setting.Text<ZonesStage>(
            "id", "The field that names the zones; rows with one name are one zone [default: each row is a zone, named by its number]",
            s => s.Options.IdField, (s, v) => s with { Options = s.Options with { IdField = v } }),
        Setting.Text<ZonesStage>(
            "layer", "The layer of the zones [default: the only one]", s => s.Layer, (s, v) => s with { Layer = v }),
        Setting.Number<ZonesStage>(
            "adjacent", "Also measure the ring of this many metres around every zone; 0: no ring", 0, 1e6,
            s => s.Options.AdjacentMetres, (s, v) => s with { Options = s.Options with { AdjacentMetres = v!.Value } }),
        Setting.Choice<ZonesStage, PixelCoverage>(
            "coverage", "exact: the share of each pixel that lies in the zone; centre: all of a pixel whose centre lies in it",
            s => s.Options.Coverage, (s, v) => s with { Options = s.Options with { Coverage = v } },
            ("exact", PixelCoverage.Exact), ("centre", PixelCoverage.Centre)),
    ];

    /// <summary>Class maps and change maps, GeoTIFF.</summary>
    public required IReadOnlyList<string> Maps { get; init; }

    /// <summary>The vector file of the zones: see <see cref="VectorFile.Read"/>.</summary>
    public required string Zones { get; init; }

    /// <summary>The layer of the zones; null takes the file's only one.</summary>
    public string? Layer { get; init; }

    /// <summary>The table to write: see <see cref="ZoneTableFile"/>.</summary>
    public required string OutputPath { get; init; }

    /// <summary>A copy of the zones as a GeoPackage, for whoever shows the table; null: none.</summary>
    public string? AreasPath { get; init; }

    /// <summary>A chart of the zones that have most of <see cref="ChartClass"/>, .png or .svg; null: none is drawn.</summary>
    public string? ChartPath { get; init; }

    /// <summary>What the chart shows: see <see cref="ZoneCharts.Write"/>.</summary>
    public string ChartClass { get; init; } = "mines";

    /// <summary>Names, rings and rule.</summary>
    public ZoneOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override string Verb => "zones";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [.. VectorFile.FilesOf(Zones), .. OutputFiles.ClassMaps(Maps)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => [OutputPath, .. new[] { AreasPath, ChartPath }.OfType<string>()];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<ZonesStage>> All => List;

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(
            StageNeed.StripBytes(ground.Grid, 40 * Maps.Count),
            ground.Megapixels * SecondsPerMegapixel * Maps.Count,
            new FileInfo(Zones).Length + (1 << 16));
    }

    /// <inheritdoc/>
    protected override ZoneTable Work(RunOptions run)
    {
        ZoneTableFile.RequireEnding(OutputPath);
        var drawn = new ChartOptions { Overwrite = Overwrite };
        if (ChartPath is not null) Charts.RequireWritable(ChartPath, drawn);
        VectorLayer zones = VectorFile.Read(Zones, Layer);
        var sources = new List<IRasterSource>();
        try
        {
            foreach (string path in Maps) sources.Add(run.Open(path, CacheBytes / Maps.Count));
            string[] names = Names();
            ZoneTable table = ZonalAreas.Run([.. sources.Select((source, i) => new ZoneMap(names[i], ClassMap.Of(source, run)))],
                zones, Options, run);
            using var outputs = new OutputSet(Writes, Overwrite, run);
            outputs.Write(OutputPath, path => ZoneTableFile.Write(path, table, Overwrite));
            if (AreasPath is not null) outputs.Write(AreasPath, path => VectorFile.Write(path, Copied(zones), Overwrite));
            if (ChartPath is not null) outputs.Write(ChartPath, path => ZoneCharts.Write(path, ChartClass, table, drawn));
            outputs.Complete();
            return table;
        }
        finally
        {
            foreach (IRasterSource source in sources) source.Dispose();
        }
    }

    /// <summary>The zones with what a GeoPackage can hold of them: all fields, or where they are too many the names alone.</summary>
    private VectorLayer Copied(VectorLayer zones) => zones with
    {
        Name = "zones",
        Fields = zones.Fields.Count <= ZoneTableFile.MostColumns ? zones.Fields
            : Options.IdField is { } id ? [zones.RequireField(id)] : [],
    };

    /// <summary>What a table calls the map of a file whose name no other map has.</summary>
    internal static string NameOf(string path)
    {
        const string Classes = ".classes";
        string name = Path.GetFileNameWithoutExtension(path);
        return name.EndsWith(Classes, StringComparison.OrdinalIgnoreCase) && name.Length > Classes.Length ? name[..^Classes.Length] : name;
    }

    /// <summary>A map is called by its file's name without ".tif" and ".classes", or by its path where that names two.</summary>
    private string[] Names()
    {
        string[] names = [.. Maps.Select(NameOf)];
        return [.. names.Select((name, i) => names.Count(other => other == name) > 1 ? Maps[i] : name)];
    }
}
