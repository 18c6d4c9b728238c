using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;

namespace Asm.Tests.Training.Fitting;

public sealed class ResumeTests(ResumeTests.WholeRun whole) : TorchTests, IClassFixture<ResumeTests.WholeRun>
{
    private sealed class KilledException : Exception;

    /// <summary>The run that never stopped.</summary>
    public sealed class WholeRun : IDisposable
    {
        internal TempFolder Folder { get; } = new();

        public WholeRun() => TrainerTests.Run(Config(Folder), new FitOptions());

        public void Dispose() => Folder.Dispose();
    }

    // 8 steps an epoch, 3 epochs
    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(16)]
    [InlineData(23)]
    public void A_run_stopped_at_a_step_and_resumed_is_the_run_that_never_stopped(int step)
    {
        using var parts = new TempFolder();
        Stop(Config(parts), step);
        Assert.Equal(step, Checkpoint.ReadInfo(parts.File(RunFolder.LastCheckpoint)).Step);
        Resume(Config(parts), parts);
        AssertSame(whole.Folder, parts);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(22)]
    public void A_run_killed_within_an_epoch_goes_on_from_the_last_checkpoint_to_the_same_end(int step)
    {
        using var parts = new TempFolder();
        Kill(Config(parts), step);
        Assert.Equal(step / 8 * 8, Checkpoint.ReadInfo(parts.File(RunFolder.LastCheckpoint)).Step);
        Resume(Config(parts), parts);
        AssertSame(whole.Folder, parts);
    }

    [Fact]
    public void Checkpoints_within_an_epoch_are_written_by_the_clock_and_lead_to_the_same_end()
    {
        using var parts = new TempFolder();
        Kill(Config(parts) with { CheckpointMinutes = 1e-9 }, 13);
        Assert.Equal(12, Checkpoint.ReadInfo(parts.File(RunFolder.LastCheckpoint)).Step);
        Resume(Config(parts), parts);
        AssertSame(whole.Folder, parts);
    }

    [Fact]
    public void A_run_stopped_while_it_measures_goes_on_with_measuring()
    {
        using var parts = new TempFolder();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(Config(parts), new Asm.Tests.Training.Patches.StripePatches(16, count: 32), new StoppingPatches(stop), new FitOptions { Threads = 1, Cancellation = stop.Token }).Run());
        CheckpointInfo info = Checkpoint.ReadInfo(parts.File(RunFolder.LastCheckpoint));
        Assert.Equal((8, 8, 0), (info.Step, info.EpochSoFar.Steps, info.History.Length));
        Resume(Config(parts), parts);
        AssertSame(whole.Folder, parts);
    }

    [Fact]
    public void Lines_of_the_table_after_the_checkpoint_are_dropped()
    {
        using var parts = new TempFolder();
        Kill(Config(parts), 17);
        File.AppendAllText(parts.File(RunFolder.Metrics), "3,24,9.99,0,0,0,0,0,0,0,0,0,0,0,0\n");
        Resume(Config(parts), parts);
        AssertSame(whole.Folder, parts);
    }

    [Fact]
    public void A_run_may_go_on_in_another_folder_and_takes_its_best_network_along()
    {
        using TempFolder first = new(), second = new();
        Kill(Config(first), 17);
        string before = Convert.ToHexString(File.ReadAllBytes(first.File(RunFolder.BestCheckpoint)));
        Kill(Config(second), 18, first.File(RunFolder.LastCheckpoint));
        Assert.Equal(before, Convert.ToHexString(File.ReadAllBytes(second.File(RunFolder.BestCheckpoint))));
        Assert.Equal(Table(first), Table(second));
    }

    [Fact]
    public void The_best_measure_is_that_of_the_best_epoch_and_not_of_the_last()
    {
        using var folder = new TempFolder();
        FitConfig config = Config(folder) with { Epochs = 6, Optimiser = new OptimiserConfig { Name = OptimiserKind.Adam, LearningRate = 0.1, ClipNorm = 0 } };
        TrainerTests.Run(config, new FitOptions());
        CheckpointInfo last = Checkpoint.ReadInfo(folder.File(RunFolder.LastCheckpoint)), best = Checkpoint.ReadInfo(folder.File(RunFolder.BestCheckpoint));
        Assert.Equal(6, last.History.Length);
        Assert.Equal(last.History.Max(r => r.MeanIntersectionOverUnion), last.BestMeasure);
        Assert.Equal(last.BestMeasure, best.History[^1].MeanIntersectionOverUnion);
    }

    [Fact]
    public void A_changed_configuration_is_an_error_that_names_the_keys()
    {
        using var folder = new TempFolder();
        Stop(Config(folder), 1);
        FitConfig changed = Config(folder) with { Batch = 8, Augmentation = Config(folder).Augmentation with { Noise = 0.1 }, Classes = [new() { Name = "a" }, new() { Name = "b" }, new() { Name = "d" }] };
        var error = Assert.Throws<AsmException>(() => Resume(changed, folder));
        Assert.Equal($"{folder.File(RunFolder.LastCheckpoint)}: its run had other values of batch, classes, augmentation.noise\n"
            + "  expected: the same configuration; only output, epochs, max_minutes, checkpoint_minutes, initial, data.threads may change\n"
            + "  fix: undo the change, or start a new run, with initial to begin from these weights", error.Message);
    }

    [Fact]
    public void Epochs_threads_and_minutes_may_change()
    {
        using var folder = new TempFolder();
        Stop(Config(folder), 1);
        FitConfig config = Config(folder);
        EpochResult result = Resume(config with { Epochs = 2, MaxMinutes = 60, CheckpointMinutes = 1, Data = config.Data with { Threads = 3 } }, folder);
        Assert.Equal(16, result.Step);
    }

    [Fact]
    public void Other_bands_are_an_error()
    {
        using var folder = new TempFolder();
        Stop(Config(folder), 1);
        var four = new Asm.Tests.Training.Patches.StripePatches(16, bands: 4, count: 32);
        var error = Assert.Throws<AsmException>(() => new Trainer(Config(folder), four, four, new FitOptions { Resume = folder.File(RunFolder.LastCheckpoint) }).Run());
        Assert.Contains("its bands are S1 S2 S3\n  expected: those of the training data, S1 S2 S3 S4", error.Message, StringComparison.Ordinal);
    }

    private static FitConfig Config(TempFolder folder) => TrainerTests.Config(folder, epochs: 3) with
    {
        Augmentation = new AugmentationConfig { RotateShare = 0.5, Noise = 0.01, BandGain = 0.05 },
        Optimiser = new OptimiserConfig(),
    };

    private static EpochResult Resume(FitConfig config, TempFolder folder) => TrainerTests.Run(config, new FitOptions { Resume = folder.File(RunFolder.LastCheckpoint) });

    private static void Stop(FitConfig config, int step)
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => TrainerTests.Run(config, new FitOptions
        {
            OnStep = s => { if (s.Step == step) stop.Cancel(); },
            Cancellation = stop.Token,
        }));
    }

    // As a power cut: nothing more is written.
    private static void Kill(FitConfig config, int step, string? resume = null) => Assert.Throws<KilledException>(() => TrainerTests.Run(config, new FitOptions
    {
        OnStep = s => { if (s.Step == step) throw new KilledException(); },
        Resume = resume,
    }));

    private static void AssertSame(TempFolder expectedRun, TempFolder parts)
    {
        foreach (string name in (string[])[RunFolder.LastCheckpoint, RunFolder.BestCheckpoint])
        {
            using UNet expected = Checkpoint.LoadNetwork(expectedRun.File(name)), found = Checkpoint.LoadNetwork(parts.File(name));
            foreach ((string parameterName, var parameter) in expected.named_parameters())
                Assert.True(parameter.equal(found.get_parameter(parameterName)!).all().ToBoolean(), $"{name}: {parameterName}");
            Assert.Equal(Checkpoint.ReadInfo(expectedRun.File(name)).BestMeasure, Checkpoint.ReadInfo(parts.File(name)).BestMeasure);
            Assert.Equal(Checkpoint.ReadInfo(expectedRun.File(name)).Step, Checkpoint.ReadInfo(parts.File(name)).Step);
        }

        Assert.Equal(Table(expectedRun), Table(parts));
    }

    // Columns 3 and 4 are minutes and the share of waiting: the clock's.
    private static string[] Table(TempFolder folder) => [.. File.ReadAllLines(folder.File(RunFolder.Metrics)).Select(l => string.Join(',', l.Split(',').Where((_, i) => i is not (2 or 3))))];

    /// <summary>Stops the run when it is measured for the first time.</summary>
    private sealed class StoppingPatches(CancellationTokenSource stop) : IPatchSource
    {
        private readonly Asm.Tests.Training.Patches.StripePatches _stripes = new(16);

        public string Description => _stripes.Description;

        public IReadOnlyList<string> BandNames => _stripes.BandNames;

        public int SizePixels => 16;

        public long? Count => null;

        public void Read(long index, Span<float> reflectance, Span<byte> label)
        {
            stop.Cancel();
            _stripes.Read(index, reflectance, label);
        }
    }
}
