using System.Globalization;
using Asm.Analysis.Changes;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Reporting.Run;
using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;

namespace Asm.Projects.Runs;

/// <summary>All steps of a project, each after those that it needs.</summary>
public sealed class ProjectPlan
{
    /// <summary>A full granule at 40 m.</summary>
    private const int ThumbnailPixels = 2745;

    private readonly Project _project;
    private readonly CheckedProject _checked;
    private readonly StageGround _ground;
    private readonly List<ProjectStep> _steps = [];

    private ProjectPlan(CheckedProject project) =>
        (_checked, _project, _ground) = (project, project.Project, new(project.Grid, project.Model.Classes.Count));

    /// <summary>The project.</summary>
    public Project Project => _project;

    /// <summary>The steps.</summary>
    public IReadOnlyList<ProjectStep> Steps => _steps;

    /// <summary>What the user should know before the run, each with what it is about.</summary>
    public IReadOnlyList<(string Subject, string Text)> Warnings => _checked.Warnings;

    /// <summary>The grid of the maps.</summary>
    public GeoGrid Grid => _checked.Grid;

    internal CheckedProject Checked => _checked;

    /// <summary>Plans a project that was checked.</summary>
    internal static ProjectPlan Of(CheckedProject project)
    {
        var plan = new ProjectPlan(project);
        IReadOnlyList<ProjectSeason> seasons = project.Project.Seasons;
        foreach (ProjectSeason season in seasons)
            foreach (ProjectTile tile in season.Tiles)
                foreach (string scene in tile.Scenes) plan.AddPrediction(season, tile, scene);
        foreach (ProjectSeason season in seasons)
        {
            foreach (ProjectTile tile in season.Tiles) plan.AddEnsemble(season, tile);
            plan.AddMosaic(season);
            plan.AddPolygons(season.Name, ProjectLayout.ClassMap(season.Name), ProjectLayout.Polygons(season.Name));
        }
        foreach ((string before, string after) in seasons.Zip(seasons.Skip(1), (a, b) => (a.Name, b.Name))) plan.AddChange(before, after);
        plan.AddZones();
        plan.AddAccuracy();
        plan.AddReport();
        return plan;
    }

    private string Full(string relative) => Path.Combine(_project.Output, relative);

    /// <summary>A step that a stage describes wholly: it runs as it is.</summary>
    private void Add<TStage, TResult>(string id, Stage<TStage, TResult> stage, StageGround? ground = null, string? section = null)
        where TStage : Stage<TStage, TResult> =>
        _steps.Add(Describe(id, stage, stage.Need(ground ?? _ground), section) with { Work = context => stage.Run(context.Run) });

    /// <summary>
    /// What a plan needs to know of a stage. What an earlier step makes is an input; anything else is a file, wherever it lies.
    /// </summary>
    private ProjectStep Describe(string id, IStage stage, StageNeed need, string? section = null)
    {
        string root = Path.GetFullPath(_project.Output);
        HashSet<string> made = [.. _steps.SelectMany(s => s.Outputs)];
        string Relative(string path) => Path.GetRelativePath(root, Path.GetFullPath(path)).Replace(Path.DirectorySeparatorChar, '/');
        bool IsMade(string path) => made.Contains(Relative(path));
        return new()
        {
            Id = id,
            Stage = stage.Verb,
            Section = section ?? stage.Verb,
            // Beside such a file there may be another one, with names, or none.
            Files = [.. stage.Reads.Where(path => !IsMade(path) && Path.Exists(path))],
            Inputs = [.. stage.Reads.Where(IsMade).Select(Relative)],
            Outputs = [.. stage.Writes.Select(Relative)],
            Options = stage.Settings,
            SettingNames = stage.SettingNames,
            Need = need,
        };
    }

    private void AddPrediction(ProjectSeason season, ProjectTile tile, string scene)
    {
        CheckedScene known = _checked.Scenes[scene];
        string folder = ProjectLayout.Dates(season.Name, tile.Name), name = known.Name, thumbnail = $"{folder}/{name}.scene.tif";
        PredictStage stage = known.Stage with
        {
            Directory = Full(folder),
            Name = name,
            StackFiles = known.Files,
            Masks = _checked.Masks,
            Overwrite = true
        };
        double pixels = Pixels(known.Grid);
        ProjectStep step = Describe($"predict {season.Name} {tile.Name} {name}", stage, known.Need, "prediction");
        _steps.Add(step with
        {
            Files =
            [
                .. _checked.Model.Files, .. known.Files,
                .. stage.Masks.Select(m => m.Path).OfType<string>().SelectMany(VectorFile.FilesOf),
            ],
            Outputs = known.HasTrueColour ? [.. step.Outputs, thumbnail] : step.Outputs,
            RunsNetwork = true,
            Preflight = _project.Preflight ? run => LookAt(scene, run) : null,
            Work = context =>
            {
                using Scene opened = Scene.Open(scene, _checked.Model, stage.Radiometry, context.Run);
                PredictionSummary summary =
                    (stage with
                    {
                        Stack = opened.Stack,
                        StackFiles = opened.Files,
                        Network = context.Model.Value
                    }).Run(context.Run with { Notice = notice => context.Warn($"{season.Name} {tile.Name} {name}", notice) }).Summary;
                double seen = 1 - summary.NoDataPixels / pixels;
                if (seen < 0.05)
                    context.Warn(
                        $"{season.Name} {tile.Name} {name}",
                        string.Create(CultureInfo.InvariantCulture,
                            $"only {seen:P1} of the scene could be mapped; the rest is cloud or has no data"));
                if (!known.HasTrueColour) return;
                var provenance = new Provenance { Stage = "run", Inputs = [.. opened.Files.Select(context.Identify)] };
                SceneThumbnail.Write(
                    opened.Stack, Full(thumbnail), ThumbnailPixels, stage.Options.CloudReflectance, provenance.ToMetadata(),
                    context.Run with { Progress = null });
            },
        });
    }

    private IReadOnlyList<PreflightFinding> LookAt(string scene, RunOptions run)
    {
        using Scene opened = Scene.Open(scene, _checked.Model, _project.Prediction.Radiometry, run);
        return Preflight.Check(MaskedSource.Wrap(opened.Stack, _checked.Masks), _checked.Model, opened.Facts, run);
    }

    private void AddEnsemble(ProjectSeason season, ProjectTile tile)
    {
        string dates = ProjectLayout.Dates(season.Name, tile.Name);
        var stage = new EnsembleStage
        {
            Inputs = [.. tile.Scenes.Select(s => Full($"{dates}/{_checked.Scenes[s].Name}.probabilities.tif"))],
            Directory = Full(ProjectLayout.Tiles(season.Name)),
            Name = tile.Name,
            Outputs = EnsembleOutputs.Classes | EnsembleOutputs.Probabilities | EnsembleOutputs.Confidence | EnsembleOutputs.Dates,
            Overwrite = true,
        };
        Add($"ensemble {season.Name} {tile.Name}", stage, _ground with { Grid = _checked.Scenes[tile.Scenes[0]].Grid });
    }

    private void AddMosaic(ProjectSeason season)
    {
        string folder = ProjectLayout.Tiles(season.Name);
        MapPoint end = Grid.ToMap(Grid.Width, Grid.Height);
        MosaicStage stage = _project.Mosaic with
        {
            Inputs = [.. season.Tiles.Select(t => Full($"{folder}/{t.Name}.classes.tif"))],
            OutputPath = Full(ProjectLayout.ClassMap(season.Name)),
            Overwrite = true,
            // All seasons on one grid, whichever tiles each has.
            Grid = _project.Mosaic.Grid with { Crs = Grid.Crs, Bounds = new(Grid.Origin.X, end.Y, end.X, Grid.Origin.Y) },
        };
        Add($"mosaic {season.Name}", stage);
    }

    private void AddPolygons(string name, string map, string output) =>
        Add($"polygons {name}", _project.Polygons with
        {
            Map = Full(map),
            OutputPath = Full(output),
            Classes = [_project.Class],
            Overwrite = true
        });

    private void AddChange(string before, string after)
    {
        string name = ProjectLayout.ChangeName(before, after), map = ProjectLayout.Change(name);
        Add($"change {name}", new ChangeStage
        {
            Maps = [Full(ProjectLayout.ClassMap(before)), Full(ProjectLayout.ClassMap(after))],
            OutputPath = Full(map),
            Options = new() { ClassName = _project.Class },
            Overwrite = true,
        });
        Add($"heatmap {name}",
            _project.Heatmap with
            {
                Map = Full(map),
                OutputPath = Full(ProjectLayout.Heatmap(name)),
                Class = _project.Class,
                Overwrite = true
            });
        AddPolygons(name, map, ProjectLayout.NewPolygons(name));
    }

    private IEnumerable<string> Changes =>
        _project.Seasons.Zip(_project.Seasons.Skip(1), (a, b) => ProjectLayout.ChangeName(a.Name, b.Name));

    private void AddZones()
    {
        if (_project.Zones is not { } zones) return;
        string[] maps = [.. _project.Seasons.Select(s => ProjectLayout.ClassMap(s.Name)), .. Changes.Select(ProjectLayout.Change)];
        zones = zones with
        {
            Maps = [.. maps.Select(Full)],
            OutputPath = Full(ProjectLayout.ZoneTable),
            AreasPath = Full(ProjectLayout.ZoneAreas),
            Overwrite = true
        };
        _steps.Add(Describe("zones", zones, zones.Need(_ground)) with
        {
            Work = context =>
            {
                foreach (string note in zones.Run(context.Run).Notes) context.Warn("zones", note);
            },
        });
    }

    private void AddAccuracy()
    {
        if (_project.Accuracy is not { } accuracy) return;
        string map = _project.Seasons.Any(s => s.Name == accuracy.Map)
            ? ProjectLayout.ClassMap(accuracy.Map)
            : ProjectLayout.Change(accuracy.Map);
        Add($"assess {accuracy.Map}",
            accuracy.Stage with { Map = Full(map), JsonPath = Full(ProjectLayout.Accuracy), Overwrite = true }, section: "accuracy");
    }

    private void AddReport()
    {
        var stage = _project.Report with
        {
            RunDirectory = _project.Output,
            OutputPath = Full(ProjectLayout.Report),
            Class = _project.Class,
            Overwrite = true
        };
        var colours = _project.Colours.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}");
        bool IsOfTiles(string path) =>
            _project.Seasons.Any(s => path.StartsWith($"{ProjectLayout.Tiles(s.Name)}/", StringComparison.Ordinal));
        bool IsRead(string path) =>
            !path.EndsWith(".aux.xml", StringComparison.Ordinal)
            && (IsOfTiles(path) || !path.EndsWith(".probabilities.tif", StringComparison.Ordinal));
        _steps.Add(Describe("report", stage, stage.Need(Drawn())) with
        {
            Files = [],
            Inputs = [.. _steps.SelectMany(s => s.Outputs).Where(IsRead)],
            Outputs = [RunManifest.FileName, ProjectLayout.Report],
            Options = new Dictionary<string, string>(stage.Settings)
            {
                ["title"] = _project.Title,
                ["colours"] = string.Join("; ", colours)
            },
            IsLast = true,
            Work = context => ProjectReport.Write(this, stage, context),
        });
    }

    /// <summary>
    /// All that the report draws, as one raster: a scene a tile, and the maps of the seasons and of the changes between them.
    /// </summary>
    private StageGround Drawn()
    {
        double tiles = _project.Seasons.Sum(s => s.Tiles.Sum(t => Pixels(_checked.Scenes[t.Scenes[0]].Grid)));
        double pixels = tiles + Pixels(Grid) * (2 * _project.Seasons.Count - 1);
        return _ground with
        {
            Grid = new GeoGrid((int)Math.Min(int.MaxValue, pixels), 1, Grid.Origin, Grid.PixelWidth, Grid.PixelHeight, Grid.Crs)
        };
    }

    private static double Pixels(GeoGrid grid) => (double)grid.Width * grid.Height;
}
