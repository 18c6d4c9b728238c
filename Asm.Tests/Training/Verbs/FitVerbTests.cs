using Asm.Raster.Grids;
using Asm.Tests.Support;
using Asm.Tests.Training.Datasets;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Verbs;

public sealed class FitVerbTests : IDisposable
{
    private const string Tiny = "network: {width: 2, depth: 1}\nepochs: 1\nbatch: 1\n";
    private const string Simulated = "data: {patch_pixels: 16, patches: 1, validation_patches: 1, statistics_patches: 1}\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_earlier_run_is_replaced_only_when_all_is_checked()
    {
        Assert.Equal(0, Run(Tiny + Simulated).Exit);
        byte[] before = File.ReadAllBytes(_folder.File("run/last.checkpoint"));
        Assert.Contains("holds an earlier run (last.checkpoint)", Run(Tiny + Simulated).Error, StringComparison.Ordinal);
        Assert.Contains("typo.checkpoint: cannot be read as a checkpoint", Run(Tiny + Simulated, "--resume", "typo.checkpoint").Error, StringComparison.Ordinal);
        foreach ((string yaml, string[] options) in new (string, string[])[]
        {
            (Tiny + "data: {patch_pixels: 16, sets: [{path: nowhere}]}\n", []),
            (Tiny + Simulated, ["--initial", _folder.File("nowhere.onnx")]),
            (Tiny.Replace("width: 2", "width: 3", StringComparison.Ordinal) + Simulated, ["--initial", _folder.File("run/last.checkpoint")]),
            (Tiny + Simulated, ["--resume", _folder.File("nowhere.checkpoint")]),
        })
            Assert.Equal(1, Run(yaml, [.. options, "--overwrite"]).Exit);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("run/last.checkpoint")));
        Assert.Equal(0, Run(Tiny + Simulated, "--initial", _folder.File("run/last.checkpoint"), "--overwrite").Exit);
        Assert.NotEqual(before, File.ReadAllBytes(_folder.File("run/last.checkpoint")));
        Assert.Single(Directory.EnumerateFiles(_folder.File("run/tensorboard")));
    }

    [Fact]
    public void A_run_that_ended_before_its_first_checkpoint_is_not_in_the_way()
    {
        string optimiser = "optimiser: {name: sgd, learning_rate: 1e30, clip_norm: 0}\nmicro_batch: 0\n";
        string data = Simulated.Replace("patches: 1, v", "patches: 8, v", StringComparison.Ordinal);
        Assert.Contains("lower optimiser.learning_rate", Run(Tiny + optimiser + data).Error, StringComparison.Ordinal);
        Assert.Equal(0, Run(Tiny + data).Exit);
        Assert.Single(Directory.EnumerateFiles(_folder.File("run/tensorboard")));
    }

    [Fact]
    public void It_says_how_many_patches_are_shown_and_which_class_the_validation_lacks()
    {
        using (var writer = new DatasetWriter(_folder.File("set"), ["b1"], SmallScenes.Classes, overwrite: false))
        {
            foreach ((string name, int x, int firstClass) in new[] { ("a", 600_000, 1), ("b", 700_000, 2) })
            {
                GeoGrid grid = SmallScenes.Grid(16, 16, x);
                byte[] labels = [.. Enumerable.Range(0, 256).Select(i => (byte)(i % (4 - firstClass) + firstClass))];
                writer.Add(name, name, SmallScenes.Stack(grid, [.. labels.Select(l => (ushort)(1000 * l))]), SmallScenes.Labels(grid, labels), points: false, new() { Cancellation = TestContext.Current.CancellationToken });
            }

            writer.Complete(new DatasetOptions { Description = "small", PatchPixels = 4, Patches = 20, BlockMetres = null, Given = new Dictionary<string, Split> { ["b"] = Split.Validation } }, new() { Cancellation = TestContext.Current.CancellationToken });
        }

        (int exit, string error) = Run(Tiny + "data: {patch_pixels: 4, sets: [{path: set}], patches: 7, validation_patches: 2, statistics_patches: 1}\n");
        Assert.True(exit == 0, error);
        Assert.Contains($"train patches: 7 of 20 of {_folder.File("set")}\n", error, StringComparison.Ordinal);
        Assert.Contains($"validation patches: 2 of 4 of {_folder.File("set")}\n", error, StringComparison.Ordinal);
        Assert.Contains("warning: the validation patches hold no pixel of mines, ", error, StringComparison.Ordinal);
    }

    // As a process: the messages are the point.
    private (int Exit, string Error) Run(string yaml, params string[] options)
    {
        File.WriteAllText(_folder.File("run.yaml"), yaml);
        (int exit, _, string error) = PeerTool.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "asm-train.dll"), "fit", _folder.File("run.yaml"), "--threads", "1", .. options]);
        return (exit, error);
    }
}
