using System.Diagnostics;
using Asm.Inference.Accuracy;
using Asm.Raster;
using Asm.Training.Native;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>Trains a network. Equal configuration, patches, threads and machine give equal losses on the CPU, unless a time limit is set.</summary>
internal sealed class Trainer
{
    /// <summary>Name of the checkpoint of the last epoch.</summary>
    public const string LastCheckpoint = "last.checkpoint";

    /// <summary>Name of the checkpoint of the epoch with the highest mean intersection over union on the validation patches.</summary>
    public const string BestCheckpoint = "best.checkpoint";

    /// <summary>Name of the table of epochs.</summary>
    public const string Metrics = "metrics.csv";

    private const ulong InitialisationSeed = 1, OrderSeed = 2, DropoutSeed = 3;

    private readonly FitConfig _config;
    private readonly FitOptions _options;
    private readonly IPatchSource _patches;
    private readonly IPatchSource _validation;
    private readonly Device _device;
    private readonly long _stepsPerEpoch;
    private readonly long _totalSteps;
    private readonly Stopwatch _clock = new();
    private double _secondsBefore;
    private double _bestMeasure = double.NegativeInfinity;

    /// <summary>Prepares a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="patches">What to train on.</param>
    /// <param name="validation">What to measure with; shares no patch with <paramref name="patches"/>.</param>
    /// <param name="options">The machine.</param>
    /// <exception cref="AsmException">The device is not there.</exception>
    public Trainer(FitConfig config, IPatchSource patches, IPatchSource validation, FitOptions options)
    {
        TorchLibrary.Load();
        (_config, _patches, _validation, _options) = (config, patches, validation, options);
        if (options.Cuda && !cuda.is_available())
            throw new AsmException("--device cuda", "libtorch finds no CUDA device", "an NVIDIA GPU with its driver, and a build with -p:AsmGpu=true", "use --device cpu");
        _device = options.Cuda ? CUDA : CPU;
        if (options.Threads is { } threads) set_num_threads(threads);
        _stepsPerEpoch = (config.Data.Patches + config.Batch - 1) / config.Batch;
        _totalSteps = _stepsPerEpoch * config.Epochs;
    }

    /// <summary>Trains to the end.</summary>
    /// <returns>The measures of the last epoch.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped; its checkpoint is written.</exception>
    /// <exception cref="AsmException">The loss is no longer a number, or a file cannot be written.</exception>
    public EpochResult Run()
    {
        using DisposeScope scope = NewDisposeScope();
        Directory.CreateDirectory(_config.Output);
        CheckpointInfo? resumed = _options.Resume is { } path ? Checkpoint.ReadInfo(path) : null;
        _clock.Start();
        BandStatistics statistics = resumed?.Statistics ?? BandStatisticsEstimate.Of(_patches, _config.Data.StatisticsPatches, _options.Cancellation);
        using UNet network = Create(statistics);
        using var optimiser = new Optimiser(network, _config.Optimiser);
        if (_options.Resume is { } from) Checkpoint.Restore(from, network, optimiser);
        _secondsBefore = resumed?.Seconds ?? 0;
        _bestMeasure = resumed?.Result is { } earlier ? Measure(earlier) : _bestMeasure;
        return Train(network, optimiser, resumed?.Step ?? 0, resumed?.Result);
    }

    private UNet Create(BandStatistics statistics)
    {
        var shape = new UNetShape { Bands = _patches.BandNames.Count, Classes = _config.Classes.Length, Width = _config.Network.Width, Depth = _config.Network.Depth };
        var network = new UNet(shape, statistics, _config.Network.Dropout);
        manual_seed((long)(PatchHash.Mix(_config.Seed, InitialisationSeed) >> 1));
        Initialiser.Draw(network, _config.Network.Initialisation);
        network.to(_device);
        return network;
    }

    private EpochResult Train(UNet network, Optimiser optimiser, long step, EpochResult? result)
    {
        using var loss = new Loss([.. _config.Classes.Select(c => c.Weight)], _device);
        using var loader = new BatchLoader(_patches, _config.Augmentation, _config.Batch, PatchHash.Mix(_config.Seed, OrderSeed), step, _config.Data.Threads);
        var pass = new Pass(network, loss, _device, _config.MicroBatch);
        double sum = 0, rate = 0, epochStart = Elapsed;
        long stepsInSum = 0;
        while (step < _totalSteps && Progress(step) < 1)
        {
            if (_options.Cancellation.IsCancellationRequested)
            {
                Save(LastCheckpoint, network, optimiser, step, result);
                throw new OperationCanceledException(_options.Cancellation);
            }

            // Dropout follows from the step alone, so a run that goes on from a checkpoint is the run that never stopped.
            manual_seed((long)(PatchHash.Mix(_config.Seed + DropoutSeed, (ulong)step) >> 1));
            network.train();
            rate = _config.Schedule.LearningRate(_config.Optimiser.EffectiveLearningRate, Progress(step), _config.Epochs);
            double stepLoss = pass.Gradients(Take(loader));
            if (!double.IsFinite(stepLoss))
                throw new AsmException($"step {step + 1}", $"the loss is {stepLoss}", "a number", "lower optimiser.learning_rate, or clip gradients with optimiser.clip_norm");
            optimiser.Step(rate, ++step);
            (sum, stepsInSum) = (sum + stepLoss, stepsInSum + 1);
            int epoch = (int)((step - 1) / _stepsPerEpoch) + 1;
            _options.OnStep?.Invoke(new FitStep(epoch, step, Math.Min(1, Progress(step)), stepLoss, TimeSpan.FromSeconds(Elapsed), (Elapsed - epochStart) / stepsInSum));
            if (step % _stepsPerEpoch != 0 && Progress(step) < 1) continue;
            result = Evaluate(pass, new EpochResult { Epoch = epoch, Step = step, Minutes = Elapsed / 60, LearningRate = rate, TrainLoss = sum / stepsInSum });
            FinishEpoch(network, optimiser, step, result);
            (sum, stepsInSum, epochStart) = (0, 0, Elapsed);
        }

        return result ?? throw new AsmException("the run", "it has no step left", "epochs or minutes beyond those of the checkpoint", "raise epochs or max_minutes");
    }

    // A wait that is cancelled must still leave a checkpoint, so the loop looks at the token itself.
    private static Batch Take(BatchLoader loader) => loader.Next(CancellationToken.None);

    private EpochResult Evaluate(Pass pass, EpochResult result)
    {
        if (_config.Data.ValidationPatches == 0) return result;
        (double loss, ConfusionMatrix counts) = pass.Measure(_validation, _config.Data.ValidationPatches, _config.Classes.Length, _options.Cancellation);
        double? Known(double value) => double.IsNaN(value) ? null : value;
        int[] codes = [.. Enumerable.Range(1, _config.Classes.Length)];
        return result with
        {
            ValidationLoss = Known(loss),
            Accuracy = [.. codes.Select(c => Known(counts.ClassAccuracy(c)))],
            IntersectionOverUnion = [.. codes.Select(c => Known(counts.IntersectionOverUnion(c)))],
            MeanAccuracy = Known(counts.MeanClassAccuracy),
            MeanIntersectionOverUnion = Known(counts.MeanIntersectionOverUnion),
        };
    }

    private void FinishEpoch(UNet network, Optimiser optimiser, long step, EpochResult result)
    {
        MetricsFile.Append(Path.Combine(_config.Output, Metrics), result, [.. _config.Classes.Select(c => c.Name)]);
        if (Measure(result) > _bestMeasure)
        {
            _bestMeasure = Measure(result);
            Save(BestCheckpoint, network, optimiser, step, result);
        }

        Save(LastCheckpoint, network, optimiser, step, result);
        _options.OnEpoch?.Invoke(result);
    }

    private void Save(string name, UNet network, Optimiser optimiser, long step, EpochResult? result) =>
        Checkpoint.Save(Path.Combine(_config.Output, name), new CheckpointInfo
        {
            ToolVersion = ToolVersion.Current,
            Step = step,
            Epoch = (int)(step / _stepsPerEpoch),
            Seconds = Elapsed,
            Shape = network.Shape,
            Statistics = network.Statistics,
            BandNames = [.. _patches.BandNames],
            TrainedOn = _patches.Description,
            Config = _config,
            Result = result,
        }, network, optimiser);

    private double Elapsed => _secondsBefore + _clock.Elapsed.TotalSeconds;

    // Later epochs win where nothing is measured.
    private static double Measure(EpochResult result) => result.MeanIntersectionOverUnion ?? 0;

    private double Progress(long step) =>
        Math.Max((double)step / _totalSteps, _config.MaxMinutes is { } minutes ? Elapsed / 60 / minutes : 0);
}
