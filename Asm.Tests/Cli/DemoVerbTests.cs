using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class DemoVerbTests
{
    [Fact]
    public void Simulates_predicts_draws_and_tells_the_agreement()
    {
        using var folder = new TempFolder();
        string model = Network.UNet(depth: 2, width: 4).Save(folder.File("model.onnx"), window: 64), demo = folder.File("demo");
        (int exit, string output, string error) = AsmProgram.Run("demo", demo, "--size", "200", "--model", model);
        Assert.True(exit == 0, error);
        Assert.Contains("season2-date2", output, StringComparison.Ordinal);
        Assert.Contains("mines IoU", output, StringComparison.Ordinal);
        foreach (string picture in new[] { "season1-date1.scene.png", "season1-date1.classes.png", "season1-date1.probabilities.png", "season1.truth.png" })
            Assert.True(new FileInfo(Path.Combine(demo, "pictures", picture)).Length > 500, picture);
    }
}
