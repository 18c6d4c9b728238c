using System.Text.RegularExpressions;
using Asm.Analysis.Accuracy.Reports;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Polygons;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Zones;
using Asm.Inference.Prediction;
using Asm.Maps.Documents;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Windows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Asm.Projects.Documents;

/// <summary>Reads project files: YAML whose keys are those of the example that <see cref="ProjectTemplate"/> holds.</summary>
public static partial class ProjectReader
{
    /// <summary>
    /// Reads and checks a project file. That the files it names exist is not part of that, except where a pattern must be expanded.
    /// </summary>
    /// <param name="path">The file. Paths in it are relative to its folder.</param>
    /// <exception cref="AsmException">The file is no project; the message names the line.</exception>
    public static Project Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = Path.GetFileName(path);
        var top = new YamlKeys(name, "", Load(path, name));
        string folder = Path.GetDirectoryName(SystemPath.Full(path))!;
        var project = new Project
        {
            FileName = name,
            Title = top.Text("title") ?? Path.GetFileNameWithoutExtension(path),
            Output = Output(top, folder, Path.GetFileNameWithoutExtension(path) + "-run"),
            Model = top.Text("model") is null ? null : RequirePath(top, "model", folder),
            Seasons = Seasons(top, name, folder),
            Masks = [.. top.List("masks").Select(node => Mask(new YamlKeys(name, "masks", node), folder))],
            Class = top.Text("class") ?? "mines",
            Zones = Zones(top.Keys("zones"), folder),
        };
        (PredictStage prediction, bool preflight) = Prediction(top.Keys("prediction"), project.Prediction);
        (ReportStage report, IReadOnlyDictionary<string, Rgb> colours) = Report(top.Keys("report"), project.Report);
        project = project with
        {
            Prediction = prediction,
            Preflight = preflight,
            Mosaic = Section(top.Keys("mosaic"), project.Mosaic, MosaicStage.List, "full-scale"),
            Heatmap = Section(top.Keys("heatmap"), project.Heatmap, HeatmapStage.List, "class"),
            Polygons = Section(top.Keys("polygons"), project.Polygons, PolygonsStage.List, "class"),
            Report = report,
            Colours = colours,
        };
        project = project with { Accuracy = Accuracy(top.Keys("accuracy"), project, folder) };
        top.RequireKnown();
        return project;
    }

    private const string YamlFix =
        "correct the line: keys of one mapping start in one column, text with ': ' or '#' stands in quotes";

    private static YamlNode Load(string path, string name)
    {
        try
        {
            string text = YamlText.Read(path, "a project file", $"asm init {CommandText.Quote(path)} writes an example");
            YamlText.Require(text, name);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 1
                ? stream.Documents[0].RootNode
                : throw new AsmException(path, $"holds {stream.Documents.Count} YAML documents",
                    "one", "see the example that asm init writes", AsmErrorCode.Project);
        }
        catch (YamlException e)
        {
            throw YamlFault.At(name, e.Start, e.Message.TrimEnd('.'), "YAML", YamlFix);
        }
        // The library's own, for some texts whose keys and values stand in the wrong columns.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new AsmException(name, "has lines that are no YAML together", "YAML", YamlFix, AsmErrorCode.Project);
        }
    }

    private static ProjectSeason[] Seasons(YamlKeys top, string file, string folder)
    {
        IReadOnlyList<YamlNode> nodes = top.List("seasons");
        if (nodes.Count == 0) throw top.Missing("seasons");
        var seasons = new List<ProjectSeason>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (YamlNode node in nodes)
        {
            var keys = new YamlKeys(file, $"seasons[{seasons.Count + 1}]", node);
            string name = Name(file, keys.Node.Start, keys.RequireText("name"));
            YamlKeys tiles = keys.Keys("tiles") ?? throw keys.Missing("tiles");
            keys.RequireKnown();
            if (!names.Add(name))
                throw YamlFault.At(file, node.Start, $"a second season is called '{name}'", "another name for each season", "rename one");
            ProjectTile[] read = [.. tiles.All()
                .Select(t => new ProjectTile(Name(file, t.Value.Start, t.Key), Scenes(file, tiles, t.Key, folder)))];
            if (read.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any()) is { } same)
                throw YamlFault.At(file, tiles.Node.Start,
                    $"the tiles {string.Join(" and ", same.Select(t => $"'{t.Name}'"))} differ in capitals only",
                    "names that stay different in files' names on every system", "rename one");
            if (read.Length == 0) throw keys.Missing("tiles");
            seasons.Add(new(name, read));
        }
        return [.. seasons];
    }

    private static string[] Scenes(string file, YamlKeys tiles, string tile, string folder)
    {
        var scenes = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode node in tiles.List(tile))
        {
            string text = tiles.PathOf(tile, node);
            if (RemoteFile.IsUrl(text))
                throw YamlFault.At(file, node.Start, $"'{text}' is a URL",
                    "a path: a project can be run again without a network", $"asm prepare '{text}' -o SCENE.tif, and name that");
            string[] found = PathPattern.IsPattern(text) ? PathPattern.Find(folder, text) : [Full(folder, text)];
            if (found.Length == 0)
                throw YamlFault.At(file, node.Start, $"'{text}' matches no file", "scenes of the tile",
                    "correct the pattern; it starts at the folder of the project file");
            foreach (string scene in found)
            {
                if (!known.Add(scene))
                    throw YamlFault.At(file, node.Start, $"'{text}' names {scene} a second time, which would count twice",
                        "every date once", "remove it once");
                scenes.Add(scene);
            }
        }
        return scenes.Count > 0 ? [.. scenes] : throw tiles.Missing(tile);
    }

    private static ProjectMask Mask(YamlKeys keys, string folder)
    {
        var mask = new ProjectMask(RequirePath(keys, "file", folder), keys.Text("layer"), keys.Number("buffer", 0, 0, 1e6));
        keys.RequireKnown();
        return mask;
    }

    private static (PredictStage Stage, bool Preflight) Prediction(YamlKeys? keys, PredictStage stage)
    {
        if (keys is null) return (stage, true);
        bool preflight = keys.Choice("preflight", true, ("on", true), ("true", true), ("off", false), ("false", false));
        return (Section(keys, stage, PredictStage.List, "probability-type", "scl-classes"), preflight);
    }

    private static ZonesStage? Zones(YamlKeys? keys, string folder)
    {
        if (keys is null) return null;
        string file = RequirePath(keys, "file", folder);
        return Section(keys, new ZonesStage { Maps = [], Zones = file, OutputPath = "", Overwrite = true }, ZonesStage.List);
    }

    private static ProjectAccuracy? Accuracy(YamlKeys? keys, Project project, string folder)
    {
        if (keys is null) return null;
        string map = keys.Text("map") ?? project.Seasons[^1].Name;
        string[] changes = [.. project.Seasons.Zip(project.Seasons.Skip(1), (a, b) => ProjectLayout.ChangeName(a.Name, b.Name))];
        string[] known = [.. project.Seasons.Select(s => s.Name), .. changes];
        if (!known.Contains(map, StringComparer.Ordinal)) throw keys.Wrong("map", keys.Find("map")!, $"one of {string.Join(", ", known)}");
        string points = RequirePath(keys, "points", folder);
        return new(Section(keys, new AssessStage { Map = "", PointsPath = points, Overwrite = true }, AssessStage.List, "boundary"), map);
    }

    private static (ReportStage Stage, IReadOnlyDictionary<string, Rgb> Colours) Report(YamlKeys? keys, ReportStage stage)
    {
        var colours = new Dictionary<string, Rgb>(StringComparer.OrdinalIgnoreCase);
        if (keys?.Keys("colours") is { } all)
            foreach ((string name, YamlNode value) in all.All())
            {
                string text = all.TextOf(name, value);
                colours[name] = ColourFormat().IsMatch(text)
                    ? Rgb.Parse(text)
                    : throw all.Wrong(name, value, "a colour such as \"#d55e00\", in quotes");
            }
        return (Section(keys, stage, ReportStage.List, "class"), colours);
    }

    /// <summary>The settings of a stage from the section that is its own. The keys are the settings' names.</summary>
    /// <param name="keys">The section; null where the project has none.</param>
    /// <param name="stage">The stage with its defaults.</param>
    /// <param name="settings">All settings of the stage.</param>
    /// <param name="elsewhere">Settings that a project gives elsewhere, or not at all.</param>
    private static T Section<T>(YamlKeys? keys, T stage, IReadOnlyList<Setting<T>> settings, params string[] elsewhere)
    {
        if (keys is null) return stage;
        foreach (Setting<T> setting in settings.Where(s => !elsewhere.Contains(s.Name)))
            if (keys.Find(setting.Name) is { } value)
                try { stage = setting.Read(stage, keys.LineOf(setting.Name, value)); }
                catch (SettingException e) { throw keys.Wrong(setting.Name, value, e.Expected); }
        keys.RequireKnown();
        return stage;
    }

    private static string Name(string file, Mark place, string text)
    {
        if (!NameFormat().IsMatch(text) || text.StartsWith('.'))
            throw YamlFault.At(file, place, $"the name '{text}' cannot be part of a file's name",
                "letters, digits, dots, dashes and underscores", "choose another name");
        return PortableName.Fault(text) is { } fault
            ? throw YamlFault.At(
                file, place, $"the name '{text}' {fault}", "a name that files can have on every system", "choose another name")
            : text;
    }

    private static string Output(YamlKeys keys, string folder, string fallback)
    {
        if (keys.Text("output") is not { } text) return Full(folder, fallback);
        return PortableName.FaultOfPath(text) is { } fault
            ? throw YamlFault.At(keys.File, keys.Find("output")!.Start, $"output is '{text}', and {fault}",
                "a folder that can be on every system", "choose another name")
            : Full(folder, text);
    }

    private static string RequirePath(YamlKeys keys, string key, string folder)
    {
        _ = keys.RequireText(key);
        return Full(folder, keys.PathOf(key, keys.Find(key)!));
    }

    private static string Full(string folder, string path) => SystemPath.Full(path, folder);

    [GeneratedRegex(@"^[\p{L}\p{Nd}._-]{1,80}$")]
    private static partial Regex NameFormat();

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex ColourFormat();
}
