using System.Diagnostics;
using System.Globalization;
using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Native;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Benchmarks;

/// <summary>
/// The training step of asm-train against the bare TorchSharp step on tensors in memory: a batch of 16 patches of 10 x 256 x 256 in parts
/// of 2, width 16, SGD. The trainer takes cached simulated patches with every kind of variation. The two take turns, so that a machine
/// whose speed drifts treats both alike; medians are printed. Processor time, of all threads with those that make batches, says more where
/// other programs share the machine.
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
        var patches = new CachedPatches(2 * Batch);
        var augmentation = new AugmentationConfig { BandGain = 0.04, BandOffset = 0.003, Brightness = 0.15, Haze = 0.01, Noise = 0.003 };
        MakeBatches(patches, augmentation);

        var (trainer, other) = (new List<Cost>(), new List<Cost>());
        Cost started = Cost.Now();
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
                Cost took = Cost.Now() - started, bareTook = bare.Step();
                // the first step also holds the start, and the second the first use of memory
                if (step.Step > 2)
                {
                    trainer.Add(took);
                    other.Add(bareTook);
                }

                started = Cost.Now();
            },
        }).Run();
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"bare step: {Median(other, c => c.Seconds):0.000} s, {Median(other, c => c.ProcessorSeconds):0.000} s of processor time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trainer's step: "
            + $"{Median(trainer, c => c.Seconds):0.000} s, {Median(trainer, c => c.ProcessorSeconds):0.000} s of processor time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio: {Ratio(trainer, other, c => c.Seconds):0.000} in time, "
            + $"{Ratio(trainer, other, c => c.ProcessorSeconds):0.000} in processor time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"waited for data: {100 * result.WaitShare:0.00} % of the steps' time"));
    }

    public void Dispose()
    {
        foreach (IDisposable one in (IDisposable[])[_network, _optimiser, _samples, _targets, _weights]) one.Dispose();
    }

    // as a TorchSharp user writes it
    private Cost Step()
    {
        Cost started = Cost.Now();
        using DisposeScope scope = NewDisposeScope();
        _network.train();
        _optimiser.zero_grad();
        double sum = 0;
        for (int at = 0; at < Batch; at += MicroBatch)
        {
            using DisposeScope part = NewDisposeScope();
            Tensor loss = nn.functional.cross_entropy(_network.call(_samples.narrow(0, at, MicroBatch)),
                _targets.narrow(0, at, MicroBatch), _weights, -1) * ((double)MicroBatch / Batch);
            loss.backward();
            sum += loss.ToDouble();
        }

        _optimiser.step();
        return double.IsFinite(sum) ? Cost.Now() - started : throw new InvalidOperationException("the bare step diverged");
    }

    private static void MakeBatches(IPatchSource patches, AugmentationConfig augmentation)
    {
        using var loader = new BatchLoader(patches, augmentation, new float[Bands], Batch, 1, 0, 1);
        var costs = new List<Cost>();
        for (int i = 0; i < 25; i++)
        {
            Cost started = Cost.Now();
            loader.Next(CancellationToken.None);
            // those before were made ahead
            if (i > 4) costs.Add(Cost.Now() - started);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"making a batch on one thread: "
            + $"{1000 * Median(costs, c => c.Seconds):0} ms, {1000 * Median(costs, c => c.ProcessorSeconds):0} ms of processor time"));
    }

    // of pairs that ran one after the other, which a drift of the machine touches least
    private static double Ratio(List<Cost> a, List<Cost> b, Func<Cost, double> of) =>
        Median([.. a.Zip(b, (x, y) => of(x) / of(y))], r => r);

    private static double Median<T>(List<T> values, Func<T, double> of)
    {
        double[] sorted = [.. values.Select(of).Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    /// <summary>A few patches, made beforehand, over and over.</summary>
    private sealed class CachedPatches : IPatchSource
    {
        private readonly RepeatedPatches _kept;

        public CachedPatches(int count)
        {
            _kept = new RepeatedPatches(new SimulatedPatches(new SimulatedPatchConfig(), Side, 1), count, count);
            (float[] reflectance, byte[] label) = (new float[Bands * Side * Side], new byte[Side * Side]);
            for (int i = 0; i < count; i++) _kept.Read(i, reflectance, label);
        }

        public string Description => _kept.Description;

        public IReadOnlyList<string> BandNames => _kept.BandNames;

        public int SizePixels => Side;

        public long? Count => null;

        public void Read(long index, Span<float> reflectance, Span<byte> label) =>
            _kept.Read(index % _kept.Count!.Value, reflectance, label);
    }

    private readonly record struct Cost(double Seconds, double ProcessorSeconds)
    {
        public static Cost Now() =>
            new(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds);

        public static Cost operator -(Cost a, Cost b) => new(a.Seconds - b.Seconds, a.ProcessorSeconds - b.ProcessorSeconds);
    }
}
