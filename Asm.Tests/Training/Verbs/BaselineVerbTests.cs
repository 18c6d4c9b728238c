using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;
using Asm.Training.Verbs;

namespace Asm.Tests.Training.Verbs;

public sealed class BaselineVerbTests
{
    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "svm", "folder", "-o", "x.onnx")]
    [InlineData(2, "rf", "-o", "x.onnx")]
    [InlineData(2, "rf", "--stack", "a.tif", "-o", "x.onnx")]
    [InlineData(2, "rf", "folder", "--stack", "a.tif", "--labels", "b.tif", "-o", "x.onnx")]
    [InlineData(1, "rf", "nowhere", "-o", "x.onnx")]
    [InlineData(1, "rf", "--stack", "a.tif", "b.tif", "--labels", "c.tif", "-o", "x.onnx")]
    [InlineData(1, "rf", "nowhere", "-o", "x.onnx", "--trees", "0")]
    [InlineData(1, "rf", "nowhere", "-o", "x.onnx", "--max-per-class", "-1")]
    [InlineData(2, "mlp", "nowhere", "-o", "x.onnx", "--trees", "5")]
    [InlineData(2, "sam", "nowhere", "-o", "x.onnx", "--min-leaf", "5")]
    [InlineData(1, "rf", "nowhere", "-o", "x.json")]
    public void The_exit_code_says_how_it_ended(int expected, params string[] arguments) => Assert.Equal(expected, AsmTrain.Run(["baseline", .. arguments]));

    [Fact]
    public void A_baseline_is_learnt_from_a_stack_and_labels_and_does_not_replace_one()
    {
        using var folder = new TempFolder();
        var scene = new SimulatedScene(new SimulationOptions { Width = 200, Height = 200, MineDensity = 3 });
        using (IRasterSource bands = scene.Bands(0, 0), truth = scene.Truth(0))
        {
            Write(bands, folder.File("stack.tif"));
            Write(truth, folder.File("labels.tif"));
        }

        string[] Line(string kind) => ["baseline", kind, "--stack", folder.File("stack.tif"), "--labels", folder.File("labels.tif"), "-o", folder.File($"{kind}.onnx"), "--max-per-class", "200", .. kind == "rf" ? ["--trees", "5"] : Array.Empty<string>()];
        Assert.Equal(0, AsmTrain.Run(Line("rf")));
        Assert.Equal(1, AsmTrain.Run(Line("rf")));
        Assert.Equal(0, AsmTrain.Run([.. Line("rf"), "--overwrite"]));
        Assert.Equal(0, AsmTrain.Run(Line("sam")));
        Assert.Equal(1, AsmTrain.Run([.. Line("mlp"), "--classes", "mines", "built"])); // code 3 has no name
        string[] expected = ["labels.tif", "rf.json", "rf.onnx", "sam.json", "sam.onnx", "stack.tif"];
        Assert.Equal(expected, folder.Names.Where(n => !n.EndsWith(".aux.xml", StringComparison.Ordinal)));
    }

    private static void Write(IRasterSource source, string path)
    {
        using CogSink sink = CogSink.Create(path, source.Info);
        RasterCopy.Run(source, sink, new RunOptions());
    }
}
