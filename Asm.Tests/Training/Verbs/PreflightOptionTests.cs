using System.Text.Json;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Verbs;

/// <summary>Data sets and evaluations take no scene that asm prepare and asm predict refuse, and what is told mends it.</summary>
public sealed class PreflightOptionTests : IDisposable
{
    private const int Side = 288;

    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx");

    private static readonly Lazy<(MemoryRaster<ushort> Stack, MemoryRaster<byte> Truth)> Clean = new(() =>
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = Side, Height = Side, Seed = 7000, HazeStrength = 0, MineDensity = 4 });
        using IRasterSource bands = scene.Bands(0, 0), truth = scene.Truth(0);
        return (Read<ushort>(bands), Read<byte>(truth));
    });

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "offset", "the offset of 1,000 seems to be in the numbers still", "--offset -1000 with" },
        { "float", "the offset of 1,000 seems to be in the numbers still", "--offset -0.1 with" },
        { "order", "bands seem to be swapped", "--bands" },
        { "scale", "scene: ", "--quantification" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_data_set_of_a_wrong_scene_is_refused_and_what_is_told_mends_it(string fault, string finding, string option)
    {
        string[] mend = Write(fault);
        (int exit, string said) = Dataset("set");
        Assert.True(exit == 1, said);
        Assert.Contains("scene: ", said, StringComparison.Ordinal);
        Assert.Contains(finding, said, StringComparison.Ordinal);
        Assert.Contains($"fix: {Verb(option)}{option}", said, StringComparison.Ordinal);
        Assert.Contains("or: give --no-preflight to go on all the same", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("set")));

        Assert.Equal(0, Dataset("wrong", "--no-preflight").Exit);
        (exit, said) = Dataset("mended", mend);
        Assert.True(exit == 0, said);
        Write("none");
        (exit, said) = Dataset("clean");
        Assert.True(exit == 0, said);
        Assert.DoesNotContain("expected:", said, StringComparison.Ordinal);
        (double[] wrong, double[] mended, double[] clean) = (Means("wrong"), Means("mended"), Means("clean"));
        for (int b = 0; b < 10; b++) Assert.Equal(clean[b], mended[b], fault == "scale" ? 0.002 : 0.0001);
        Assert.Contains(Enumerable.Range(0, 10), b => Math.Abs(clean[b] - wrong[b]) > 0.01);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_evaluation_on_a_wrong_scene_is_refused_and_what_is_told_mends_it(string fault, string finding, string option)
    {
        string[] mend = Write(fault);
        (int exit, string said) = Evaluate("out");
        Assert.True(exit == 1, said);
        Assert.Contains(finding, said, StringComparison.Ordinal);
        Assert.Contains($"fix: {Verb(option)}{option}", said, StringComparison.Ordinal);
        Assert.Contains("or: give --no-preflight to go on all the same", said, StringComparison.Ordinal);
        Assert.DoesNotContain("out", _folder.Names);

        Assert.Equal(0, Evaluate("wrong", "--no-preflight").Exit);
        (exit, said) = Evaluate("mended", mend);
        Assert.True(exit == 0, said);
        using (var json = JsonDocument.Parse(File.ReadAllBytes(_folder.File("mended/evaluation.json"))))
            Assert.Equal(mend[1], json.RootElement.GetProperty("options").GetProperty(mend[0][2..]).GetString());
        Write("none");
        (exit, said) = Evaluate("clean");
        Assert.True(exit == 0, said);
        Assert.DoesNotContain("expected:", said, StringComparison.Ordinal);
        // Numbers of 8 bits are rounded.
        Assert.InRange((double)Right("mended") / Right("clean"), fault == "scale" ? 0.98 : 0.999, 1.02);
        Assert.True(Right("wrong") < 0.99 * Right("clean"), $"{Right("wrong")} of {Right("clean")}");
    }

    [Fact]
    public void What_is_only_likely_is_told_and_stops_nothing()
    {
        Write("dark");
        foreach ((int exit, string said) in new[] { Dataset("set"), Evaluate("out") })
        {
            Assert.True(exit == 0, said);
            Assert.Contains("warning: scene: half of the pixels are below reflectance 0.0", said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("warning: scene", Dataset("quiet", "--no-preflight").Said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning: scene", Evaluate("still", "--no-preflight").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_scenes_are_told_at_once()
    {
        Write("offset");
        File.Copy(_folder.File("scene.tif"), _folder.File("second.tif"));
        (int exit, string said) = AsmTrainRun("dataset", "scene.tif", "second.tif", "--labels", "truth.tif", "-o", "set");
        Assert.True(exit == 1, said);
        foreach (string name in new[] { "scene", "second" })
            Assert.Contains($"{name}: the darkest pixels of every band", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_are_looked_at_where_they_are_scenes_and_not_where_they_are_chips()
    {
        Write("offset");
        (int exit, string said) = Pairs("large", Side);
        Assert.True(exit == 1, said);
        Assert.Contains("the offset of 1,000 seems to be in the numbers still", said, StringComparison.Ordinal);
        (exit, said) = Pairs("small", 256);
        Assert.True(exit == 0, said);

        (int, string) Pairs(string folder, int side)
        {
            foreach (string kind in new[] { "x", "y" }) Directory.CreateDirectory(_folder.File($"{folder}/{kind}"));
            Cut(Raised(Clean.Value.Stack, 1000), side, $"{folder}/x/a.tif");
            Cut(Clean.Value.Truth, side, $"{folder}/y/a.tif");
            return AsmTrainRun("dataset", $"{folder}/x", "--layout", "pairs", "--labels", $"{folder}/y", "--patch", "16", "--patches", "4", "--allow-empty", "-o", $"{folder}-set");
        }
    }

    [Fact]
    public void Scenes_of_fewer_bands_are_not_looked_at()
    {
        Write("offset");
        MemoryRaster<ushort> whole = Clean.Value.Stack;
        new MemoryRaster<ushort>(whole.Info with { Bands = [.. whole.Info.Bands.Take(4)] }, [.. Raised(whole, 1000).Samples.Take(4 * Side * Side)]).Save(_folder.File("four.tif"));
        (int exit, string said) = AsmTrainRun("dataset", "four.tif", "--bands", "B02,B03,B04,B05", "--labels", "truth.tif", "--patch", "16", "--patches", "4", "--block", "640", "-o", "set");
        Assert.True(exit == 0, said);
    }

    private static string Verb(string option) => option == "--bands" ? "name the bands of the file in its order with " : "give ";

    // The scene as a fault has it, and the options that mend it.
    private string[] Write(string fault)
    {
        MemoryRaster<ushort> clean = Clean.Value.Stack;
        if (!File.Exists(_folder.File("truth.tif"))) Clean.Value.Truth.Save(_folder.File("truth.tif"));
        string path = _folder.File("scene.tif");
        File.Delete(path);
        BandInfo[] plain = [.. Stacks.BandNames.Select(name => new BandInfo { Name = name })];
        int plane = Side * Side;
        switch (fault)
        {
            case "offset":
                Raised(clean, 1000).Save(path);
                return ["--offset", "-1000"];
            case "float":
                new MemoryRaster<float>(clean.Info.Grid, plain, [.. clean.Samples.Select(dn => (float)(dn / 1e4 + 0.1))]).Save(path);
                return ["--offset", "-0.1"];
            case "scale":
                new MemoryRaster<byte>(clean.Info.Grid, plain, [.. clean.Samples.Select(dn => (byte)Math.Round(dn * 0.0255))]).Save(path);
                return ["--quantification", "255"];
            case "dark":
                new MemoryRaster<ushort>(clean.Info.Grid, plain, [.. clean.Samples.Select(dn => (ushort)(dn / 10))]).Save(path);
                return [];
            case "order":
                // SNAP's: bands of 10 m first.
                int[] order = [0, 1, 2, 6, 3, 4, 5, 7, 8, 9];
                new MemoryRaster<ushort>(clean.Info.Grid, [.. plain.Select(band => band with { Name = "" })],
                    [.. order.SelectMany(b => clean.Samples.Skip(b * plane).Take(plane))]).Save(path);
                return ["--bands", string.Join(',', order.Select(b => Stacks.BandNames[b]))];
            default:
                clean.Save(path);
                return [];
        }
    }

    private static MemoryRaster<ushort> Raised(MemoryRaster<ushort> stack, int by) =>
        new(stack.Info.Grid, [.. Stacks.BandNames.Select(name => new BandInfo { Name = name, NoData = 0 })], [.. stack.Samples.Select(dn => (ushort)(dn + by))]);

    private void Cut<T>(MemoryRaster<T> raster, int side, string name) where T : unmanaged, System.Numerics.INumber<T>
    {
        GeoGrid grid = raster.Info.Grid;
        var samples = new T[side * side * raster.Info.Bands.Count];
        raster.Read<T>(new PixelWindow(0, 0, side, side), [.. Enumerable.Range(0, raster.Info.Bands.Count)], samples);
        new MemoryRaster<T>(raster.Info with { Grid = new(side, side, grid.Origin, grid.PixelWidth, grid.PixelHeight, grid.Crs) }, samples).Save(_folder.File(name));
    }

    private (int Exit, string Said) Dataset(string output, params string[] more) =>
        AsmTrainRun(["dataset", "scene.tif", "--labels", "truth.tif", "--patch", "16", "--patches", "4", "--block", "640", "--allow-empty", "-o", output, .. more]);

    private (int Exit, string Said) Evaluate(string output, params string[] more) =>
        AsmTrainRun(["evaluate", "--tile", "scene.tif", "--labels", "truth.tif", "-m", Model, "--no-pictures", "-o", output, .. more]);

    // As a process: the messages are the point.
    private (int Exit, string Said) AsmTrainRun(params string[] arguments)
    {
        string[] paths = ["scene.tif", "second.tif", "four.tif", "truth.tif"];
        string[] line = [.. arguments.Select((a, i) => paths.Contains(a) || (i > 0 && arguments[i - 1] == "-o") || a.Contains("/x", StringComparison.Ordinal) || a.Contains("/y", StringComparison.Ordinal) ? _folder.File(a) : a)];
        (int exit, _, string error) = PeerTool.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "asm-train.dll"), .. line]);
        return (exit, error);
    }

    private double[] Means(string set) => [.. DatasetFiles.ReadManifest(_folder.File(set)).BandMean];

    private long Right(string output)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder.File($"{output}/evaluation.json")));
        JsonElement rows = json.RootElement.GetProperty("tiles")[0].GetProperty("results").EnumerateObject().First().Value.GetProperty("confusion");
        return Enumerable.Range(0, 3).Sum(c => rows[c][c].GetInt64());
    }

    private static MemoryRaster<T> Read<T>(IRasterSource source) where T : unmanaged, System.Numerics.INumber<T>
    {
        var samples = new T[source.Info.Grid.FullWindow.PixelCount * source.Info.Bands.Count];
        source.Read<T>(source.Info.Grid.FullWindow, [.. Enumerable.Range(0, source.Info.Bands.Count)], samples);
        return new(source.Info, samples, source.Name);
    }
}
