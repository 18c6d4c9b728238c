using Asm.Analysis.Reporting.Run;
using Asm.Inference.Model;
using Asm.Projects.Documents;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;

namespace Asm.Tests.Projects;

public sealed class ProjectRunTests
{
    [Fact]
    public void A_second_run_does_nothing_and_a_new_date_only_what_depends_on_it()
    {
        using var project = new RunProject();
        ProjectResult first = project.Run();
        Assert.Equal((21, 0), (first.Done, first.UpToDate));
        Assert.True(File.Exists(first.ReportPath));
        SortedDictionary<string, string> products = project.Products();

        ProjectResult second = project.Run();
        Assert.Equal((0, 21), (second.Done, second.UpToDate));
        Assert.Equal(products, project.Products());

        int lines = project.Journal().Count;
        project.WriteScene(season: 1, tile: 0, date: 1, seed: 999);
        project.Run();
        Assert.Equal(["change a_to_b", "ensemble b west", "heatmap a_to_b", "mosaic b", "polygons a_to_b", "polygons b", "predict b west b-0-1", "report", "zones"], project.Finished(lines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_colour_redoes_only_the_report_and_a_bandwidth_only_the_density_before_it()
    {
        using var project = new RunProject();
        project.Run();
        int lines = project.Journal().Count;
        project.Run("""report: {colours: {mines: "#123456"}}""");
        Assert.Equal(["report"], project.Finished(lines));
        Assert.Equal("#123456", RunManifest.Read(project.Results).Classes[0].Color);

        lines = project.Journal().Count;
        project.WriteScene(0, 0, 0, seed: 0); // The same bytes at another time.
        Assert.Equal(0, project.Run("""report: {colours: {mines: "#123456"}}""").Done);
        File.WriteAllText(project["project.yaml"], RunProject.Text().Replace("bandwidth: 100", "bandwidth: 200", StringComparison.Ordinal));
        ProjectRun.Run(ProjectRun.Plan(ProjectReader.Read(project["project.yaml"]), "none.onnx"));
        Assert.Equal(["heatmap a_to_b", "report"], project.Finished(lines));
    }

    [Fact]
    public void Files_of_ones_own_may_lie_in_the_runs_folder()
    {
        using var project = new RunProject();
        Directory.CreateDirectory(project.Results);
        string zones = Path.Combine(project.Results, "zones.geojson"), text = RunProject.Text().Replace("zones.geojson", "out/zones.geojson", StringComparison.Ordinal);
        File.Move(project["zones.geojson"], zones);
        ProjectResult Run() => ProjectRun.Run(ProjectRun.Plan(ProjectReader.Read(project.Write(text)), "none.onnx"));
        Assert.Equal(21, Run().Done);
        int lines = project.Journal().Count;
        File.WriteAllText(zones, File.ReadAllText(zones).Replace("-2.0980", "-2.0970", StringComparison.Ordinal));
        Run();
        Assert.Equal(["report", "zones"], project.Finished(lines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_files_beside_a_shapefile_count()
    {
        using var project = new RunProject();
        VectorFile.Write(project["zones.shp"], VectorFile.Read(project["zones.geojson"]).To(Crs.Utm(30, north: true)));
        string text = RunProject.Text().Replace("zones.geojson", "zones.shp", StringComparison.Ordinal);
        ProjectResult Run() => ProjectRun.Run(ProjectRun.Plan(ProjectReader.Read(project.Write(text)), "none.onnx"));
        Run();
        int lines = project.Journal().Count;
        File.WriteAllText(project["zones.prj"], Crs.Utm(30, north: true).Wkt.Replace("\"false_easting\",500000", "\"false_easting\",500100", StringComparison.Ordinal));
        Run();
        Assert.Equal(["report", "zones"], project.Finished(lines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faults_name_the_keys_of_the_project()
    {
        using var project = new RunProject();
        string text = RunProject.Text().Replace("cell: 50", "cell: 15", StringComparison.Ordinal);
        var error = Assert.Throws<AsmException>(() => ProjectRun.Plan(ProjectReader.Read(project.Write(text)), "none.onnx"));
        Assert.Contains("heatmap.cell", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--cell", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_was_removed_or_changed_is_made_again()
    {
        using var project = new RunProject();
        project.Run();
        SortedDictionary<string, string> products = project.Products();
        File.Delete(Path.Combine(project.Results, "maps/a.classes.tif"));
        File.AppendAllText(Path.Combine(project.Results, "zones.csv"), "x");
        int lines = project.Journal().Count;
        project.Run();
        // What follows the map sees the same bytes again and is not redone.
        Assert.Equal(["mosaic a", "zones"], project.Finished(lines).Order(StringComparer.Ordinal));
        Assert.Equal(products, project.Products());
    }

    [Fact]
    public void Threads_and_memory_change_no_byte()
    {
        using RunProject one = new(), other = new();
        one.Run(options: new() { Threads = 1, MaxMemoryBytes = 1_000_000_000 });
        other.Run(options: new() { Threads = 4, MaxMemoryBytes = 4_000_000_000 });
        Assert.Equal(one.Products(), other.Products());
    }

    [Fact]
    public void Killed_at_any_moment_it_goes_on_and_ends_with_the_same_bytes()
    {
        using RunProject whole = new(), killed = new();
        whole.Run();
        string file = killed.Write(RunProject.Text());
        var random = new Random(3);
        for (int i = 0; i < 6; i++)
        {
            using System.Diagnostics.Process process = AsmProgram.Start("run", file);
            // From before the first step to the report.
            if (!process.WaitForExit(random.Next(300, 2600))) process.Kill();
            process.WaitForExit();
        }
        (int exit, string output, string error) = AsmProgram.Run("run", file);
        Assert.True(exit == 0, error);
        Assert.Contains("Report: ", output, StringComparison.Ordinal);
        Assert.Equal(whole.Products(), killed.Products());
        // Killed between a step's end and the line about it, the journal lacks the line; no step that it tells as finished ran again.
        Assert.Distinct(killed.Finished());
        Assert.Equal(21, killed.Finished().Union(killed.Journal().Where(e => e.GetProperty("event").GetString() == "upToDate").Select(e => e.GetProperty("step").GetString()!)).Count());
    }

    [Fact]
    public void All_faults_are_told_at_once_before_any_work()
    {
        using var project = new RunProject();
        project.WriteScene(0, 0, 1, seed: 1, width: 64);
        File.Delete(project["scenes/b-1-0.tif"]);
        string text = RunProject.Text("report: {colours: {minse: \"#000000\"}}").Replace("scenes/b-1-*.tif", "[scenes/b-1-0.tif]", StringComparison.Ordinal).Replace("id: name", "id: nom", StringComparison.Ordinal);
        (int exit, _, string error) = AsmProgram.Run("run", project.Write(text));
        Assert.Equal(1, exit);
        Assert.Contains("3 faults; nothing was started", error, StringComparison.Ordinal);
        Assert.Contains("a-0-1.tif: has the grid 64 x 80", error, StringComparison.Ordinal);
        Assert.Contains("b-1-0.tif: does not exist", error, StringComparison.Ordinal);
        Assert.Contains("report.colours: names the class 'minse'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Results));
    }

    private static void SaveModel(RunProject project, int classes, string last)
    {
        IEnumerable<string> names = Enumerable.Range(1, classes - 1).Select(c => c == 1 ? "mines" : $"other{c}").Append(last);
        Network.UNet(classes: classes, depth: 2, width: 4).Save(project["model.onnx"], window: 64, metadata: (ModelMetadataKeys.Classes,
            $"[{string.Join(',', names.Select((n, i) => $$"""{"code":{{i + 1}},"name":"{{n}}","color":"#{{i + 1:d2}}5e00"}"""))}]"));
    }

    [Fact]
    public void Classes_that_the_mosaic_rule_does_not_go_with_are_told_before_the_start_with_a_key_that_mends_it()
    {
        using var project = new RunProject();
        SaveModel(project, 5, last: "water");
        string message = Assert.Throws<AsmException>(() => project.Run()).Message;
        Assert.StartsWith("project.yaml: model.onnx: its highest class is water", message, StringComparison.Ordinal);
        Assert.EndsWith("fix: give mosaic.rule max-probability or mosaic.rule first", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Results));
        Assert.True(File.Exists(project.Run("mosaic: {rule: max-probability}").ReportPath));
    }

    [Fact]
    public void More_classes_than_change_maps_have_codes_for_are_told_before_the_start()
    {
        using var project = new RunProject();
        SaveModel(project, 10, last: "vegetation");
        string message = Assert.Throws<AsmException>(() => project.Run()).Message;
        Assert.StartsWith("project.yaml: model.onnx: has 10 classes, and the project 2 seasons, whose changes are mapped\n  expected: 9 classes at most", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Results));
        // What the message asks for.
        string one = RunProject.Text();
        one = one[..one.IndexOf("  - name: b", StringComparison.Ordinal)] + one[one.IndexOf("prediction:", StringComparison.Ordinal)..];
        Assert.NotEmpty(ProjectRun.Plan(ProjectReader.Read(project.Write(one)), "none.onnx").Steps);
    }

    [Fact]
    public void Zones_elsewhere_are_refused_and_too_little_memory_names_the_need()
    {
        using var project = new RunProject();
        File.WriteAllText(project["zones.geojson"], File.ReadAllText(project["zones.geojson"]).Replace("-2.09", "-3.09", StringComparison.Ordinal));
        Assert.Contains("none of its 1 zones touches the maps", Assert.ThrowsAny<AsmException>(() => project.Run()).Message, StringComparison.Ordinal);
        using var second = new RunProject();
        AsmException error = Assert.ThrowsAny<AsmException>(() => second.Run(options: new() { MaxMemoryBytes = 100_000_000 }));
        Assert.Contains("`max-memory`: is 100 MB", error.Message, StringComparison.Ordinal);
        Assert.Contains("at least", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_writes_nothing_and_two_runs_in_one_folder_are_refused()
    {
        using var project = new RunProject();
        string file = project.Write(RunProject.Text());
        (int exit, string output, string error) = AsmProgram.Run("run", file, "--dry-run");
        Assert.True(exit == 0, error);
        Assert.Contains("21 steps    21 to do", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Results));

        project.Run();
        using (new FileStream(Path.Combine(project.Results, ".asm", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("another run is at work", AsmProgram.Run("run", file).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_finds_what_was_changed()
    {
        using var project = new RunProject();
        project.Run();
        (int exit, string output, _) = AsmProgram.Run("verify", project.Results);
        Assert.Equal(0, exit);
        Assert.Contains(", 0 differ", output, StringComparison.Ordinal);
        using (FileStream map = File.OpenWrite(Path.Combine(project.Results, "maps/b.classes.tif")))
        {
            map.Position = map.Length - 1;
            map.WriteByte(77);
        }
        project.WriteScene(0, 1, 0, seed: 5);
        (exit, output, _) = AsmProgram.Run("verify", project.Results);
        Assert.Equal(1, exit);
        Assert.Contains("maps/b.classes.tif: its bytes are not those that the run wrote", output, StringComparison.Ordinal);
        Assert.Contains("a-1-0.tif: has changed since the run read it", output, StringComparison.Ordinal);
    }
}
