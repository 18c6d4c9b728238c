using System.Text.Json;
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

    [Fact]
    public void Json_tells_one_object_a_line_of_steps_and_epochs()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("run.yaml"), """
            network: {width: 2, depth: 2}
            epochs: 2
            batch: 2
            data: {patch_pixels: 32, patches: 4, validation_patches: 2, statistics_patches: 2}
            """);
        (int exit, string output, string error) = PeerTool.TryRun("dotnet", Path.Combine(AppContext.BaseDirectory, "asm-train.dll"), "fit", folder.File("run.yaml"), "--threads", "1", "--log-format", "json");
        Assert.True(exit == 0, error);
        Assert.Equal(Path.Combine(folder.FullPath, "run", "best.checkpoint") + "\n", output);
        JsonElement[] lines = [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l))];
        JsonElement progress = lines.First(l => l.GetProperty("stage").GetString() == "fit"), epoch = lines.Last(l => l.GetProperty("stage").GetString() == "epoch");
        Assert.Equal((1, 0.25), (progress.GetProperty("step").GetInt32(), progress.GetProperty("progress").GetDouble()));
        Assert.True(progress.GetProperty("seconds_left").GetDouble() > 0);
        Assert.Equal((2, 4), (epoch.GetProperty("epoch").GetInt32(), epoch.GetProperty("step").GetInt32()));
        Assert.True(epoch.GetProperty("iou").TryGetProperty("mines", out _));
    }

    [Fact]
    public void Resume_and_initial_exclude_each_other()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("run.yaml"), "epochs: 1\n");
        Assert.Equal(1, Run("fit", folder.File("run.yaml"), "--resume", "a.checkpoint", "--initial", "b.onnx"));
    }

    private static int Run(params string[] arguments) => AsmTrain.Run(arguments);
}
