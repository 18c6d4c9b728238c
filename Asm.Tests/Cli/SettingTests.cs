using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Accuracy.Reports;
using Asm.Analysis.Accuracy.Sampling;
using Asm.Analysis.Changes;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Polygons;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Zones;
using Asm.Cli.Verbs;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>A setting has one range, wherever it is given: in the verb, in a project (and so in its dry run) and by a program.</summary>
public sealed class SettingTests
{
    private const string Sections = "title: x\nseasons:\n  - name: a\n    tiles:\n      t: x.tif\n";

    private static readonly RootCommand Program = AsmVerbs.Create();

    /// <summary>Stages with their verbs, and what a project file needs in the section of the stage; null where a project has none.</summary>
    private static IEnumerable<Checked> Stages() =>
    [
        Checked.Of(PrepareStage.List, new() { Sources = [], OutputPath = "" }, ["prepare", "a", "-o", "b"], null),
        Checked.Of(PredictStage.List, new() { Scene = "", ModelPath = "", Directory = "", Name = "" }, ["predict", "a", "-o", "b"], "prediction:\n"),
        Checked.Of(EnsembleStage.List, new() { Inputs = [], Directory = "", Name = "" }, ["ensemble", "a", "-o", "b"], null),
        Checked.Of(MosaicStage.List, new() { Inputs = [], OutputPath = "" }, ["mosaic", "a", "-o", "b"], "mosaic:\n"),
        Checked.Of(ChangeStage.List, new() { Maps = [], OutputPath = "" }, ["change", "a", "b", "-o", "c"], null),
        Checked.Of(HeatmapStage.List, new() { Map = "", OutputPath = "" }, ["heatmap", "a", "-o", "b"], "heatmap:\n"),
        Checked.Of(PolygonsStage.List, new() { Map = "", OutputPath = "" }, ["polygons", "a", "-o", "b"], "polygons:\n"),
        Checked.Of(ZonesStage.List, new() { Maps = [], Zones = "", OutputPath = "" }, ["zones", "a", "--zones", "z", "-o", "b"], "zones:\n  file: z.gpkg\n"),
        Checked.Of(SampleStage.List, new() { Map = "", OutputPath = "" }, ["sample", "a", "-o", "b"], null),
        Checked.Of(AssessStage.List, new() { Map = "" }, ["assess", "--map", "a", "--reference", "r"], "accuracy:\n  points: p.csv\n"),
        Checked.Of(ReportStage.List, new() { RunDirectory = "", OutputPath = "" }, ["report", "a", "-o", "b"], "report:\n"),
    ];

    public static TheoryData<string, string> Settings => [.. Stages().SelectMany(s => s.Names.Select(name => (s.Line[0], name)))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_value_is_taken_or_refused_alike_by_verb_project_and_program(string verb, string name)
    {
        Checked stage = Stages().Single(s => s.Line[0] == verb);
        foreach ((string value, bool isGood) in stage.Values(name))
        {
            SettingException? refusal = stage.Read(name, value);
            Assert.Equal(isGood, refusal is null);

            string option = $"--{name}";
            string[] errors = [.. Program.Parse([.. stage.Line, option, value]).Errors.Select(e => e.Message).Where(m => m.Contains($"{option} is '", StringComparison.Ordinal))];
            Assert.Equal(refusal is null ? [] : [$"{option} is '{value}'; expected: {refusal.Expected}"], errors);

            if (stage.Section is null || ReadProject(stage, name, stage.Good(name)) is not null) continue; // not a project's to give
            Assert.Matches($@"\b{name}\b", ProjectTemplate.Text);
            AsmException? fault = ReadProject(stage, name, value);
            Assert.Equal(isGood, fault is null);
            string section = stage.Section[..stage.Section.IndexOf(':', StringComparison.Ordinal)];
            if (fault is not null)
                Assert.Equal($"project.yaml, line {Sections.Count(c => c == '\n') + stage.Section.Count(c => c == '\n') + 1}: {section}.{name} is '{value}'\n  expected: {refusal!.Expected}\n  fix: correct the value", fault.Message);
        }
    }

    [Fact]
    public void Most_settings_with_a_range_can_be_given_in_a_project() => Assert.Equal(
        ["accuracy.crs", "heatmap.bandwidth", "heatmap.cell", "heatmap.kernel", "mosaic.bounds", "mosaic.crs", "mosaic.resolution", "mosaic.rule",
            "polygons.connect", "polygons.min-area", "prediction.bands", "prediction.cloud-threshold", "prediction.nodata", "prediction.offset", "prediction.overlap",
            "prediction.quantification", "prediction.tiling", "prediction.window", "report.picture-size", "report.polygons", "zones.adjacent",
            "zones.coverage", "zones.id", "zones.layer"],
        Stages().Where(s => s.Section is not null)
            .SelectMany(s => s.Names.Where(n => ReadProject(s, n, s.Good(n)) is null).Select(n => $"{s.Section![..s.Section!.IndexOf(':', StringComparison.Ordinal)]}.{n}"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void A_value_that_a_program_sets_is_checked_when_the_stage_runs_and_before_anything_is_opened()
    {
        var stage = new ReportStage { RunDirectory = "nowhere", OutputPath = "nowhere.html", PictureSidePixels = 80 };
        var error = Assert.Throws<SettingException>(() => stage.Run());
        Assert.Equal("`picture-size`: is '80'\n  expected: a whole number of 100 to 8192\n  fix: correct the value", error.Message);
        Assert.Equal((AsmErrorCode.Setting, "picture-size"), (error.Code, error.Setting));
    }

    private static AsmException? ReadProject(Checked stage, string name, string value)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("project.yaml"), $"{Sections}{stage.Section}  {name}: '{value}'\n");
        try
        {
            ProjectReader.Read(folder.File("project.yaml"));
            return null;
        }
        catch (AsmException e) { return e; }
    }

    /// <summary>A system without a code, as a survey may have its own.</summary>
    private const string LocalSystem = """PROJCS["Local",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-2.5],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]""";

    /// <summary>A stage whose type the tests need not know.</summary>
    private sealed record Checked(string[] Line, string? Section, IReadOnlyList<string> Names, Func<string, string, SettingException?> Read, Func<string, string> Good, Func<string, IEnumerable<(string, bool)>> Values)
    {
        public static Checked Of<T>(IReadOnlyList<Setting<T>> settings, T stage, string[] line, string? section)
        {
            Setting<T> Named(string name) => settings.Single(s => s.Name == name);
            SettingException? Read(string name, string value)
            {
                try
                {
                    Named(name).Require(Named(name).Read(stage, value)); // what was read is good when the stage runs
                    return null;
                }
                catch (SettingException e) { return e; }
            }
            string Good(string name) => Named(name) switch
            {
                { Range: { } range } => double.IsInfinity(range.Most) ? "7" : Text(range.Most),
                { Words: [var word, ..] } => word,
                _ => name switch { "crs" => "EPSG:32630", "bounds" => "1,2,3,4", "scl-classes" => "3,8", "allocation" => "equal", "users-accuracy" => "mines=0.5", "seed" => "3", _ => "mines" },
            };
            IEnumerable<(string, bool)> Values(string name)
            {
                yield return (Good(name), true);
                if (name == "nodata") yield return ("NaN", true);
                if (name == "crs") yield return (LocalSystem, true);
                if (Named(name).Range is { } range)
                {
                    yield return ("nonsense", false);
                    if (double.IsInfinity(range.Most)) yield break;
                    yield return (Text(range.Least), true);
                    yield return (Text(range.Most * 2), false);
                    yield return (Text(range.Least > 0 ? range.Least / 2 : range.Least * 2 - 1), false);
                }
                else if (Named(name).Words.Count > 0) yield return ("nonsense", false);
                else if (name is "bounds") yield return ("4,3,2,1", false);
                else if (name is "seed") yield return ("few", false);
                else if (name is "scl-classes") yield return ("12", false);
                else if (name is "bands") yield return ("B02,B2", false);
            }
            return new(line, section, [.. settings.Select(s => s.Name).Where(n => !(line[0] == "polygons" && n == "class"))], Read, Good, Values);
        }

        private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
