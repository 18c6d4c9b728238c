using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of projects.</summary>
public sealed class ProjectFixTests : FixTrial
{
    private const string Project = """
        model: model.onnx
        prediction: {preflight: off}
        seasons:
          - name: a
            tiles: {west: scene.tif}
        """;

    public ProjectFixTests()
    {
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
    }

    [Fact]
    [Fix("see the example that asm init writes")]
    [Fix("add it; asm init writes an example with all keys")]
    public void A_project_is_written_like_the_example()
    {
        Write("- a\n- b\n");
        Fails("run", "project.yaml", "--dry-run");
        Write("title: A\n");
        Fails("run", "project.yaml", "--dry-run");
        Works("init", "example.yaml");
        Assert.Contains("seasons:", File.ReadAllText(PathOf("example.yaml")), StringComparison.Ordinal);
        Write(Project);
        Works("run", "project.yaml", "--dry-run");
    }

    [Fact]
    [Fix("asm prepare '{}' -o SCENE.tif, and name that")]
    public void A_scene_on_a_server_is_prepared_first()
    {
        using var server = new RangeServer(PathOf(""));
        Write(Project.Replace("scene.tif", $"'{server.Url}/scene.tif'", StringComparison.Ordinal));
        string command = System.Text.RegularExpressions.Regex.Match(Fails("run", "project.yaml", "--dry-run"), "asm prepare '([^']*)'").Groups[1].Value;
        Works("prepare", command, "-o", "SCENE.tif");
        Write(Project.Replace("scene.tif", "SCENE.tif", StringComparison.Ordinal));
        Works("run", "project.yaml", "--dry-run");
    }

    [Fact]
    [Fix("give `max-memory` {}MB or more")]
    public void Too_little_memory_is_raised_to_what_is_told()
    {
        Write(Project);
        string need = System.Text.RegularExpressions.Regex.Match(Fails("run", "project.yaml", "--max-memory", "1MB"), "--max-memory ([0-9]+MB)").Groups[1].Value;
        Works("run", "project.yaml", "--max-memory", need);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Fix("bring it onto those pixels, and give the new file in its place: {}")]
    public void Seasons_shifted_by_part_of_a_pixel_are_brought_onto_one_grid(bool isFolder)
    {
        string scene = isFolder ? "flat" : "shifted.tif";
        Run("gdal_translate", "-q", "-a_ullr", "600003.7", "700020", "600483.7", "699540", "scene.tif", "shifted.tif");
        if (isFolder)
        {
            Directory.CreateDirectory(PathOf("flat"));
            for (int i = 0; i < Stacks.BandNames.Length; i++)
                Run("gdal_translate", "-q", "-b", $"{i + 1}", "shifted.tif", $"flat/{Stacks.BandNames[i]}.tif");
        }
        string two = Project + "\n  - name: b\n    tiles: {west: " + scene + "}\n";
        Write(two);
        string said = Fails("run", "project.yaml", "--dry-run");
        Assert.Contains($"{scene}: has the grid 48 x 48 px of 10 x 10, origin (600003.7, 700020)", said, StringComparison.Ordinal);
        Assert.Contains("scene.tif, 48 x 48 px of 10 x 10, origin (600000, 700020)", said, StringComparison.Ordinal);
        string command = System.Text.RegularExpressions.Regex.Match(said, "in its place: ([^\n]*)").Groups[1].Value;
        if (command.Split(" && ") is [var prepare, _])
            Works([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(prepare).Skip(1)]);
        Run("bash", "-c", command.Split(" && ")[^1]);
        Write(two.Replace(scene, "OUT.tif", StringComparison.Ordinal));
        Works("run", "project.yaml");
    }

    [Fact]
    [Fix("warp it: gdalwarp -t_srs EPSG:326zz -tr 10 10 IN OUT")]
    public void A_scene_in_degrees_is_warped()
    {
        Run("gdalwarp", "-q", "-t_srs", "EPSG:4326", "scene.tif", "degrees.tif");
        Write(Project.Replace("scene.tif", "degrees.tif", StringComparison.Ordinal));
        Fails("run", "project.yaml", "--dry-run");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32630", "-tr", "10", "10", "degrees.tif", "warped.tif");
        Write(Project.Replace("scene.tif", "warped.tif", StringComparison.Ordinal));
        Works("run", "project.yaml", "--dry-run");
    }

    [Fact]
    [Fix("give `max-memory` {}MB or more, or a smaller `picture-size`")]
    public void Pictures_of_a_report_fit_the_memory()
    {
        Write(Project);
        Works("run", "project.yaml");
        string results = Directory.GetDirectories(PathOf("")).Single(folder => File.Exists(Path.Combine(folder, "run.json")));
        string need = System.Text.RegularExpressions.Regex.Match(
            Fails("report", results, "-o", "r.html", "--picture-size", "8000", "--max-memory", "250MB"), "--max-memory ([0-9]+MB)").Groups[1].Value;
        Works("report", results, "-o", "r.html", "--picture-size", "500", "--max-memory", "250MB");
        Works("report", results, "-o", "s.html", "--picture-size", "8000", "--max-memory", need);
    }

    private void Write(string text) => File.WriteAllText(PathOf("project.yaml"), text);
}
