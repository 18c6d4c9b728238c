using System.Text.Json.Nodes;
using Asm.Analysis.Reporting.Run;
using Asm.Projects.Documents;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Projects;

/// <summary>Project files and folders of runs that come from somebody else, or were torn.</summary>
public sealed class HostileRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CON", "is the name of a device on Windows")]
    [InlineData("nul.2020", "is the name of a device on Windows")]
    [InlineData("Com1", "is the name of a device on Windows")]
    [InlineData("2020.", "ends with a dot or a space")]
    [InlineData("a:b", "cannot be part of a file's name")]
    [InlineData("a|b", "cannot be part of a file's name")]
    public void A_season_or_tile_that_Windows_could_not_have_is_refused(string name, string found)
    {
        Assert.Contains(found, Fault($"seasons: [{{name: \"{name}\", tiles: {{a: x.tif}}}}]"), StringComparison.Ordinal);
        Assert.Contains(found, Fault($"seasons: [{{name: a, tiles: {{\"{name}\": x.tif}}}}]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_that_differ_in_capitals_only_are_refused() => Assert.Contains(
        "the tiles 'west' and 'WEST' differ in capitals only", Fault("seasons: [{name: a, tiles: {west: x.tif, WEST: y.tif}}]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("out/aux", "'aux' is the name of a device on Windows")]
    [InlineData("a/b?c", "'b?c' holds ?")]
    [InlineData("out ", "'out ' ends with a dot or a space")]
    public void An_output_that_Windows_could_not_have_is_refused(string output, string found) =>
        Assert.Contains(found, Fault($"output: \"{output}\"\nseasons: [{{name: a, tiles: {{a: x.tif}}}}]"), StringComparison.Ordinal);

    [Fact]
    public void Folders_above_the_project_may_have_any_name()
    {
        Directory.CreateDirectory(_folder.File("a:b"));
        File.WriteAllText(_folder.File("a:b/p.yaml"), "output: ../out\nseasons: [{name: a, tiles: {a: x.tif}}]");
        Assert.Equal(_folder.File("out"), ProjectReader.Read(_folder.File("a:b/p.yaml")).Output);
    }

    [Theory]
    [InlineData("$.steps.s", null, "has an entry that is null")]
    [InlineData("$.steps.s.outputs", null, "is not what asm run writes")]
    [InlineData("$.steps.s.outputs.0", null, "has an entry that is null")]
    [InlineData("$.steps.s.outputs.0.path", "../up.tif", "names the output '../up.tif', which is not in the run's folder")]
    [InlineData("$.steps.s.outputs.0.path", "/etc/passwd", "names the output '/etc/passwd', which is not in the run's folder")]
    [InlineData("$.steps.s.outputs.0.path", "a\0b", "which is not in the run's folder")]
    [InlineData("$.steps.s.outputs.0.path", null, "is not what asm run writes")]
    [InlineData("$.steps.s.outputs.0.bytes", "many", "is not what asm run writes")]
    [InlineData("$.steps.s.warnings.0", null, "has an entry that is null")]
    [InlineData("$.steps", null, "is not what asm run writes")]
    [InlineData("$.files.0", null, "has an entry that is null")]
    [InlineData("$.files.0.path", "relative.tif", "names the input 'relative.tif', which is no whole path")]
    public void A_state_that_no_run_wrote_is_refused_by_its_name(string place, string? value, string found)
    {
        JsonNode state = JsonNode.Parse("""
            {"steps": {"s": {"key": "k", "outputs": [{"path": "a.tif", "bytes": 1, "modified": 1, "sha256": "00"}], "seconds": 1,
            "warnings": [{"subject": "a", "text": "b"}]}}, "files": [{"path": "/in.tif", "bytes": 1, "modified": 1, "sha256": "00"}]}
            """)!;
        JsonNode parent = state;
        string[] parts = place.Split('.')[1..];
        foreach (string part in parts[..^1]) parent = int.TryParse(part, out int i) ? parent[i]! : parent[part]!;
        if (int.TryParse(parts[^1], out int index)) parent[index] = value;
        else parent[parts[^1]] = value;
        Directory.CreateDirectory(_folder.File(".asm"));
        File.WriteAllText(_folder.File(".asm/state.json"), state.ToJsonString());
        var error = Assert.Throws<AsmException>(() => ProjectVerification.Of(_folder.FullPath));
        Assert.StartsWith(_folder.File(".asm/state.json"), error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state-unexp-null", "from line 15 on")]
    [InlineData("state-unexp-path2", "from line 73 on")]
    public void States_of_the_cases_are_refused(string name, string found)
    {
        Directory.CreateDirectory(_folder.File(".asm"));
        File.Copy(SharedData.Require($"cases/hostile/{name}.json"), _folder.File(".asm/state.json"));
        Assert.Contains(found, Assert.Throws<AsmException>(() => ProjectVerification.Of(_folder.FullPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_keeps_survives_torn_lines_links_and_changes_without_a_new_time()
    {
        using var project = new RunProject();
        Assert.True(project.Run().Done > 0);

        // A torn line does not swallow the next one.
        string journal = Path.Combine(project.Results, "journal.jsonl");
        File.AppendAllText(journal, "{\"time\":\"2020");
        // Files of others by such names, also behind a link, and one of ours.
        string hex = new('0', 32), outside = project["outside"];
        Directory.CreateDirectory(outside);
        string[] others = [Path.Combine(outside, $".a.classes.tif.partial-{hex}"), Path.Combine(project.Results, $".letter.txt.partial-{hex}")];
        foreach (string other in others) File.WriteAllText(other, "mine");
        Directory.CreateSymbolicLink(Path.Combine(project.Results, "tiles", "link"), outside);
        string own = Path.Combine(project.Results, "maps", $".a.classes.tif.partial-{hex}");
        File.WriteAllText(own, "half");
        // Other bytes, and the size and time of before.
        string zones = project["zones.geojson"];
        DateTime written = File.GetLastWriteTimeUtc(zones);
        File.WriteAllText(zones, File.ReadAllText(zones).Replace("north", "south", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(zones, written);

        int before = File.ReadLines(journal).Count();
        project.Run();
        // Windows does not tell when a file was changed.
        if (!OperatingSystem.IsWindows()) Assert.Contains("south", File.ReadAllText(Path.Combine(project.Results, "zones.csv")), StringComparison.Ordinal);
        Assert.All(others, other => Assert.True(File.Exists(other)));
        Assert.False(File.Exists(own));
        string[] lines = [.. File.ReadLines(journal)];
        Assert.StartsWith("{\"time\":\"2020", lines[before - 1], StringComparison.Ordinal);
        Assert.All(lines[before..], line => Assert.NotNull(JsonNode.Parse(line)!["entry"]));

        // Paths of a description lead nowhere else.
        string description = Path.Combine(project.Results, RunManifest.FileName), text = File.ReadAllText(description);
        File.WriteAllText(description, text.Replace("maps/a.classes.tif", "../scenes/a-0-0.tif", StringComparison.Ordinal));
        Assert.Contains("names the file '../scenes/a-0-0.tif', which is not in the run's folder",
            Assert.Throws<AsmException>(() => RunManifest.Read(project.Results)).Message, StringComparison.Ordinal);
        JsonNode holes = JsonNode.Parse(text)!;
        holes["classes"]![0] = null;
        File.WriteAllText(description, holes.ToJsonString());
        Assert.Contains("an item of $.classes is null", Assert.Throws<AsmException>(() => RunManifest.Read(project.Results)).Message, StringComparison.Ordinal);
    }

    private string Fault(string text)
    {
        File.WriteAllText(_folder.File("p.yaml"), text);
        return Assert.Throws<AsmException>(() => ProjectReader.Read(_folder.File("p.yaml"))).Message;
    }
}
