using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class DemoVerbTests
{
    [Fact]
    public void Simulates_runs_everything_and_tells_the_error_at_each_step()
    {
        using var folder = new TempFolder();
        string demo = folder.File("demo");
        (int exit, string output, string error) = AsmProgram.Run("demo", demo, "--size", "160");
        Assert.True(exit == 0, error);
        foreach (string step in new[] { "one date (mean of 12)", "ensembles of dates", "mosaic 2019", "mosaic 2020", "new mines, change 2019_to_2020", "density: mean error", "zones: the largest error", "polygons: " })
            Assert.Contains(step, output, StringComparison.Ordinal);
        Assert.Contains("2 steps done, 24 were up to date", output, StringComparison.Ordinal);
        foreach (string file in new[] { "project.yaml", "labels.csv", "results/report.html", "results/accuracy.json", "results/zones.csv", "results/maps/2020.classes.tif", "results/changes/2019_to_2020.density.tif" })
            Assert.True(File.Exists(Path.Combine(demo, file)), file);
    }
}
