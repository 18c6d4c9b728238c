using System.Globalization;
using System.Text.Json;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;
using Asm.Tests.Training.Evaluation;
using Asm.Training.Configuration;
using Asm.Training.Datasets;
using Asm.Training.Verbs;

namespace Asm.Tests.Training.Verbs;

public sealed class EvaluateVerbTests : IDisposable
{
    private static readonly string[] Classes = ["mines", "built", "vegetation"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "evaluate", "--help")]
    [InlineData(2, "evaluate", "-o", "x")]
    [InlineData(2, "evaluate", "-m", "x.onnx")]
    [InlineData(2, "evaluate", "-m", "x.onnx", "-o", "x", "--tiling", "none")]
    [InlineData(1, "evaluate", "nowhere", "-m", "x.onnx", "-o", "x")]
    [InlineData(2, "evaluate", "nowhere", "-m", "x.onnx", "-o", "x", "--offset", "much")]
    [InlineData(1, "evaluate", "--tile", "nowhere.tif", "--labels", "nowhere.tif", "-m", "x.onnx", "-o", "x")]
    [InlineData(1, "evaluate", "--tile", "nowhere.tif", "-m", "x.onnx", "-o", "x")]
    [InlineData(1, "evaluate", "--tile", "nowhere.tif", "--labels", "nowhere.geojson", "-m", "x.onnx", "-o", "x")]
    public void The_exit_code_says_how_it_ended(int expected, params string[] arguments) => Assert.Equal(expected, AsmTrain.Run(arguments));

    [Fact]
    public void Figures_equal_those_of_scikit_learn_on_the_map_of_asm_predict()
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = 300, Height = 200, Seed = 3, NoDataWedge = true, MineDensity = 4 });
        using IRasterSource bands = scene.Bands(0, 1), truth = scene.Truth(0);
        string stack = Save<ushort>(bands, _folder.File("scene.tif")), labels = Save<byte>(truth, _folder.File("labels.tif"));
        string model = BrightestBand.Save(_folder.File("band.onnx"), ["B8A", "B08", "B07"]);
        Assert.Equal(0, AsmProgram.Run("predict", stack, "-o", _folder.FullPath, "--model", model, "--outputs", "classes").Exit);
        string[] expected = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys, rasterio
            from sklearn.metrics import confusion_matrix, jaccard_score, recall_score, precision_score
            m, t = (rasterio.open(p).read(1).ravel() for p in sys.argv[1:])
            k = (m > 0) & (t > 0)
            m, t = m[k], t[k]
            print(*confusion_matrix(t, m, labels=[1, 2, 3]).ravel())
            for f in jaccard_score, recall_score, precision_score: print(*f(t, m, labels=[1, 2, 3], average=None, zero_division=0))
            """, _folder.File("scene.classes.tif"), labels).Trim().Split('\n');
        Assert.Equal(0, AsmTrain.Run(["evaluate", "-m", model, "--tile", stack, "--labels", labels, "-o", _folder.File("out")]));

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.File("out"), "evaluation.json")));
        JsonElement result = json.RootElement.GetProperty("tiles")[0].GetProperty("results").GetProperty("band"), figures = result.GetProperty("figures");
        Assert.Equal(expected[0].Split(' ').Select(long.Parse), result.GetProperty("confusion").EnumerateArray().SelectMany(r => r.EnumerateArray()).Select(c => c.GetInt64()));
        foreach ((string name, string line) in new[] { "ioU", "classAccuracy", "usersAccuracy" }.Zip(expected[1..]))
            foreach ((JsonElement found, string figure) in figures.GetProperty(name).EnumerateArray().Zip(line.Split(' ')))
                Assert.Equal(double.Parse(figure, CultureInfo.InvariantCulture), found.GetDouble(), 12);
        Assert.True(result.GetProperty("leftOut").GetInt64() > 0, "the wedge without data holds labels");
    }

    [Fact]
    public void Outputs_are_written_once_and_alike()
    {
        (string dataset, string model) = (MakeDataset(), BrightestBand.Save(_folder.File("band.onnx")));
        string output = _folder.File("out");
        string[] arguments = ["evaluate", dataset, "-m", $"first={model}", "-m", $"second={model}", "-o", output, "--group", "near=im*", "--per-chip"];
        Assert.Equal(0, AsmTrain.Run(arguments));
        Assert.Equal(["evaluation.csv", "evaluation.json", "evaluation.md", "pictures"], Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["image.png"], Directory.EnumerateFiles(Path.Combine(output, "pictures")).Select(Path.GetFileName)); // points are no picture
        string[] csv = File.ReadAllLines(Path.Combine(output, "evaluation.csv"));
        Assert.Equal("group,row,tile,model,class,labelled_pixels,mapped_pixels,right_pixels,left_out_pixels,class_accuracy,users_accuracy,iou", csv[0]);
        Assert.Equal("near,tile,image,first,mines,3,2,2,,0.6666666666666666,1,0.6666666666666666", csv[1]);
        Assert.Equal("near,tile,image,first,(all),8,8,7,0,0.8888888888888888,0.8888888888888888,0.7777777777777777", csv[4]);
        byte[] before = File.ReadAllBytes(Path.Combine(output, "evaluation.json"));
        Assert.Equal(1, AsmTrain.Run(arguments));
        Assert.Equal(0, AsmTrain.Run([.. arguments, "--overwrite"]));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(output, "evaluation.json")));
        Assert.DoesNotContain(_folder.Names, name => name.Contains("partial", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_no_evaluation_is_never_replaced()
    {
        string own = Directory.CreateDirectory(_folder.File("own")).FullName;
        File.WriteAllText(Path.Combine(own, "letter.txt"), "mine");
        Assert.Equal(1, AsmTrain.Run(["evaluate", MakeDataset(), "-m", BrightestBand.Save(_folder.File("band.onnx")), "-o", own, "--overwrite"]));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(own, "letter.txt")));
    }

    [Fact]
    public void How_numbers_are_read_is_told_for_tiles_only()
    {
        string[] line = ["evaluate", MakeDataset(), "-m", BrightestBand.Save(_folder.File("band.onnx")), "-o", _folder.File("out")];
        Assert.Equal(1, AsmTrain.Run([.. line, "--offset", "-1000"]));
        Assert.Equal(0, AsmTrain.Run(line));
    }

    private string MakeDataset()
    {
        using var writer = new DatasetWriter(_folder.File("set"), BrightestBand.Bands, [.. Classes.Select((c, i) => new ClassConfig { Name = c, Color = $"#{i + 1}00000" })], overwrite: false);
        writer.Add("image", "by hand", BrightestBand.Stack(4, 1, 1, 2, 2, 3, 3, 2, 3), BrightestBand.Labels(4, Classes, 1, 1, 2, 2, 3, 3, 1, 3), points: false, new() { Cancellation = TestContext.Current.CancellationToken });
        writer.Add("spectra", "by hand", BrightestBand.Stack(3, 1, 2, 3), BrightestBand.Labels(3, Classes, 1, 2, 3), points: true, new() { Cancellation = TestContext.Current.CancellationToken });
        writer.Complete(new DatasetOptions
        {
            Description = "by hand",
            PatchPixels = 2,
            Patches = 1,
            BlockMetres = null,
            Given = new Dictionary<string, Split> { ["image"] = Split.Test, ["spectra"] = Split.Test },
        }, new() { Cancellation = TestContext.Current.CancellationToken });
        return _folder.File("set");
    }

    private static string Save<T>(IRasterSource source, string path) where T : unmanaged, System.Numerics.INumber<T>
    {
        var samples = new T[source.Info.Grid.FullWindow.PixelCount * source.Info.Bands.Count];
        source.Read<T>(source.Info.Grid.FullWindow, [.. Enumerable.Range(0, source.Info.Bands.Count)], samples);
        return BrightestBand.SaveRaster(new MemoryRaster<T>(source.Info, samples), path);
    }
}
