using System.Diagnostics;
using System.Globalization;
using Asm.Training.Fitting;
using Asm.Training.Native;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Benchmarks;

/// <summary>
/// The training step of asm-train against bare TorchSharp steps on tensors in memory: one batch of 16 patches of 10 x 256 x 256, width 16, SGD. The trainer
/// takes cached simulated patches with every kind of variation. The steps take turns, so that a machine whose speed drifts treats all alike; medians are printed.
/// </summary>
internal sealed class TrainStep : IDisposable
{
    private const int Batch = 16, Side = 256, Bands = 10, MicroBatch = 2;
    private static readonly FitConfig Defaults = new();

    private readonly UNet _network = new(new UNetShape { Width = 16 }, BandStatistics.Identity(Bands));
    private readonly optim.Optimizer _optimiser;
    private readonly Tensor _samples = rand(Batch, Bands, Side, Side);
    private readonly Tensor _targets = randint(0, 3, [Batch, Side, Side], ScalarType.Int64);
    private readonly Tensor _weights = tensor(new float[] { 1, 1, 0.5f });

    private TrainStep() => _optimiser = optim.SGD(_network.parameters(), 1e-3, momentum: 0.9, weight_decay: 1e-4);

    /// <summary>Measures and prints.</summary>
    /// <param name="steps">Steps of each kind after two to warm up.</param>
    public static void Run(int steps)
    {
        TorchLibrary.Load();
        using var bare = new TrainStep();
        string folder = Directory.CreateTempSubdirectory("asm-train-step-").FullName;
        var patches = new RepeatedPatches(new SimulatedPatches(new SimulatedPatchConfig(), Side, 1), 2 * Batch, 2 * Batch);
        (float[] reflectance, byte[] label) = (new float[Bands * Side * Side], new byte[Side * Side]);
        for (int i = 0; i < 2 * Batch; i++) patches.Read(i, reflectance, label);
        var augmentation = new AugmentationConfig { BandGain = 0.04, BandOffset = 0.003, Brightness = 0.15, Haze = 0.01, Noise = 0.003 };
        Console.WriteLine(Text($"making a batch, one thread beside nothing: {Median(MakeBatches(patches, augmentation)) * 1000:0} ms"));

        var (trainer, whole, parts) = (new List<double>(), new List<double>(), new List<double>());
        long started = 0;
        EpochResult result = new Trainer(Defaults with
        {
            Output = folder,
            Epochs = 1,
            MicroBatch = MicroBatch,
            Network = new NetworkConfig { Width = 16 },
            Data = new DataConfig { Patches = (steps + 2) * Batch, ValidationPatches = 0, StatisticsPatches = Batch },
            Augmentation = augmentation,
        }, patches, patches, new FitOptions
        {
            OnStep = step =>
            {
                // the first step also holds the start, and the second the first use of memory
                if (step.Step > 2)
                {
                    trainer.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                    whole.Add(bare.Step(Batch));
                    parts.Add(bare.Step(MicroBatch));
                }
                else
                {
                    _ = bare.Step(Batch) + bare.Step(MicroBatch);
                }

                started = Stopwatch.GetTimestamp();
            },
        }).Run();
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(Text($"bare step, batch of {Batch} at once: {Median(whole):0.000} s; in parts of {MicroBatch}: {Median(parts):0.000} s"));
        Console.WriteLine(Text($"trainer's step, in parts of {MicroBatch}: {Median(trainer):0.000} s"));
        Console.WriteLine(Text($"ratio to the bare step: {Ratio(trainer, whole):0.000} at once, {Ratio(trainer, parts):0.000} in parts"));
        Console.WriteLine(Text($"waited for data: {100 * result.WaitShare:0.00} % of the steps' time"));
    }

    public void Dispose()
    {
        foreach (IDisposable one in (IDisposable[])[_network, _optimiser, _samples, _targets, _weights]) one.Dispose();
    }

    // as a TorchSharp user writes it
    private double Step(int atOnce)
    {
        long started = Stopwatch.GetTimestamp();
        using DisposeScope scope = NewDisposeScope();
        _network.train();
        _optimiser.zero_grad();
        double sum = 0;
        for (int at = 0; at < Batch; at += atOnce)
        {
            using DisposeScope part = NewDisposeScope();
            Tensor loss = nn.functional.cross_entropy(_network.call(_samples.narrow(0, at, atOnce)), _targets.narrow(0, at, atOnce), _weights, -1) * ((double)atOnce / Batch);
            loss.backward();
            sum += loss.ToDouble();
        }

        _optimiser.step();
        return double.IsFinite(sum) ? Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException("the bare step diverged");
    }

    private static List<double> MakeBatches(IPatchSource patches, AugmentationConfig augmentation)
    {
        using var loader = new BatchLoader(patches, augmentation, new float[Bands], Batch, 1, 0, 1);
        var seconds = new List<double>();
        for (int i = 0; i < 12; i++)
        {
            long started = Stopwatch.GetTimestamp();
            loader.Next(CancellationToken.None);
            // those before were made ahead
            if (i > 4) seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return seconds;
    }

    // of pairs that ran one after the other, which a drift of the machine touches least
    private static double Ratio(List<double> a, List<double> b) => Median([.. a.Zip(b, (x, y) => x / y)]);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
