using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Tests.Training.Evaluation;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of asm-train baseline.</summary>
public sealed class TrainingBaselineFixTests : TrainingTrial
{
    [Fact]
    [Fix("make the stack with asm prepare")]
    public void A_stack_is_what_asm_prepare_makes()
    {
        Labels("l.tif", 1, 2, 3);
        Stacks.Write(PathOf("nameless.tif"), Side, Side, bands: [.. Enumerable.Repeat("", 10)]);
        TrainFails(Baseline("sam", "nameless.tif", "sam.onnx"));
        Works("prepare", "nameless.tif", "-o", "s.tif");
        TrainWorks(Baseline("sam", "s.tif", "sam.onnx"));
    }

    [Theory]
    [InlineData(3e38f)]
    [InlineData(-1e10f)]
    [Fix("mark such pixels as no data: gdal_translate -a_nodata {} IN OUT")]
    public void Numbers_that_are_no_reflectance_are_no_data(float wild)
    {
        Labels("l.tif", 1, 2, 3);
        float[] samples = [.. Enumerable.Range(0, 2 * Side * Side).Select(i => i % 100 == 50 ? wild : i % 7 / 10f)];
        BrightestBand.SaveRaster(new MemoryRaster<float>(Stacks.Grid(Side, Side), [new() { Name = "B02" }, new() { Name = "B03" }], samples), PathOf("wild.tif"));
        string said = TrainFails(Baseline("mlp", "wild.tif", "mlp.onnx"));
        Run("gdal_translate", "-a_nodata", said.Split("-a_nodata ")[1].Split(' ')[0], PathOf("wild.tif"), PathOf("s.tif"));
        TrainWorks(Baseline("mlp", "s.tif", "mlp.onnx"));
    }

    [Fact]
    [Fix("name the class of every value with --classes, or correct the labels")]
    [Fix("give another name, or --overwrite")]
    public void Every_value_has_a_class()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        TrainFails([.. Baseline("sam", "s.tif", "sam.onnx"), "--classes", "mines", "built"]);
        TrainWorks([.. Baseline("sam", "s.tif", "sam.onnx"), "--classes", "mines", "built", "forest"]);
        TrainFails(Baseline("sam", "s.tif", "sam.onnx"));
        TrainWorks(Baseline("sam", "s.tif", "other.onnx"));
        TrainWorks([.. Baseline("sam", "s.tif", "sam.onnx"), "--overwrite"]);
    }

    private static string[] Baseline(string kind, string stack, string output) => ["baseline", kind, "--stack", stack, "--labels", "l.tif", "-o", output];
}
