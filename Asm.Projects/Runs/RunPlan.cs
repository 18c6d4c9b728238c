using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Reports;
using Asm.Analysis.Changes;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Polygons;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Reporting.Run;
using Asm.Analysis.Zones;
using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;

namespace Asm.Projects.Runs;

/// <summary>All steps of a project, each after those that it needs.</summary>
public sealed class RunPlan
{
    /// <summary>A full granule at 40 m.</summary>
    private const int ThumbnailPixels = 2745;

    private static readonly string[] EnsembleKinds = ["classes.tif", "classes.tif.aux.xml", "probabilities.tif", "confidence.tif", "dates.tif"];

    private readonly Project _project;
    private readonly CheckedProject _checked;
    private readonly List<RunStep> _steps = [];

    private RunPlan(CheckedProject project) => (_checked, _project) = (project, project.Project);

    /// <summary>The project.</summary>
    public Project Project => _project;

    /// <summary>The steps.</summary>
    public IReadOnlyList<RunStep> Steps => _steps;

    /// <summary>The grid of the maps.</summary>
    public GeoGrid Grid => _checked.Grid;

    internal CheckedProject Checked => _checked;

    /// <summary>Plans a project that was checked.</summary>
    internal static RunPlan Of(CheckedProject project)
    {
        var plan = new RunPlan(project);
        foreach (ProjectSeason season in project.Project.Seasons)
            foreach (ProjectTile tile in season.Tiles)
                foreach (string scene in tile.Scenes) plan.AddPrediction(season, tile, scene);
        foreach (ProjectSeason season in project.Project.Seasons)
        {
            foreach (ProjectTile tile in season.Tiles) plan.AddEnsemble(season, tile);
            plan.AddMosaic(season);
            plan.AddPolygons($"polygons {season.Name}", RunLayout.ClassMap(season.Name), RunLayout.Polygons(season.Name));
        }
        foreach ((string before, string after) in project.Project.Seasons.Zip(project.Project.Seasons.Skip(1), (a, b) => (a.Name, b.Name))) plan.AddChange(before, after);
        if (project.Project.Zones is not null) plan.AddZones(project.Project.Zones);
        if (project.Project.Accuracy is not null) plan.AddAccuracy(project.Project.Accuracy);
        plan.AddReport();
        return plan;
    }

    private double Pixels => (double)Grid.Width * Grid.Height;

    private string Full(string relative) => Path.Combine(_project.Output, relative);

    private IReadOnlyList<string> MaskFiles => [.. _project.Masks.Select(m => m.File)];

    private static Dictionary<string, string> Describe(params (string Name, object? Value)[] options) =>
        options.Where(o => o.Value is not null).ToDictionary(o => o.Name, o => Convert.ToString(o.Value, CultureInfo.InvariantCulture)!);

    private string MaskText => string.Join("; ", _checked.Masks);

    private void AddPrediction(ProjectSeason season, ProjectTile tile, string scene)
    {
        CheckedScene known = _checked.Scenes[scene];
        string folder = RunLayout.Dates(season.Name, tile.Name), name = known.Name;
        PredictionOptions options = _project.Prediction;
        double pixels = (double)known.Grid.Width * known.Grid.Height;
        _steps.Add(new()
        {
            Id = $"predict {season.Name} {tile.Name} {name}",
            Stage = RunStage.Predict,
            Files = [_checked.ModelPath, .. known.Files, .. MaskFiles],
            Outputs = [$"{folder}/{name}.probabilities.tif", .. known.HasTrueColour ? new[] { $"{folder}/{name}.scene.tif" } : []],
            Options = Describe(("tiling", options.Tiling), ("window", options.WindowPixels), ("overlap", options.OverlapPixels), ("cloud", options.CloudReflectance), ("masks", MaskText)),
            CpuSeconds = _checked.ModelSpeed.Seconds(known.Grid, _checked.Model, options) + pixels / 1e6 * RunRates.PredictionBeside,
            NeedBytes = known.NeedBytes,
            DiskBytes = (long)(pixels * RunRates.ProbabilityBytes * _checked.Model.Classes.Count),
            Preflight = _project.Preflight ? run => LookAt(scene, run) : null,
            Work = context =>
            {
                using Scene opened = Scene.Open(scene, _checked.Model);
                var prediction = new PredictionFiles { Directory = Full(folder), Name = name, Outputs = PredictionOutputs.Probabilities, Options = options, Masks = _checked.Masks, Overwrite = true };
                PredictionSummary summary = prediction.Run(opened.Stack, opened.Files, context.Model.Value, context.Run);
                double seen = 1 - summary.NoDataPixels / pixels;
                if (seen < 0.05) context.Warn($"{season.Name} {tile.Name} {name}", string.Create(CultureInfo.InvariantCulture, $"only {seen:P1} of the scene could be mapped; the rest is cloud or has no data"));
                if (!known.HasTrueColour) return;
                IReadOnlyDictionary<string, string> provenance = new Provenance { Stage = "run", Inputs = [.. opened.Files.Select(context.Identify)] }.ToMetadata();
                SceneThumbnail.Write(opened.Stack, Full($"{folder}/{name}.scene.tif"), ThumbnailPixels, options.CloudReflectance, provenance, context.Run with { Progress = null });
            },
        });
    }

    private IReadOnlyList<PreflightFinding> LookAt(string scene, RunOptions run)
    {
        using Scene opened = Scene.Open(scene, _checked.Model);
        return Preflight.Check(MaskedSource.Wrap(opened.Stack, _checked.Masks), _checked.Model, opened.Facts, run);
    }

    private void AddEnsemble(ProjectSeason season, ProjectTile tile)
    {
        string[] dates = [.. tile.Scenes.Select(s => $"{RunLayout.Dates(season.Name, tile.Name)}/{_checked.Scenes[s].Name}.probabilities.tif")];
        string folder = RunLayout.Tiles(season.Name);
        GeoGrid grid = _checked.Scenes[tile.Scenes[0]].Grid;
        double pixels = (double)grid.Width * grid.Height;
        const EnsembleOutputs outputs = EnsembleOutputs.Classes | EnsembleOutputs.Probabilities | EnsembleOutputs.Confidence | EnsembleOutputs.Dates;
        _steps.Add(new()
        {
            Id = $"ensemble {season.Name} {tile.Name}",
            Stage = RunStage.Ensemble,
            Inputs = dates,
            Outputs = [.. EnsembleKinds.Select(o => $"{folder}/{tile.Name}.{o}")],
            CpuSeconds = pixels / 1e6 * RunRates.Ensemble * dates.Length,
            NeedBytes = Need(grid.Width, 40 + 12 * dates.Length),
            DiskBytes = (long)(pixels * (RunRates.ProbabilityBytes * _checked.Model.Classes.Count + RunRates.EnsembleBytes)),
            Work = context => new EnsembleFiles { Directory = Full(folder), Name = tile.Name, Outputs = outputs, Overwrite = true }.Run([.. dates.Select(Full)], context.Run),
        });
    }

    private void AddMosaic(ProjectSeason season)
    {
        string folder = RunLayout.Tiles(season.Name), map = RunLayout.ClassMap(season.Name);
        string[] tiles = [.. season.Tiles.Select(t => $"{folder}/{t.Name}.classes.tif")];
        string[] beside = [.. season.Tiles.SelectMany(t => new[] { $"{folder}/{t.Name}.classes.tif.aux.xml", $"{folder}/{t.Name}.confidence.tif" })];
        MapBounds bounds = GridBounds();
        _steps.Add(new()
        {
            Id = $"mosaic {season.Name}",
            Stage = RunStage.Mosaic,
            Inputs = [.. tiles, .. beside],
            Outputs = [map, $"{map}.aux.xml"],
            Options = Describe(("rule", _project.MosaicRule), ("grid", Grid.ToString())),
            CpuSeconds = Pixels / 1e6 * RunRates.Mosaic,
            NeedBytes = Need(Grid.Width, 40),
            DiskBytes = (long)(Pixels * RunRates.ClassBytes),
            Work = context =>
            {
                Directory.CreateDirectory(Full("maps"));
                // All seasons on one grid, whichever tiles each has.
                var files = new MosaicFiles { OutputPath = Full(map), Rule = _project.MosaicRule, Grid = new() { Crs = Grid.Crs, Resolution = _project.Grid.Resolution, Bounds = bounds }, Overwrite = true };
                files.Run([.. tiles.Select(Full)], context.Run);
            },
        });
    }

    private MapBounds GridBounds()
    {
        MapPoint end = Grid.ToMap(Grid.Width, Grid.Height);
        return new(Grid.Origin.X, end.Y, end.X, Grid.Origin.Y);
    }

    private void AddPolygons(string id, string map, string output) => _steps.Add(new()
    {
        Id = id,
        Stage = RunStage.Polygons,
        Inputs = [map, $"{map}.aux.xml"],
        Outputs = [output],
        Options = Describe(("class", _project.Class), ("min-area", _project.MinPolygonHectares)),
        CpuSeconds = Pixels / 1e6 * RunRates.Polygons,
        NeedBytes = Need(Grid.Width, 40),
        DiskBytes = (long)(Pixels * RunRates.ClassBytes),
        Work = context => new PolygonFiles { OutputPath = Full(output), Classes = [_project.Class], Options = new() { MinAreaHectares = _project.MinPolygonHectares }, Overwrite = true }.Run(Full(map), context.Run),
    });

    private void AddChange(string before, string after)
    {
        string name = RunLayout.ChangeName(before, after), map = RunLayout.Change(name), density = RunLayout.Density(name);
        string[] seasons = [RunLayout.ClassMap(before), RunLayout.ClassMap(after)];
        _steps.Add(new()
        {
            Id = $"change {name}",
            Stage = RunStage.Change,
            Inputs = [.. seasons, .. seasons.Select(s => $"{s}.aux.xml")],
            Outputs = [map, $"{map}.aux.xml", RunLayout.ChangeTable(name)],
            Options = Describe(("class", _project.Class)),
            CpuSeconds = Pixels / 1e6 * RunRates.Change,
            NeedBytes = Need(Grid.Width, 40),
            DiskBytes = (long)(Pixels * RunRates.ClassBytes),
            Work = context => new ChangeFiles { OutputPath = Full(map), Options = new() { ClassName = _project.Class }, Overwrite = true }.Run([.. seasons.Select(Full)], context.Run),
        });
        _steps.Add(new()
        {
            Id = $"heatmap {name}",
            Stage = RunStage.Density,
            Inputs = [map],
            Outputs = [density],
            Options = Describe(("class", _project.Class), ("bandwidth", _project.Density.BandwidthMetres), ("cell", _project.Density.CellMetres), ("kernel", _project.Density.Kernel)),
            CpuSeconds = Pixels / 1e6 * RunRates.Density,
            NeedBytes = Need(Grid.Width, 10 * (int)Math.Ceiling(_project.Density.BandwidthMetres / Grid.PixelWidth) / 64 + 40),
            DiskBytes = (long)(Pixels / 100 * 4),
            Work = context => new DensityFiles { OutputPath = Full(density), Class = _project.Class, Options = _project.Density, Overwrite = true }.Run(Full(map), context.Run),
        });
        AddPolygons($"polygons {name}", map, RunLayout.NewPolygons(name));
    }

    private IReadOnlyList<string> Changes => [.. _project.Seasons.Zip(_project.Seasons.Skip(1), (a, b) => RunLayout.ChangeName(a.Name, b.Name))];

    private void AddZones(ProjectZones zones)
    {
        string[] maps = [.. _project.Seasons.Select(s => RunLayout.ClassMap(s.Name)), .. Changes.Select(RunLayout.Change)];
        _steps.Add(new()
        {
            Id = "zones",
            Stage = RunStage.Zones,
            Files = [zones.File],
            Inputs = [.. maps, .. maps.Select(m => $"{m}.aux.xml")],
            Outputs = [RunLayout.ZoneTable, RunLayout.ZoneAreas],
            Options = Describe(("layer", zones.Layer), ("id", zones.IdField), ("adjacent", zones.AdjacentMetres), ("coverage", zones.Coverage)),
            CpuSeconds = Pixels / 1e6 * RunRates.Zones * maps.Length,
            NeedBytes = Need(Grid.Width, 40 * maps.Length),
            DiskBytes = new FileInfo(zones.File).Length + (1 << 16),
            Work = context =>
            {
                var options = new ZoneOptions { IdField = zones.IdField, AdjacentMetres = zones.AdjacentMetres, Coverage = zones.Coverage };
                ZoneTable table = new ZoneFiles { Maps = [.. maps.Select(Full)], Zones = zones.File, Layer = zones.Layer, OutputPath = Full(RunLayout.ZoneTable), Options = options, Overwrite = true }.Run(context.Run);
                foreach (string note in table.Notes) context.Warn("zones", note);
                VectorFile.Write(Full(RunLayout.ZoneAreas), VectorFile.Read(zones.File, zones.Layer) with { Name = "zones" }, overwrite: true);
            },
        });
    }

    private void AddAccuracy(ProjectAccuracy accuracy)
    {
        string map = _project.Seasons.Any(s => s.Name == accuracy.Map) ? RunLayout.ClassMap(accuracy.Map) : RunLayout.Change(accuracy.Map);
        _steps.Add(new()
        {
            Id = $"assess {accuracy.Map}",
            Stage = RunStage.Accuracy,
            Files = [accuracy.Points],
            Inputs = [map, $"{map}.aux.xml"],
            Outputs = [RunLayout.Accuracy],
            CpuSeconds = Pixels / 1e6 * RunRates.Accuracy,
            NeedBytes = Need(Grid.Width, 40),
            DiskBytes = 1 << 16,
            Work = context => new AssessmentFiles { JsonPath = Full(RunLayout.Accuracy), Overwrite = true }.RunPoints(Full(map), PointsFile.Read(accuracy.Points), null, context.Run),
        });
    }

    private void AddReport()
    {
        string[] inputs = [.. _steps.SelectMany(s => s.Outputs).Where(o => !o.EndsWith(".aux.xml", StringComparison.Ordinal) && (_project.Seasons.Any(s => o.StartsWith($"{RunLayout.Tiles(s.Name)}/", StringComparison.Ordinal)) || !o.EndsWith(".probabilities.tif", StringComparison.Ordinal)))];
        double drawn = _project.Seasons.Sum(s => s.Tiles.Sum(t => (double)_checked.Scenes[t.Scenes[0]].Grid.Width * _checked.Scenes[t.Scenes[0]].Grid.Height)) + Pixels * (2 * _project.Seasons.Count - 1);
        _steps.Add(new()
        {
            Id = "report",
            Stage = RunStage.Report,
            Inputs = inputs,
            Outputs = [RunManifest.FileName, RunLayout.Report],
            Options = Describe(("title", _project.Title), ("class", _project.Class), ("picture-size", _project.Report.PicturePixels),
                ("colours", string.Join("; ", _project.Report.Colours.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}")))),
            CpuSeconds = 2 + drawn / 1e6 * RunRates.Report,
            NeedBytes = ReportPage.NeedBytes(_project.Report.PicturePixels),
            DiskBytes = 8L << 20,
            Work = context => RunReport.Write(this, context),
        });
    }

    /// <summary>Memory for strips of 64 rows, the lowest that stages go down to, and for what files and sinks hold.</summary>
    private static long Need(int width, int bytesPerPixel) => (64L << 20) + 3L * 512 * width * 3 + 3L * 64 * width * bytesPerPixel;
}
