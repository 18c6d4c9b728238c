using System.Diagnostics;
using Asm.Cli.Verbs;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>Ctrl-C while a server keeps silent. Every verb that takes a raster is tried, in the places that are listed.</summary>
public sealed class CancellationTests : IDisposable
{
    private const string Silent = "SILENT", Scene = "SCENE", Map = "MAP", Zones = "ZONES", Points = "POINTS", Out = "OUT";

    /// <summary>Verbs that read no raster that a user names: from projects, runs and models everything comes from the disk.</summary>
    private static readonly string[] WithoutRasters = ["demo", "init", "run", "report", "verify", "doctor"];

    private static readonly string[][] Lines =
    [
        ["prepare", Silent, "-o", $"{Out}.tif"],
        ["predict", Silent, "-o", Out],
        ["predict", Scene, "-o", Out, "--scl", Silent, "--no-preflight"],
        ["ensemble", Silent, "-o", Out],
        ["mosaic", Silent, "-o", $"{Out}.tif"],
        ["change", Map, Silent, "-o", $"{Out}.tif"],
        ["change", Silent, Map, "-o", $"{Out}.tif"],
        ["heatmap", Silent, "-o", $"{Out}.tif"],
        ["zones", Silent, "--zones", Zones, "-o", $"{Out}.csv"],
        ["polygons", Silent, "-o", $"{Out}.gpkg"],
        ["polygons", Map, "-o", $"{Out}.gpkg", "--confidence", Silent],
        ["sample", Silent, "-o", $"{Out}.csv"],
        ["sample", Map, "-o", $"{Out}.csv", "-n", "10", "--chips", Silent],
        ["assess", "--map", Silent, "--reference", Map],
        ["assess", "--map", Map, "--reference", Silent],
        ["assess", "--map", Map, "--points", Points, "--strata", Silent],
        ["inspect", Silent],
    ];

    private static readonly string[][] TrainingLines =
    [
        ["baseline", "sam", "--stack", Silent, "--labels", Map, "--classes", "mines,built,vegetation", "-o", $"{Out}.onnx"],
        ["evaluate", "--tile", Silent, "--labels", Map, "--classes", "mines,built,vegetation", "-m", Repository.File("models/asm-starter.onnx"), "-o", Out],
    ];

    private readonly TempFolder _folder = new();
    private readonly RangeServer _server;

    public CancellationTests()
    {
        var codes = new MemoryRaster<byte>(
            new GeoGrid(64, 64, new(600_000, 700_000), 10, 10, Crs.Utm(30, north: true)), [new() { NoData = 0 }],
            [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(1 + i % 3))]);
        codes.Save(_folder.File("map.tif"));
        Stacks.Write(_folder.File("scene.tif"), 64, 64);
        File.WriteAllText(_folder.File("zones.geojson"), """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
            {"type":"Polygon","coordinates":[[[-2.1,6.3],[-2.0,6.3],[-2.0,6.4],[-2.1,6.3]]]}}]}
            """);
        File.WriteAllText(_folder.File("points.csv"), """
            id,x,y,class,reference
            1,600005,699995,1,1
            2,600015,699995,2,2
            3,600025,699995,3,3
            """);
        _server = new(_folder.FullPath) { Faults = _ => new RangeServer.Fault(SilentAfter: 10) };
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> NumberedTraining => [.. TrainingLines.Select((line, i) => $"{i} {line[0]}")];

    public static TheoryData<string> Numbered => [.. Lines.Select((line, i) => $"{i} {line[0]}")];

    [Fact]
    public void Every_verb_is_either_tried_or_reads_no_raster() => Assert.Equal(
        AsmVerbs.Create().Subcommands.Select(c => c.Name).Order(), Lines.Select(l => l[0]).Distinct().Concat(WithoutRasters).Order());

    [Theory]
    [MemberData(nameof(Numbered))]
    public void Interrupting_while_a_server_is_silent_ends_the_verb_within_a_second_and_leaves_nothing(string numbered)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("signals are sent as on Linux");
        string[] line = Lines[int.Parse(numbered.Split(' ')[0])];
        // A machine that is busy with other tests may be late once, a verb that does not listen is late always.
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 4 && fastest > TimeSpan.FromSeconds(1); attempt++)
        {
            TimeSpan took = Interrupt(line);
            if (took < fastest) fastest = took;
        }
        Assert.InRange(fastest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(NumberedTraining))]
    public void So_does_interrupting_a_verb_of_training(string numbered)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("signals are sent as on Linux");
        string[] line = TrainingLines[int.Parse(numbered.Split(' ')[0])];
        Assert.InRange(Enumerable.Range(0, 2).Min(_ => Interrupt(line, "asm-train")), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_second_signal_ends_at_once_and_leaves_nothing_either()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("signals are sent as on Linux");
        // A map that is longer in the making than signals are on their way.
        var codes = new MemoryRaster<byte>(new GeoGrid(4000, 4000, new(600_000, 700_000), 10, 10, Crs.Utm(30, north: true)), [new() { NoData = 0 }],
            [.. Enumerable.Range(0, 4000 * 4000).Select(i => (byte)(1 + i * 7919L % 3))]);
        codes.Save(_folder.File("large.tif"));
        string[] before = _folder.Names;
        foreach (string output in (string[])["p.gpkg", "p.shp"])
        {
            using Process process = AsmProgram.Start("polygons", _folder.File("large.tif"), "--class", "mines", "-o", _folder.File(output));
            while (!process.HasExited && !_folder.Names.Any(name => name.Contains("partial", StringComparison.Ordinal))) Thread.Sleep(2);
            Assert.False(process.HasExited);
            for (int signal = 0; signal < 2; signal++)
                using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the verb goes on");
            Assert.NotEqual(0, process.ExitCode);
            Assert.Equal(before, _folder.Names);
        }
    }

    private TimeSpan Interrupt(string[] line, string program = "asm")
    {
        int asked = _server.Requests.Count;
        string[] before = _folder.Names;
        using Process process = AsmProgram.StartOther(program, [.. line.Select(word => word
            .Replace(Silent, $"{_server.Url}/map.tif", StringComparison.Ordinal).Replace(Map, _folder.File("map.tif"), StringComparison.Ordinal)
            .Replace(Scene, _folder.File("scene.tif"), StringComparison.Ordinal).Replace(Zones, _folder.File("zones.geojson"), StringComparison.Ordinal)
            .Replace(Points, _folder.File("points.csv"), StringComparison.Ordinal).Replace(Out, _folder.File("out"), StringComparison.Ordinal))]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        var patience = Stopwatch.StartNew();
        while (_server.Requests.Count == asked && !process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60)) Thread.Sleep(5);
        Assert.True(_server.Requests.Count > asked, $"the verb asked for nothing: {(process.HasExited ? error.Result : "no answer")}");
        // Time for the answer's first bytes to arrive, so that the verb waits for the rest.
        Thread.Sleep(100);
        var clock = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the verb goes on");
        TimeSpan took = clock.Elapsed;
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(before, _folder.Names);
        return took;
    }
}
