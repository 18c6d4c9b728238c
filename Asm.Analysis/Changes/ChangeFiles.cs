using System.Globalization;
using Asm.Raster.Files;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>Compares class maps of seasons into Cloud Optimized GeoTIFFs with provenance, and tables: what the verb `asm change` does.</summary>
/// <remarks>
/// Of two maps, OUTPUT.tif and its table OUTPUT.csv. Of more, OUTPUT.1-2.tif, OUTPUT.2-3.tif, ... and OUTPUT.1-N.tif, first to last, each with its table, and OUTPUT.areas.csv,
/// the classes' areas in every season. With persistence also OUTPUT.persistence.tif and .csv.
/// </remarks>
public sealed record ChangeFiles
{
    /// <summary>The output's path, with or without .tif.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The class that stands out.</summary>
    public ChangeOptions Options { get; init; } = new();

    /// <summary>Also write the map of <see cref="Persistence"/>.</summary>
    public bool WritePersistence { get; init; }

    /// <summary>Ground that is left out: no data in the outputs.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>Replace outputs that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Name of the raster of a pair, without folder.</summary>
    public string NameOf(SeasonPair pair, int seasons) => seasons == 2 ? $"{Stem}.tif" : $"{Stem}.{pair.Before + 1}-{pair.After + 1}.tif";

    /// <summary>Compares the maps and writes the outputs, all of them or none.</summary>
    /// <param name="inputs">Class maps of one grid in order of time, two or more.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <exception cref="AsmException">The maps do not belong together, an output exists or cannot be written, or the memory limit is too low.</exception>
    public ChangeSummary Run(IReadOnlyList<string> inputs, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(run);
        if (Stem.Length == 0) throw new AsmException(OutputPath, "is a folder", "the path of a file", "give a name in that folder with -o, such as change.tif");
        var sources = new List<IRasterSource>();
        try
        {
            foreach (string input in inputs) sources.Add(run.Open(input));
            ClassMap[] seasons = [.. sources.Select(s => ClassMap.Of(MaskedSource.Wrap(s, Masks)))];
            IReadOnlyList<MapClass> classes = Change.RequireComparable(seasons);
            MapClass followed = Change.FollowedClass(classes, Options.ClassName, inputs[0]);
            IReadOnlyDictionary<string, string> metadata = Metadata(inputs, followed, run);
            GeoGrid grid = sources[0].Info.Grid;
            using var outputs = new OutputSet(Path.GetDirectoryName(OutputPath) ?? "", inputs, Overwrite, run);
            IRasterSink Sink(string name, RasterInfo info) => new HeldSink(outputs.Raster(name, info, OverviewMode.Mode));
            string[] names = [.. Change.Pairs(seasons.Length).Select(p => NameOf(p, seasons.Length))];
            var sinks = new ChangeSinks
            {
                Changes = [.. names.Select(name => Sink(name, ChangeProducts.ChangeMap(grid, classes, followed.Code, metadata)))],
                Persistence = WritePersistence ? Sink($"{Stem}.persistence.tif", ChangeProducts.PersistenceMap(grid, metadata)) : null,
            };
            Stream[] tables = [.. names.Select(name => outputs.File(Path.ChangeExtension(name, ".csv")))];
            Stream? areas = seasons.Length > 2 ? outputs.File($"{Stem}.areas.csv") : null;
            Stream? persistence = WritePersistence ? outputs.File($"{Stem}.persistence.csv") : null;
            ChangeSummary summary = Change.Run(seasons, sinks, Options, run);
            for (int i = 0; i < tables.Length; i++) ChangeTables.Write(tables[i], summary.Tables[i]);
            if (areas is not null) ChangeTables.Write(areas, summary.Areas);
            if (persistence is not null) ChangeTables.WritePersistence(persistence, summary);
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

    private IReadOnlyDictionary<string, string> Metadata(IReadOnlyList<string> inputs, MapClass followed, RunOptions run) => new Provenance
    {
        Stage = "change",
        Inputs = FileHash.Identify([.. inputs, .. MaskProvenance.Files(Masks)], run),
        Options = MaskProvenance.Describe(Masks, new Dictionary<string, string> { ["class"] = followed.Name, ["confirm"] = Options.ConfirmingSeasons.ToString(CultureInfo.InvariantCulture) }),
    }.ToMetadata();
}
