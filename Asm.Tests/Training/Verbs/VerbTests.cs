using Asm.Tests.Support;
using Asm.Training.Verbs;

namespace Asm.Tests.Training.Verbs;

public sealed class VerbTests : TorchTests
{
    [Theory]
    [InlineData(0, "fit", "--help")]
    [InlineData(0, "export", "--help")]
    [InlineData(2, "fit")]
    [InlineData(2, "fit", "x.yaml", "--device", "tpu")]
    [InlineData(2, "export", "x.checkpoint")]
    [InlineData(2, "train")]
    [InlineData(1, "fit", "nowhere.yaml")]
    [InlineData(1, "export", "nowhere.checkpoint", "-o", "nowhere.onnx")]
    public void The_exit_code_says_how_it_ended(int expected, params string[] arguments) => Assert.Equal(expected, Run(arguments));

    [Fact]
    public void Fit_and_export_make_a_model_and_do_not_replace_one()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("run.yaml"), """
            network: {width: 2, depth: 2}
            epochs: 1
            batch: 2
            classes: [{name: mines}, {name: built}, {name: vegetation}]
            data: {patch_pixels: 32, patches: 4, validation_patches: 2, statistics_patches: 2}
            """);
        string checkpoint = Path.Combine(folder.FullPath, "run", "best.checkpoint");
        Assert.Equal(0, Run("fit", folder.File("run.yaml"), "--threads", "1"));
        Assert.Equal(1, Run("fit", folder.File("run.yaml"), "--threads", "1"));
        Assert.Equal(0, Run("export", checkpoint, "-o", folder.File("model.onnx"), "--name", "tiny"));
        Assert.Equal(1, Run("export", checkpoint, "-o", folder.File("model.onnx"), "--name", "tiny"));
        Assert.Equal(["model.json", "model.onnx", "run", "run.yaml"], folder.Names);
    }

    private static int Run(params string[] arguments) => AsmTrain.Run(arguments);
}
