using Asm.Raster;
using Asm.Tests.Support;
using Asm.Tests.Training.Patches;
using Asm.Training.Fitting;
using Asm.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Fitting;

public sealed class TrainerTests : TorchTests
{
    [Fact]
    public void A_network_of_width_4_learns_stripes()
    {
        using var folder = new TempFolder();
        var losses = new List<double>();
        EpochResult result = Run(Config(folder, epochs: 12), new FitOptions { OnStep = s => losses.Add(s.Loss) });
        Assert.Equal(96, losses.Count);
        Assert.InRange(losses[0], 0.7, 2.5);
        Assert.True(losses[^1] < 0.4, $"last loss {losses[^1]}");
        Assert.True(result.MeanIntersectionOverUnion > 0.85, $"IoU {result.MeanIntersectionOverUnion}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_losses_and_another_seed_others()
    {
        Assert.Equal(Losses(1), Losses(1));
        Assert.NotEqual(Losses(1), Losses(2));
    }

    [Fact]
    public void A_run_that_stops_and_goes_on_is_the_run_that_never_stopped()
    {
        using TempFolder whole = new(), parts = new();
        Run(Config(whole, epochs: 2), new FitOptions());
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run(Config(parts, epochs: 2), new FitOptions
        {
            OnStep = s => { if (s.Step == 11) stop.Cancel(); },
            Cancellation = stop.Token,
        }));
        Assert.Equal(11, Checkpoint.ReadInfo(parts.File(Trainer.LastCheckpoint)).Step);
        Run(Config(parts, epochs: 2), new FitOptions { Resume = parts.File(Trainer.LastCheckpoint) });
        using UNet expected = Checkpoint.LoadNetwork(whole.File(Trainer.LastCheckpoint)), found = Checkpoint.LoadNetwork(parts.File(Trainer.LastCheckpoint));
        foreach ((string name, var parameter) in expected.named_parameters())
            Assert.True(parameter.equal(found.get_parameter(name)!).all().ToBoolean(), name);
    }

    [Fact]
    public void A_run_leaves_checkpoints_and_one_line_an_epoch_and_nothing_else()
    {
        using var folder = new TempFolder();
        Run(Config(folder, epochs: 2), new FitOptions());
        Assert.Equal(["best.checkpoint", "last.checkpoint", "metrics.csv"], folder.Names);
        string[] lines = File.ReadAllLines(folder.File(Trainer.Metrics));
        Assert.Equal(3, lines.Length);
        Assert.Equal("epoch,step,minutes,learning_rate,train_loss,validation_loss,mean_accuracy,mean_iou,accuracy_a,accuracy_b,accuracy_c,iou_a,iou_b,iou_c", lines[0]);
        Assert.StartsWith("2,16,", lines[2], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(14, l.Split(',').Length));
    }

    [Fact]
    public void A_time_limit_ends_the_run_with_its_measures()
    {
        using var folder = new TempFolder();
        EpochResult result = Run(Config(folder, epochs: 100_000) with { MaxMinutes = 0.02 }, new FitOptions());
        Assert.True(result.Step < 800_000);
        Assert.NotNull(result.MeanIntersectionOverUnion);
        Assert.Equal(result.Step, Checkpoint.ReadInfo(folder.File(Trainer.LastCheckpoint)).Step);
    }

    [Fact]
    public void Statistics_are_those_of_the_patches()
    {
        // one band is 0.3 on a third of the pixels and 0.1 on the others, plus 0..0.02: mean 0.1767, deviation 0.0945
        BandStatistics statistics = BandStatisticsEstimate.Of(new StripePatches(30), 8, CancellationToken.None);
        Assert.All(statistics.Mean, m => Assert.Equal(0.1767f, m, 0.01f));
        Assert.All(statistics.Deviation, d => Assert.Equal(0.0945f, d, 0.005f));
    }

    [Fact]
    public void Asking_for_a_GPU_where_there_is_none_is_an_error()
    {
        Assert.SkipWhen(cuda.is_available(), "needs a machine without CUDA");
        using var folder = new TempFolder();
        var error = Assert.Throws<AsmException>(() => Run(Config(folder, epochs: 1), new FitOptions { Cuda = true }));
        Assert.Equal("--device cuda: libtorch finds no CUDA device\n  expected: an NVIDIA GPU with its driver, and a build with -p:AsmGpu=true\n  fix: use --device cpu", error.Message);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run()
    {
        using var folder = new TempFolder();
        FitConfig config = Config(folder, epochs: 5);
        var error = Assert.Throws<AsmException>(() => Run(config with { Optimiser = new OptimiserConfig { LearningRate = 1e30, ClipNorm = 0 } }, new FitOptions()));
        Assert.Contains("lower optimiser.learning_rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_an_error_with_its_name()
    {
        using var folder = new TempFolder();
        Run(Config(folder, epochs: 1), new FitOptions());
        string path = folder.File(Trainer.LastCheckpoint);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        var error = Assert.Throws<AsmException>(() => Checkpoint.LoadNetwork(path));
        Assert.StartsWith($"{path}: cannot be read as a checkpoint", error.Message, StringComparison.Ordinal);
    }

    internal static FitConfig Config(TempFolder folder, int epochs) => new()
    {
        Output = folder.FullPath,
        Epochs = epochs,
        Batch = 4,
        MicroBatch = 0,
        Network = new NetworkConfig { Width = 4, Depth = 2, Dropout = 0.1 },
        Classes = [new() { Name = "a" }, new() { Name = "b" }, new() { Name = "c" }],
        Data = new DataConfig { PatchPixels = 16, Patches = 32, ValidationPatches = 4, StatisticsPatches = 4 },
        Optimiser = new OptimiserConfig { Name = OptimiserKind.Adam, LearningRate = 0.01, ClipNorm = 0 },
        Schedule = new ScheduleConfig { Name = ScheduleKind.Cosine },
    };

    internal static EpochResult Run(FitConfig config, FitOptions options) =>
        new Trainer(config, new StripePatches(16, count: 32), new StripePatches(16), options with { Threads = 1 }).Run();

    private static double[] Losses(ulong seed)
    {
        using var folder = new TempFolder();
        var losses = new List<double>();
        Run(Config(folder, epochs: 1) with { Seed = seed }, new FitOptions { OnStep = s => losses.Add(s.Loss) });
        return [.. losses];
    }
}
