using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Reporting.Run;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster.Running;

namespace Asm.Projects.Runs;

/// <summary>Describes a run for its report, and writes both.</summary>
internal static class ProjectReport
{
    /// <summary>Writes run.json and the report.</summary>
    public static void Write(ProjectPlan plan, ReportStage stage, StepContext context)
    {
        string folder = plan.Project.Output;
        RunManifest manifest = Describe(plan, context);
        AsideFile.Write(Path.Combine(folder, RunManifest.FileName), overwrite: true,
            stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(manifest.ToJson())));
        stage.Run(context.Run);
    }

    private static RunManifest Describe(ProjectPlan plan, StepContext context)
    {
        Project project = plan.Project;
        IReadOnlyList<MapClass> classes = plan.Checked.Model.Classes;
        var warnings = plan.Checked.Warnings.Select(w => new ManifestWarning(w.Subject, w.Text))
            .Concat(plan.Steps.Where(s => !s.IsLast).SelectMany(s => context.State.Steps[s.Id].Warnings));
        return new()
        {
            Title = project.Title,
            Tool = $"AsmOnnx {Provenance.ToolVersion}",
            Model = new(plan.Checked.Model.Name, plan.Checked.Model.Sha256),
            Classes = [.. classes.Select(c => new ManifestClass(c.Code, c.Name, $"{project.Colours.GetValueOrDefault(c.Name, c.Color)}"))],
            Seasons = [.. project.Seasons.Select(s => Season(plan, context, s))],
            Changes = [.. project.Seasons.Zip(project.Seasons.Skip(1), (a, b) => Change(a.Name, b.Name))],
            Zones = project.Zones is { } zones ? new(ProjectLayout.ZoneTable, ProjectLayout.ZoneAreas, null, zones.Options.IdField) : null,
            Accuracy = project.Accuracy is { } accuracy ? new(accuracy.Map, ProjectLayout.Accuracy) : null,
            Warnings = [.. warnings],
            Options = Options(plan),
        };
    }

    private static ManifestSeason Season(ProjectPlan plan, StepContext context, ProjectSeason season)
    {
        string[] Tiles(string kind) => [.. season.Tiles.Select(t => $"{ProjectLayout.Tiles(season.Name)}/{t.Name}.{kind}.tif")];
        var dates = new List<ManifestDate>();
        var scenes = new List<string>();
        foreach (ProjectTile tile in season.Tiles)
            foreach (CheckedScene scene in tile.Scenes.Select(s => plan.Checked.Scenes[s]))
            {
                dates.Add(new(tile.Name, scene.Name, [.. scene.Files.Select(context.Identify)]));
                if (scene.HasTrueColour) scenes.Add($"{ProjectLayout.Dates(season.Name, tile.Name)}/{scene.Name}.scene.tif");
            }
        return new(season.Name, ProjectLayout.ClassMap(season.Name), Tiles("probabilities"),
            Tiles("confidence"), scenes, ProjectLayout.Polygons(season.Name), dates);
    }

    private static ManifestChange Change(string before, string after)
    {
        string name = ProjectLayout.ChangeName(before, after);
        return new(before, after, ProjectLayout.Change(name), ProjectLayout.ChangeTable(name),
            ProjectLayout.Heatmap(name), ProjectLayout.NewPolygons(name));
    }

    private static SortedDictionary<string, string> Options(ProjectPlan plan)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ProjectStep step in plan.Steps.Where(s => !s.IsLast && s.Section != "accuracy"))
            foreach ((string name, string value) in step.Options) options[$"{step.Section}.{name}"] = value;
        return options;
    }
}
