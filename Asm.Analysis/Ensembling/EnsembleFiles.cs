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

namespace Asm.Analysis.Ensembling;

/// <summary>Runs the ensemble of files into Cloud Optimized GeoTIFFs with provenance: what the verb `asm ensemble` does.</summary>
public sealed record EnsembleFiles
{
    /// <summary>The most memory that decoded tiles of one date may take where blocks share them: about a row of tiles of bytes.</summary>
    private const long MostCacheBytes = 24L << 20;

    /// <summary>The folder of the outputs; made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The outputs are NAME.classes.tif and so on.</summary>
    public required string Name { get; init; }

    /// <summary>Which rasters to write.</summary>
    public EnsembleOutputs Outputs { get; init; } = EnsembleOutputs.Default;

    /// <summary>The type of mean probabilities: UInt8 (1..255 = 0..1) or Float32.</summary>
    public SampleType ProbabilityType { get; init; } = SampleType.UInt8;

    /// <summary>The sample that means probability 1 in maps of integers that state no scale; null: such maps are refused.</summary>
    public double? FullScale { get; init; }

    /// <summary>Ground that is left out: no data in the outputs.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>Replace outputs that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Path of an output of <paramref name="kind"/>: "classes", "probabilities", "dates", "agreement", "confidence", "entropy" or "margin".</summary>
    public string PathOf(string kind) => Path.Combine(Directory, $"{Name}.{kind}.tif");

    /// <summary>Runs the ensemble and writes the outputs, all of them or none.</summary>
    /// <param name="inputs">Probability maps, one a date.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <exception cref="AsmException">The maps do not belong together, an output exists or cannot be written, or the memory limit is too low.</exception>
    public EnsembleSummary Run(IReadOnlyList<string> inputs, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(run);
        if (inputs.Count == 0) throw new AsmException("ensemble", "no map is given", "the probability maps of a tile and season", "give NAME.probabilities.tif of every date");
        if (inputs.GroupBy(Path.GetFullPath).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new AsmException(twice.First(), "is given twice, and would count twice", "every date once", "leave it out once");
        var sources = new List<IRasterSource>();
        try
        {
            long cacheBytes = SharesTiles(inputs, run) ? Math.Min(MostCacheBytes, run.MaxMemoryBytes / (4 * inputs.Count)) : 0;
            foreach (string input in inputs) sources.Add((run with { Threads = 1 }).Open(input, cacheBytes));
            ProbabilityMap[] maps = [.. sources.Select(s => ProbabilityMap.Of(MaskedSource.Wrap(s, Masks), FullScale))];
            GeoGrid grid = Ensemble.GridOf(maps);
            if (grid.Crs is null) throw new AsmException(inputs[0], "has no coordinate reference system, so its map would lie nowhere", "a georeferenced raster", "assign the system with gdal_edit.py -a_srs EPSG:...");
            IReadOnlyDictionary<string, string> metadata = Metadata(inputs, run);
            using var outputs = new OutputSet(Directory, inputs, Overwrite, run);
            IRasterSink? Sink(EnsembleOutputs output, string kind, RasterInfo info, OverviewMode overviews) =>
                Outputs.HasFlag(output) ? outputs.Raster($"{Name}.{kind}.tif", info, overviews) : null;
            IRasterSink? Share(EnsembleOutputs output, string kind) => Sink(output, kind, MapProducts.Share(grid, kind, metadata), OverviewMode.Average);
            var sinks = new EnsembleSinks
            {
                Classes = Sink(EnsembleOutputs.Classes, "classes", MapProducts.Classes(grid, maps[0].Classes, metadata), OverviewMode.Mode),
                Probabilities = Sink(EnsembleOutputs.Probabilities, "probabilities", MapProducts.Probabilities(grid, maps[0].Classes, ProbabilityType, metadata), OverviewMode.Average),
                Dates = Sink(EnsembleOutputs.Dates, "dates", Dates(grid, maps.Length, metadata), OverviewMode.Average),
                Agreement = Share(EnsembleOutputs.Agreement, "agreement"),
                Confidence = Share(EnsembleOutputs.Confidence, "confidence"),
                Entropy = Share(EnsembleOutputs.Entropy, "entropy"),
                Margin = Share(EnsembleOutputs.Margin, "margin"),
            };
            return Ensemble.Run(maps, sinks, run with { MaxMemoryBytes = run.MaxMemoryBytes - cacheBytes * inputs.Count });
        }
        finally
        {
            foreach (IRasterSource source in sources) source.Dispose();
        }
    }

    /// <summary>False where every tile of every file lies in one block of the ensemble: nothing is then worth keeping.</summary>
    private static bool SharesTiles(IReadOnlyList<string> inputs, RunOptions run)
    {
        GeoGrid? first = null;
        foreach (string input in inputs)
        {
            using IRasterSource file = run.Open(input);
            first ??= file.Info.Grid;
            if (!file.Info.Grid.IsSameAs(first) || file is not GeoTiffSource { Layout: var layout } || !EnsemblePlan.HoldsTilesOf(layout)) return true;
        }
        return false;
    }

    private static RasterInfo Dates(GeoGrid grid, int dates, IReadOnlyDictionary<string, string> metadata) => new()
    {
        Grid = grid,
        SampleType = dates <= byte.MaxValue ? SampleType.UInt8 : SampleType.UInt16,
        Bands = [new() { Name = "dates" }],
        Metadata = metadata,
    };

    private IReadOnlyDictionary<string, string> Metadata(IReadOnlyList<string> inputs, RunOptions run)
    {
        var options = new Dictionary<string, string> { ["probability-type"] = ProbabilityType.ToString().ToLowerInvariant() };
        if (FullScale is { } one) options["full-scale"] = one.ToString("R", CultureInfo.InvariantCulture);
        return new Provenance { Stage = "ensemble", Inputs = FileHash.Identify([.. inputs, .. MaskProvenance.Files(Masks)], run), Options = MaskProvenance.Describe(Masks, options) }.ToMetadata();
    }
}
