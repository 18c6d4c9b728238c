using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Reporting.Run;
using Asm.Analysis.Zones;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Projects.Runs;

/// <summary>
/// Looks at everything that a project names before any work starts: files, bands, grids, masks, zones, points, memory and disk.
/// All faults are told at once.
/// </summary>
internal sealed class ProjectChecks
{
    /// <summary>What fits on a screen.</summary>
    private const int MostFaults = 8;

    /// <summary>After so many, others are not looked for.</summary>
    private const int MostFound = 500;

    private readonly Project _project;
    private readonly RunOptions _run;
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<(string, string)> _warnings = [];
    private AsmErrorCode _firstCode;

    private ProjectChecks(Project project, RunOptions run) => (_project, _run) = (project, run);

    /// <summary>Checks a project.</summary>
    /// <exception cref="AsmException">It has faults; the message tells all, or the first ones where there are many.</exception>
    public static CheckedProject Check(Project project, string defaultModel, RunOptions run) =>
        new ProjectChecks(project, run).Run(defaultModel);

    private CheckedProject Run(string defaultModel)
    {
        RequireSettings();
        string modelPath = _project.Model ?? defaultModel;
        (ModelDescription Model, NetworkSpeed Speed)? model = Try(() =>
        {
            using SegmentationModel network = SegmentationModel.Load(modelPath, _run);
            return ((ModelDescription, NetworkSpeed)?)(network.Description, NetworkSpeed.Measure(network, _run.Threads));
        });
        IReadOnlyList<PolygonMask> masks =
            [.. _project.Masks.Select(m => Try(() => PolygonMask.Read(m.File, m.Layer, m.BufferMetres))).OfType<PolygonMask>()];
        var scenes = new Dictionary<string, CheckedScene>(StringComparer.Ordinal);
        GeoGrid? grid = null;
        if (model is { } known)
        {
            RequireClasses(known.Model);
            Try<object?>(
                () => { Mosaic.RequireRule(known.Model.Classes, known.Model.Name, _project.Mosaic.Rule); return null; },
                "mosaic", _project.Mosaic);
            foreach (ProjectSeason season in _project.Seasons)
                foreach (ProjectTile tile in season.Tiles) CheckTile(season, tile, Prediction(modelPath, known), scenes);
            WarnOfSameScenes(scenes);
            if (_faults.Count == 0)
                grid = Try(
                    () => _project.Mosaic.Grid.Over([.. scenes.Select(s => (s.Value.Name, s.Value.Grid)).DistinctBy(s => s.Grid)]),
                    "mosaic", _project.Mosaic);
        }
        if (grid is not null)
        {
            Try<object?>(() =>
            {
                foreach (AsmException fault in SeasonGrids.Faults(_project, scenes, grid)) Add(fault.Message, fault.Code);
                return null;
            }, "mosaic", _project.Mosaic);
            Try<object?>(
                () => { KernelDensity.CellsOf(new GridOnly(grid), _project.Heatmap.Options); return null; }, "heatmap", _project.Heatmap);
            if (_project.Zones is { } zones) CheckZones(zones, grid);
            if (_project.Accuracy is { } accuracy) Try(
                () => PointsFile.Read(accuracy.Stage.PointsPath!, accuracy.Stage.PointsCrs), "accuracy", accuracy.Stage);
        }
        if (_faults.Count > 0) throw new AsmException(Tell(), _faults.Count == 1 ? _firstCode : AsmErrorCode.Project);
        return new(_project, modelPath, model!.Value.Model, scenes, masks, grid!, _warnings);
    }

    /// <summary>A project that a program made may hold anything; one that was read from a file was checked line by line.</summary>
    private void RequireSettings()
    {
        if (_project.Prediction.ClassificationPath is not null)
            Fault("prediction.scl", $"is '{_project.Prediction.ClassificationPath}'",
                "no scene classification: each scene would need its own", "leave it out, or make a mask of the clouds");
        if (_project.Prediction.Masks.Count > 0)
            Fault("prediction.masks", "are given", "the masks of the project, which count in all of it",
                "give them as the project's masks");
        foreach ((string section, IStage? stage) in _project.Stages)
            Try<object?>(() =>
            {
                try { stage?.RequireSettings(); }
                catch (SettingException e)
                {
                    throw new AsmException($"{section}.{e.Setting}", e.Found, e.Expected, "correct the value", AsmErrorCode.Project);
                }
                return null;
            });
    }

    /// <summary>What may fail, and is told with the settings as the project file spells those of the section.</summary>
    private T? Try<T>(Func<T> look, string section = "", IStage? stage = null)
    {
        _run.Cancellation.ThrowIfCancellationRequested();
        try { return look(); }
        catch (AsmException e)
        {
            Add(ProjectStep.Spell(e.Message, section, stage?.SettingNames ?? []), e.Code);
            return default;
        }
    }

    private void Fault(string subject, string found, string expected, string fix) =>
        Add(new AsmException(subject, found, expected, fix).Message, AsmErrorCode.Project);

    private void Add(string fault, AsmErrorCode code)
    {
        if (!_told.Add(fault)) return;
        if (_faults.Count == 0) _firstCode = code;
        _faults.Add(fault);
    }

    private string Tell()
    {
        string atLeast = _faults.Count < MostFound ? "" : "at least ";
        string rest = _faults.Count > MostFaults ? $"\n... and {_faults.Count - MostFaults} more" : "";
        string file = _project.FileName is { } name ? $"{name}: " : "";
        return _faults.Count == 1
            ? file + _faults[0]
            : $"{file}{atLeast}{_faults.Count} faults; nothing was started:\n{string.Join('\n', _faults.Take(MostFaults))}{rest}";
    }

    private void RequireClasses(ModelDescription model)
    {
        string[] names = [.. model.Classes.Select(c => c.Name)];
        if (!names.Contains(_project.Class, StringComparer.OrdinalIgnoreCase))
            Fault("class", $"is '{_project.Class}'", $"a class of {model.Name}: {string.Join(", ", names)}", "correct the key 'class'");
        if (_project.Seasons.Count > 1 && model.Classes.Count > ChangeCode.MostClasses)
            Fault(model.Name,
                $"has {model.Classes.Count} classes, and the project {_project.Seasons.Count} seasons, whose changes are mapped",
                $"{ChangeCode.MostClasses} classes at most, so that each pair has a code of two digits",
                "give the project one season, each in a project of its own, or use a model of fewer classes");
        foreach (string name in _project.Colours.Keys.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)))
            Fault("report.colours", $"names the class '{name}'",
                $"classes of {model.Name}: {string.Join(", ", names)}", "correct the name");
    }

    private void CheckTile(ProjectSeason season, ProjectTile tile,
        (PredictStage Stage, ModelDescription Model) prediction, Dictionary<string, CheckedScene> scenes)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        (string Path, GeoGrid Grid)? first = null;
        foreach (string path in tile.Scenes)
        {
            if (_faults.Count >= MostFound) return;
            if (Try(() => Look(path, prediction.Stage, prediction.Model), "prediction", prediction.Stage) is not { } scene) continue;
            if (PortableName.Fault(scene.Name) is { } fault)
                Fault(path, $"would give its maps the name '{scene.Name}', which {fault}", "a name that files can have on every system",
                    "rename the scene, or a copy of it");
            if (!names.Add(scene.Name))
                Fault(path, $"is the second scene called {scene.Name} of {season.Name} {tile.Name}",
                    "scenes of different names", "rename one");
            if (first is { } other && !other.Grid.IsSameAs(scene.Grid))
                Fault(path, $"has the grid {scene.Grid}", $"that of {other.Path}: {other.Grid}",
                    $"check that both are scenes of the tile {tile.Name}");
            first ??= (path, scene.Grid);
            scenes[path] = scene;
        }
    }

    /// <summary>Scenes of one tile that are one acquisition, or the same bytes or pixels under two names.</summary>
    private void WarnOfSameScenes(Dictionary<string, CheckedScene> scenes)
    {
        var tiles = _project.Seasons.SelectMany(season => season.Tiles.SelectMany(tile =>
            tile.Scenes.Where(scenes.ContainsKey).Select(scene => (Season: season.Name, Tile: tile.Name, Scene: scene))));
        var pixels = new Dictionary<string, MiddlePixels?>(StringComparer.Ordinal);
        foreach (var tile in tiles.GroupBy(scene => scene.Tile).Select(group => group.ToArray()))
            for (int i = 0; i < tile.Length; i++)
                for (int k = i + 1; k < tile.Length; k++)
                {
                    (CheckedScene first, CheckedScene second) = (scenes[tile[i].Scene], scenes[tile[k].Scene]);
                    string? same = tile[i].Scene == tile[k].Scene ? "are one file"
                        : first.Taken is { } one && second.Taken is { } other && one.IsSameAs(other) ? $"are of one acquisition ({one})"
                        : AreSameBytes(first.Files, second.Files) ? "are the same bytes"
                        : HaveSamePixels(tile[i].Scene, tile[k].Scene, scenes, pixels) ? "have the same pixels" : null;
                    if (same is not null)
                        _warnings.Add(($"{tile[i].Season} {tile[i].Tile}", $"{tile[i].Scene} and {tile[k].Scene} {same}: "
                            + (tile[i].Season == tile[k].Season
                                ? "the date counts twice, and agrees with itself; leave one out"
                                : $"{tile[i].Season} and {tile[k].Season} then compare it with itself; leave one out")));
                }
    }

    private bool AreSameBytes(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        long[] Sizes(IReadOnlyList<string> files) => [.. files.Select(file => new FileInfo(file).Length)];
        string?[] Hashes(IReadOnlyList<string> files) => [.. FileHash.Identify(files, _run).Select(file => file.Sha256)];
        return Try(() => (object)(first.Count == second.Count && Sizes(first).SequenceEqual(Sizes(second))
            && Hashes(first).SequenceEqual(Hashes(second)))) is true;
    }

    /// <summary>Products of two dates are not read: reading JPEG 2000 takes time.</summary>
    private bool HaveSamePixels(string first, string second,
        Dictionary<string, CheckedScene> scenes, Dictionary<string, MiddlePixels?> known)
    {
        if (scenes[first].Taken is not null && scenes[second].Taken is not null) return false;
        if (!scenes[first].Grid.IsSameAs(scenes[second].Grid)) return false;
        return PixelsOf(first) is { } one && PixelsOf(second) is { } other && one.IsSameAs(other);

        MiddlePixels? PixelsOf(string scene)
        {
            if (known.TryGetValue(scene, out MiddlePixels? pixels)) return pixels;
            return known[scene] = Try(() =>
            {
                PredictStage stage = scenes[scene].Stage;
                using Scene opened = Scene.Open(scene, stage.Description!, stage.Radiometry, _run);
                return MiddlePixels.Of(opened.Stack);
            });
        }
    }

    private (PredictStage Stage, ModelDescription Model) Prediction(string modelPath, (ModelDescription Model, NetworkSpeed Speed) known) =>
        (_project.Prediction with { ModelPath = modelPath, Description = known.Model, Speed = known.Speed }, known.Model);

    private CheckedScene Look(string path, PredictStage stage, ModelDescription model)
    {
        if (!Path.Exists(path))
            throw new AsmException(path, "does not exist", "a stack, a product or a folder of band files",
                "correct the path; those in a project start at its folder", AsmErrorCode.InputMissing);
        using Scene opened = Scene.Open(path, model, stage.Radiometry, _run);
        IRasterSource scene = opened.Stack;
        ModelBands.Match(scene, model);
        Crs crs = scene.Info.Grid.RequireCrs(path);
        if (crs.IsGeographic)
            throw new AsmException(path, $"is in degrees ({crs})", "a grid in metres, such as the UTM grids of Sentinel-2",
                "warp it: gdalwarp -t_srs EPSG:326zz -tr 10 10 IN OUT", AsmErrorCode.Crs);
        stage = stage with { Scene = path };
        StageNeed need = (stage with { Stack = scene }).Need(new(scene.Info.Grid, model.Classes.Count));
        foreach (string notice in opened.Notices) _warnings.Add((opened.Name, ProjectStep.Spell(notice, "prediction", stage.SettingNames)));
        return new(stage, opened.Name, scene.Info.Grid, opened.Files, SceneThumbnail.IsPossible(scene), need,
            Acquisition.Of(scene.Info.Metadata, Path.GetFileName(path)));
    }

    private void CheckZones(ZonesStage zones, GeoGrid grid) => Try<object?>(() =>
    {
        VectorLayer layer = VectorFile.Read(zones.Zones, zones.Layer);
        layer.RequirePolygons();
        if (zones.Options.IdField is { } field) layer.RequireField(field);
        NetTopologySuite.Geometries.Envelope map = new(grid.Origin.X,
            grid.ToMap(grid.Width, 0).X, grid.ToMap(0, grid.Height).Y, grid.Origin.Y);
        int inside = layer.To(grid.Crs!).Features.Count(f => f.Geometry.EnvelopeInternal.Intersects(map));
        if (inside == 0)
            throw new AsmException(zones.Zones, $"none of its {layer.Features.Count} zones touches the maps ({grid})",
                "zones where the scenes are", "check the CRS of the file and that the zones are those of the project");
        _warnings.AddRange(layer.Notes.Select(note => (Path.GetFileName(zones.Zones), note)));
        if (layer.Repaired.Count > 0)
            _warnings.Add((Path.GetFileName(zones.Zones), string.Create(CultureInfo.InvariantCulture,
                $"{layer.Repaired.Count} zones had rings that cross themselves and were repaired")));
        return null;
    }, "zones", zones);

    /// <summary>A raster of which only the grid is known.</summary>
    private sealed class GridOnly(GeoGrid grid) : IRasterSource
    {
        public string Name => "the maps";

        public RasterInfo Info { get; } = new() { Grid = grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }] };

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination)
            where T : unmanaged, System.Numerics.INumber<T> =>
            throw new NotSupportedException();

        public void Dispose() { }
    }
}
