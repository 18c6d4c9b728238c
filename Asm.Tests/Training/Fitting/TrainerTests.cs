using Asm.Raster;
using Asm.Tests.Support;
using Asm.Tests.Training.Patches;
using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Asm.Training.Patches;
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
    public void A_run_leaves_checkpoints_and_one_line_an_epoch_and_nothing_else()
    {
        using var folder = new TempFolder();
        Run(Config(folder, epochs: 2), new FitOptions());
        Assert.Equal(["best.checkpoint", "curves.png", "last.checkpoint", "metrics.csv", "tensorboard"], folder.Names);
        string[] lines = File.ReadAllLines(folder.File(RunFolder.Metrics));
        Assert.Equal(3, lines.Length);
        Assert.Equal("epoch,step,minutes,wait_share,learning_rate,train_loss,validation_loss,mean_accuracy,mean_iou,accuracy_a,accuracy_b,accuracy_c,iou_a,iou_b,iou_c", lines[0]);
        Assert.StartsWith("2,16,", lines[2], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(15, l.Split(',').Length));
    }

    [Fact]
    public void A_time_limit_ends_the_run_with_its_measures()
    {
        using var folder = new TempFolder();
        EpochResult result = Run(Config(folder, epochs: 100_000) with { MaxMinutes = 0.02 }, new FitOptions());
        Assert.True(result.Step < 800_000);
        Assert.NotNull(result.MeanIntersectionOverUnion);
        Assert.Equal(result.Step, Checkpoint.ReadInfo(folder.File(RunFolder.LastCheckpoint)).Step);
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
    public void A_loss_that_is_no_number_ends_the_run_and_the_checkpoints_before_stay()
    {
        using var folder = new TempFolder();
        FitConfig config = Config(folder, epochs: 5) with
        {
            Optimiser = new OptimiserConfig { LearningRate = 1e-3, ClipNorm = 0 },
            Schedule = new ScheduleConfig { DropEveryEpochs = 1, DropFactor = 1 },
        };
        Run(config with { Epochs = 1 }, new FitOptions());
        byte[] last = File.ReadAllBytes(folder.File(RunFolder.LastCheckpoint)), best = File.ReadAllBytes(folder.File(RunFolder.BestCheckpoint));
        var broken = new BrokenPatches(new StripePatches(16, count: 32));
        var error = Assert.Throws<AsmException>(() => new Trainer(config, broken, new StripePatches(16), new FitOptions { Resume = folder.File(RunFolder.LastCheckpoint) }).Run());
        Assert.Equal("step 9: the loss is NaN\n  expected: a number\n  fix: lower optimiser.learning_rate, or clip gradients with optimiser.clip_norm; checkpoints written so far stay as they are", error.Message);
        Assert.Equal(last, File.ReadAllBytes(folder.File(RunFolder.LastCheckpoint)));
        Assert.Equal(best, File.ReadAllBytes(folder.File(RunFolder.BestCheckpoint)));
    }

    [Fact]
    public void A_rate_that_is_far_too_high_ends_in_the_same_error()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<AsmException>(() => Run(Config(folder, epochs: 5) with { Optimiser = new OptimiserConfig { LearningRate = 1e30, ClipNorm = 0 } }, new FitOptions()));
        Assert.Contains("lower optimiser.learning_rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_bands_and_two_classes_train_as_ten_and_three_do()
    {
        using var folder = new TempFolder();
        FitConfig config = Config(folder, epochs: 8) with { Classes = [new() { Name = "mine" }, new() { Name = "rest" }] };
        EpochResult result = new Trainer(config, new StripePatches(16, bands: 4, count: 32, classes: 2), new StripePatches(16, bands: 4, classes: 2), new FitOptions { Threads = 1 }).Run();
        Assert.Equal(2, result.IntersectionOverUnion.Length);
        Assert.True(result.MeanIntersectionOverUnion > 0.85, $"IoU {result.MeanIntersectionOverUnion}");
        using UNet network = Checkpoint.LoadNetwork(folder.File(RunFolder.LastCheckpoint));
        Assert.Equal((4, 2), (network.Shape.Bands, network.Shape.Classes));
    }

    [Fact]
    public void Without_validation_the_best_checkpoint_is_the_last()
    {
        using var folder = new TempFolder();
        FitConfig config = Config(folder, epochs: 2);
        Run(config with { Data = config.Data with { ValidationPatches = 0 } }, new FitOptions());
        Assert.Equal(16, Checkpoint.ReadInfo(folder.File(RunFolder.BestCheckpoint)).Step);
    }

    [Fact]
    public void A_full_disk_at_a_checkpoint_is_an_error_and_the_one_before_stays()
    {
        using var folder = new TempFolder();
        string path = folder.File(RunFolder.LastCheckpoint);
        File.WriteAllText(path, "before");
        var error = Assert.Throws<AsmException>(() => RunFile.Write(path, file =>
        {
            file.WriteByte(1);
            throw new IOException("No space left on device");
        }));
        Assert.StartsWith($"{path}: cannot be written (No space left on device", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("fix: make room and go on with --resume; the checkpoint before it, where there is one, is whole", error.Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([RunFolder.LastCheckpoint], folder.Names);
    }

    [Fact]
    public void A_link_that_somebody_laid_beside_a_checkpoint_is_not_followed()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("thesis.docx"), "mine");
        File.CreateSymbolicLink(folder.File($"{RunFolder.LastCheckpoint}.partial"), folder.File("thesis.docx"));
        RunFile.Write(folder.File(RunFolder.LastCheckpoint), file => file.WriteByte(1));
        Assert.Equal("mine", File.ReadAllText(folder.File("thesis.docx")));
        Assert.Equal([1], File.ReadAllBytes(folder.File(RunFolder.LastCheckpoint)));
    }

    [Fact]
    public void A_damaged_checkpoint_is_an_error_with_its_name()
    {
        using var folder = new TempFolder();
        Run(Config(folder, epochs: 1), new FitOptions());
        string path = folder.File(RunFolder.LastCheckpoint);
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
        // stripes of 3 pixels do not survive a rotation
        Augmentation = new AugmentationConfig { Rotate = false },
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

    /// <summary>One patch holds a value that is no number.</summary>
    private sealed class BrokenPatches(StripePatches stripes) : IPatchSource
    {
        public string Description => stripes.Description;

        public IReadOnlyList<string> BandNames => stripes.BandNames;

        public int SizePixels => stripes.SizePixels;

        public long? Count => stripes.Count;

        public void Read(long index, Span<float> reflectance, Span<byte> label)
        {
            stripes.Read(index, reflectance, label);
            reflectance[0] = float.NaN;
        }
    }
}
