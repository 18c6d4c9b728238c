using Asm.Raster.Windows;
using Asm.Raster.Files;
using Asm.Analysis.Accuracy.Chips;
using Asm.Analysis.Accuracy.Labelling;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Draws a sample of a map file into a points file, with pictures of the points where scenes are given: what the verb `asm sample` does.</summary>
public sealed record SampleFiles
{
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

    /// <summary>Replace files that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Plans, draws and writes.</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map cannot be sampled so, a scene cannot be read, or an output cannot be written.</exception>
    public SampleResult Run(string mapPath, RunOptions? run = null)
    {
        run ??= new();
        PointsFile.Require(OutputPath, Overwrite);
        foreach (string input in Scenes.Append(mapPath).Append(LabelsPath).OfType<string>().Select(Path.GetFullPath))
            foreach (string output in new[] { OutputPath, PagePath }.OfType<string>())
                if (Path.GetFullPath(output) == input) throw new AsmException(output, "is one of the inputs", "an output of another name", "give another name");
        if (PagePath is not null && Path.GetFullPath(PagePath) == Path.GetFullPath(OutputPath)) throw new AsmException(PagePath, "is the name of two outputs", "a name for each", "give another name");
        if (Overwrite && File.Exists(OutputPath)) RequireUnlabelled();
        PointTable? labels = LabelsPath is null ? null : PointsFile.Read(LabelsPath);
        if (PagePath is not null && !Overwrite && File.Exists(PagePath)) throw new AsmException(PagePath, "the file exists", "a path that is free", "give --overwrite to replace it, or another path");
        var scenes = new List<IRasterSource>();
        IReadOnlyList<string> sheets = [];
        try
        {
            foreach (string path in Scenes) scenes.Add(run.Open(path));
            PointChips? chips = scenes.Count == 0 ? null : new PointChips(scenes, ChipPixels);
            using IRasterSource source = run.Open(mapPath);
            ClassMap map = ClassMap.Of(MaskedCodes.Of(source));
            int parts = 2 + (chips is null ? 0 : 1) + (PagePath is null ? 0 : 1);
            SamplePlan plan = PointSampler.Plan(map, Options, PartialProgress.Of(run, 0, parts));
            PointTable points = PointSampler.Draw(map, plan, PartialProgress.Of(run, 1, parts));
            if (labels is not null) points = LabelCarrier.Carry(points, labels, source.Info.Grid, source.Name);
            sheets = chips is null ? [] : ContactSheets.Write(OutputPath, points, chips, Overwrite, PartialProgress.Of(run, 2, parts));
            LabellingPage? page = PagePath is null ? null : Page(map, plan, points, chips, PartialProgress.Of(run, parts - 1, parts));
            PointsFile.Write(OutputPath, points, Overwrite);
            page?.Write(PagePath!, Overwrite);
            return new(plan, points, sheets);
        }
        catch
        {
            foreach (string path in sheets) File.Delete(path);
            throw;
        }
        finally
        {
            foreach (IRasterSource scene in scenes) scene.Dispose();
        }
    }

    /// <summary>Refuses to replace points that a person has labelled: that work is not to be had again.</summary>
    private void RequireUnlabelled()
    {
        // KML is written only; people label in other formats.
        if (string.Equals(Path.GetExtension(OutputPath), ".kml", StringComparison.OrdinalIgnoreCase)) return;
        int labelled;
        try { labelled = PointsFile.Read(OutputPath).Points.Count(p => p.Reference.Length > 0); }
        catch (AsmException) { return; } // Another file than points, which --overwrite means to replace.
        if (labelled > 0)
            throw new AsmException(OutputPath, $"holds {labelled} labelled points", "points without labels, where --overwrite replaces them", $"write to another path; --labels {OutputPath} takes the labels over");
    }

    /// <summary>Plans a sample and writes nothing: what standard error would it have?</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="options">The design.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map cannot be sampled so.</exception>
    public static SamplePlan Expect(string mapPath, SampleOptions options, RunOptions? run = null)
    {
        run ??= new();
        using IRasterSource source = run.Open(mapPath);
        return PointSampler.Plan(ClassMap.Of(MaskedCodes.Of(source)), options, run);
    }

    private static LabellingPage Page(ClassMap map, SamplePlan plan, PointTable points, PointChips? chips, RunOptions run)
    {
        var pictures = new byte[points.Points.Count][][];
        int done = 0;
        SharedWork.For(0, pictures.Length, run, i =>
        {
            pictures[i] = chips is null ? [] : [.. Views(chips).Select(view => chips.Png(view.Scene, view.Colors, points.Points[i].Position, points.Crs))];
            run.Progress?.Report(new("page", Interlocked.Increment(ref done), pictures.Length));
        });
        return new LabellingPage
        {
            Classes = map.IsChange ? new ClassLegend(map, []).Classes : [.. map.Classes.Union(plan.Strata.Select(s => s.Class).Where(c => c.Code > 0 && map.Classes.All(m => m.Code != c.Code)))],
            Views = chips is null ? [] : [.. Views(chips).Select(view => $"{chips.Scenes[view.Scene]} {(view.Colors == ChipColors.True ? "true" : "false")} colour")],
            Points = [.. points.Points.Select((p, i) => new LabellingPoint(p.Id, CsvPoints.Number(p.Position.X), CsvPoints.Number(p.Position.Y), p.Stratum, p.Reference, pictures[i]))],
        };
    }

    private static IEnumerable<(int Scene, ChipColors Colors)> Views(PointChips chips) =>
        Enumerable.Range(0, chips.Scenes.Count).SelectMany(scene => new[] { (scene, ChipColors.True), (scene, ChipColors.False) });
}
