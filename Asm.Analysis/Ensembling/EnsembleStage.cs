using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>Runs the ensemble of files into Cloud Optimized GeoTIFFs with provenance: <c>asm ensemble</c>.</summary>
public sealed record EnsembleStage : Stage<EnsembleStage, EnsembleSummary>
{
    /// <summary>The most memory that decoded tiles of one date may take where blocks share them: about a row of tiles of bytes.</summary>
    private const long MostCacheBytes = 24L << 20;

    /// <summary>For each date.</summary>
    private const double SecondsPerMegapixel = 0.060;

    /// <summary>Bytes on disk of a pixel of all outputs but the probabilities, about, as measured.</summary>
    private const double OtherOutputsBytes = 0.9;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<EnsembleStage>> List { get; } =
    [
        MapSettings.ProbabilityType<EnsembleStage>(s => s.ProbabilityType, (s, v) => s with { ProbabilityType = v }),
        MapSettings.FullScale<EnsembleStage>(s => s.FullScale, (s, v) => s with { FullScale = v }),
    ];

    /// <summary>Probability maps, one a date.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The folder of the outputs; made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The outputs are NAME.classes.tif and so on.</summary>
    public required string Name { get; init; }

    /// <summary>Which rasters to write.</summary>
    public EnsembleOutputs Outputs { get; init; } = EnsembleOutputs.Default;

    /// <summary>The type of mean probabilities: UInt8 (1..255 = 0..1) or Float32.</summary>
    public SampleType ProbabilityType { get; init; } = SampleType.UInt8;

    /// <summary>
    /// The sample that means probability 1 in maps that state no scale; null: 1 in floating point, and integers are refused.
    /// </summary>
    public double? FullScale { get; init; }

    /// <summary>Is told, before the work starts, that two maps seem to be of one acquisition. May be null.</summary>
    public Action<string>? Notice { get; init; }

    /// <inheritdoc/>
    public override string Verb => "ensemble";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [.. Inputs, .. MaskFiles];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes =>
    [
        .. Outputs.HasFlag(EnsembleOutputs.Classes) ? OutputFiles.ClassMap(PathOf("classes")) : [],
        .. Kinds.Where(kind => kind.Output != EnsembleOutputs.Classes && Outputs.HasFlag(kind.Output)).Select(kind => PathOf(kind.Name)),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<EnsembleStage>> All => List;

    private static IReadOnlyList<(EnsembleOutputs Output, string Name)> Kinds { get; } =
    [
        (EnsembleOutputs.Classes, "classes"), (EnsembleOutputs.Probabilities, "probabilities"), (EnsembleOutputs.Confidence, "confidence"),
        (EnsembleOutputs.Dates, "dates"), (EnsembleOutputs.Agreement, "agreement"), (EnsembleOutputs.Entropy, "entropy"),
        (EnsembleOutputs.Margin, "margin"),
    ];

    /// <summary>
    /// Path of an output of <paramref name="kind"/>: "classes", "probabilities", "dates", "agreement", "confidence", "entropy" or "margin".
    /// </summary>
    public string PathOf(string kind) => Path.Combine(Directory, $"{Name}.{kind}.tif");

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(
            StageNeed.StripBytes(ground.Grid, 40 + 12 * Inputs.Count),
            ground.Megapixels * SecondsPerMegapixel * Inputs.Count,
            (long)(ground.Megapixels * 1e6 * (StageNeed.ProbabilityBytes * ground.Classes + OtherOutputsBytes)));
    }

    /// <inheritdoc/>
    protected override EnsembleSummary Work(RunOptions run)
    {
        if (Inputs.Count == 0)
            throw new AsmException("ensemble", "no map is given",
                "the probability maps of a tile and season", "give NAME.probabilities.tif of every date");
        if (Inputs.GroupBy(Path.GetFullPath).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new AsmException(twice.First(), "is given twice, and would count twice", "every date once", "leave it out once");
        var sources = new List<IRasterSource>();
        try
        {
            long cacheBytes = SharesTiles(run) ? Math.Min(MostCacheBytes, run.MaxMemoryBytes / (4 * Inputs.Count)) : 0;
            foreach (string input in Inputs) sources.Add((run with { Threads = 1 }).Open(input, cacheBytes));
            ProbabilityMap[] maps = [.. sources.Select(s => ProbabilityMap.Of(MaskedSource.Wrap(s, Masks), FullScale))];
            GeoGrid grid = Ensemble.GridOf(maps);
            Ground.RequireCrs(grid, Inputs[0]);
            IReadOnlyDictionary<string, string> metadata = ProvenanceOf(Inputs, run);
            foreach (string notice in SameDates.Find(sources, Provenance.InputsOf(metadata) ?? [])) Notice?.Invoke(notice);
            using var outputs = new OutputSet(Writes, Overwrite, run);
            outputs.MakeFolder(Directory);
            EnsembleSummary summary = Ensemble.Run(
                maps, Sinks(outputs, grid, maps, metadata), run.Keep(cacheBytes * Inputs.Count));
            outputs.Complete();
            return summary;
        }
        finally
        {
            foreach (IRasterSource source in sources) source.Dispose();
        }
    }

    private EnsembleSinks Sinks(OutputSet outputs, GeoGrid grid, ProbabilityMap[] maps, IReadOnlyDictionary<string, string> metadata)
    {
        IReadOnlyList<MapClass> classes = maps[0].Classes;
        IRasterSink? Sink(EnsembleOutputs output, string kind, RasterInfo info, OverviewMode overviews) =>
            Outputs.HasFlag(output) ? outputs.Raster(PathOf(kind), info, overviews) : null;
        IRasterSink? Share(EnsembleOutputs output, string kind) =>
            Sink(output, kind, MapProducts.Share(grid, kind, metadata), OverviewMode.Average);
        return new()
        {
            Classes = Sink(EnsembleOutputs.Classes, "classes", MapProducts.Classes(grid, classes, metadata), OverviewMode.Mode),
            Probabilities = Sink(
                EnsembleOutputs.Probabilities, "probabilities", MapProducts.Probabilities(grid, classes, ProbabilityType, metadata),
                OverviewMode.Average),
            Dates = Sink(EnsembleOutputs.Dates, "dates", Dates(grid, maps.Length, metadata), OverviewMode.Average),
            Agreement = Share(EnsembleOutputs.Agreement, "agreement"),
            Confidence = Share(EnsembleOutputs.Confidence, "confidence"),
            Entropy = Share(EnsembleOutputs.Entropy, "entropy"),
            Margin = Share(EnsembleOutputs.Margin, "margin"),
        };
    }

    /// <summary>False where every tile of every file lies in one block of the ensemble: nothing is then worth keeping.</summary>
    private bool SharesTiles(RunOptions run)
    {
        GeoGrid? first = null;
        foreach (string input in Inputs)
        {
            using IRasterSource file = run.Open(input);
            first ??= file.Info.Grid;
            bool holds = file is GeoTiffSource { Layout: var layout } && EnsemblePlan.HoldsTilesOf(layout);
            if (!holds || !file.Info.Grid.IsSameAs(first)) return true;
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
}
