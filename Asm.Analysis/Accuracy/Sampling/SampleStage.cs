using System.Globalization;
using Asm.Analysis.Accuracy.Chips;
using Asm.Analysis.Accuracy.Labelling;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>
/// Draws a sample of a map file into a points file, with pictures of the points where scenes are given: <c>asm sample</c>.
/// </summary>
public sealed record SampleStage : Stage<SampleStage, SampleResult>
{
    /// <summary>Counting the classes of the map, twice.</summary>
    private const double SecondsPerMegapixel = 0.020;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<SampleStage>> List { get; } =
    [
        Setting.Number<SampleStage>(
            "standard-error", "Target standard error of overall accuracy, which gives the number of points", 1e-6, 0.999999,
            s => s.Options.StandardError, (s, v) => s with { Options = s.Options with { StandardError = v!.Value } }),
        Setting.Whole<SampleStage>(
            "points", "Number of points, in place of a standard error", 1, SampleOptions.MostPoints,
            s => s.Options.Points, (s, v) => s with { Options = s.Options with { Points = v } }),
        Setting.Of<SampleStage>(
            "allocation",
            "proportional, equal, neyman, simple (no strata), or points or shares: "
            + "mines=150,built=150,vegetation=300 or mines=25%,built=25%,vegetation=50%",
            "a rule, points or shares", s => s.Options.Allocation.ToString(),
            (s, text) => s with { Options = s.Options with { Allocation = SampleAllocation.Parse(text) } }),
        Setting.Whole<SampleStage>(
            "minimum",
            $"Points of each class at least [default: {SampleOptions.DefaultMinimum}, or half of an equal share where that is less]",
            0, SampleOptions.MostPoints, s => s.Options.MinimumPerClass,
            (s, v) => s with { Options = s.Options with { MinimumPerClass = v } }),
        Setting.Of<SampleStage>(
            "users-accuracy",
            $"User's accuracies to expect, such as mines=0.9,built=0.8 [default: {SampleOptions.DefaultUsersAccuracy} each]",
            "a list NAME=ACCURACY", s => s.Options.UsersAccuracy.Count == 0 ? null : Text(s.Options.UsersAccuracy),
            (s, text) => s with { Options = s.Options with { UsersAccuracy = ClassFigures.ParseAccuracies("users-accuracy", text) } }),
        Setting.Of<SampleStage>(
            "seed", "Another number is another sample; a larger sample of one seed contains the smaller", "a whole number of 0 or more",
            s => s.Options.Seed.ToString(CultureInfo.InvariantCulture),
            (s, text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
                ? s with { Options = s.Options with { Seed = seed } } : null),
        Setting.Whole<SampleStage>(
            "chip-pixels", "Side of the pictures of the points in pixels of the scene", 8, 256,
            s => s.ChipPixels, (s, v) => s with { ChipPixels = v!.Value }),
    ];

    /// <summary>A class map or a change map.</summary>
    public required string Map { get; init; }

    /// <summary>The points: .csv, .gpkg, .geojson, .json or .kml.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The design.</summary>
    public SampleOptions Options { get; init; } = new();

    /// <summary>Scenes to cut chips from, one a date; none: no pictures.</summary>
    public IReadOnlyList<string> Scenes { get; init; } = [];

    /// <summary>The side of a chip in pixels of the scene; see <see cref="PointChips"/>.</summary>
    public int ChipPixels { get; init; } = 32;

    /// <summary>A self-contained HTML page to label the points on, with their chips where scenes are given; null: none.</summary>
    public string? PagePath { get; init; }

    /// <summary>Points of a smaller sample of the same map and seed, whose ids and references are kept; null: none.</summary>
    public string? LabelsPath { get; init; }

    /// <inheritdoc/>
    public override string Verb => "sample";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [.. OutputFiles.ClassMap(Map), .. Scenes, .. new[] { LabelsPath }.OfType<string>()];

    /// <summary>The points and the page. The chips' pages, NAME.chips-1.png and so on, are as many as the points need.</summary>
    public override IReadOnlyList<string> Writes => PagePath is null ? [OutputPath] : [OutputPath, PagePath];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<SampleStage>> All => List;

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(StageNeed.StripBytes(ground.Grid, 40), ground.Megapixels * SecondsPerMegapixel, 1 << 16);
    }

    /// <summary>Plans the sample and writes nothing: what standard error would it have?</summary>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map cannot be sampled so.</exception>
    public SamplePlan Expect(RunOptions? run = null)
    {
        RequireSettings();
        run ??= new();
        using IRasterSource source = run.Open(Map);
        return PointSampler.Plan(ClassMap.Of(MaskedCodes.Of(source), run), Options, run);
    }

    /// <inheritdoc/>
    protected override SampleResult Work(RunOptions run)
    {
        PointsFile.RequireEnding(OutputPath);
        if (Overwrite && File.Exists(OutputPath)) RequireUnlabelled();
        PointTable? labels = LabelsPath is null ? null : PointsFile.Read(LabelsPath);
        var scenes = new List<IRasterSource>();
        try
        {
            foreach (string path in Scenes) scenes.Add(run.Open(path));
            PointChips? chips = scenes.Count == 0 ? null : new PointChips(scenes, ChipPixels);
            using IRasterSource source = run.Open(Map);
            ClassMap map = ClassMap.Of(MaskedCodes.Of(source), run);
            using var outputs = new OutputSet(Writes, Overwrite, run);
            int parts = 2 + (chips is null ? 0 : 1) + (PagePath is null ? 0 : 1);
            SamplePlan plan = PointSampler.Plan(map, Options, PartialProgress.Of(run, 0, parts));
            PointTable points = PointSampler.Draw(map, plan, PartialProgress.Of(run, 1, parts));
            if (labels is not null) points = LabelCarrier.Carry(points, labels, source.Info.Grid, source.Name);
            IReadOnlyList<string> sheets = chips is null ? [] : ContactSheets.PathsFor(OutputPath, points.Points.Count);
            if (chips is not null)
                outputs.Write(sheets, () => ContactSheets.Write(OutputPath, points, chips, Overwrite, PartialProgress.Of(run, 2, parts)));
            LabellingPage? page = PagePath is null ? null : Page(map, plan, points, chips, PartialProgress.Of(run, parts - 1, parts));
            outputs.Write(OutputPath, path => PointsFile.Write(path, points, Overwrite));
            if (page is not null) outputs.Write(PagePath!, path => page.Write(path, Overwrite));
            outputs.Complete();
            return new(plan, points, sheets);
        }
        finally
        {
            foreach (IRasterSource scene in scenes) scene.Dispose();
        }
    }

    /// <summary>Refuses to replace points that a person has labelled: that work is not to be had again.</summary>
    private void RequireUnlabelled()
    {
        int labelled;
        try { labelled = PointsFile.Read(OutputPath).Points.Count(p => p.Reference.Length > 0); }
        catch (AsmException) { return; } // Another file than points, which the user means to replace.
        if (labelled > 0)
            throw new AsmException(
                OutputPath, $"holds {labelled} labelled points", "points without labels, where `overwrite` replaces them",
                $"write to another path; `labels` {OutputPath} takes the labels over", AsmErrorCode.OutputExists);
    }

    private static LabellingPage Page(ClassMap map, SamplePlan plan, PointTable points, PointChips? chips, RunOptions run)
    {
        var pictures = new byte[points.Points.Count][][];
        int done = 0;
        SharedWork.For(0, pictures.Length, run, i =>
        {
            pictures[i] = chips is null
                ? [] : [.. Views(chips).Select(view => chips.Png(view.Scene, view.Colors, points.Points[i].Position, points.Crs))];
            run.Progress?.Report(new("page", Interlocked.Increment(ref done), pictures.Length));
        });
        IEnumerable<MapClass> unnamed = plan.Strata.Select(s => s.Class).Where(c => c.Code > 0 && map.Classes.All(m => m.Code != c.Code));
        return new LabellingPage
        {
            Classes = map.IsChange ? new ClassLegend(map, []).Classes : [.. map.Classes.Union(unnamed)],
            Views = chips is null
                ? []
                : [.. Views(chips)
                    .Select(view => $"{chips.Scenes[view.Scene]} {(view.Colors == ChipColors.True ? "true" : "false")} colour")],
            Points =
            [
                .. points.Points.Select((p, i) => new LabellingPoint(
                    p.Id, CsvPoints.Number(p.Position.X), CsvPoints.Number(p.Position.Y), p.Stratum, p.Reference, pictures[i])),
            ],
        };
    }

    private static IEnumerable<(int Scene, ChipColors Colors)> Views(PointChips chips) =>
        Enumerable.Range(0, chips.Scenes.Count).SelectMany(scene => new[] { (scene, ChipColors.True), (scene, ChipColors.False) });

    private static string Text(IReadOnlyDictionary<string, double> figures) =>
        string.Join(',', figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key}={f.Value:R}")));
}
