using System.Diagnostics;
using Asm.Analysis.Accuracy;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Training.Configuration;
using Asm.Training.Native;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>
/// Trains a network. Equal configuration, patches, threads and machine give equal losses on the CPU, unless a time limit is set.
/// </summary>
internal sealed class Trainer
{
    private const ulong InitialisationSeed = 1, OrderSeed = 2, DropoutSeed = 3;

    private readonly FitConfig _config;
    private readonly FitOptions _options;
    private readonly IPatchSource _patches;
    private readonly IPatchSource _validation;
    private readonly Device _device;
    private readonly long _stepsPerEpoch;
    private readonly long _totalSteps;
    private readonly Stopwatch _clock = new();
    private readonly List<EpochResult> _history = [];
    private EpochSoFar _epoch = new();
    private long _step;
    private double _secondsBefore;
    private double _savedAt;
    private double? _bestMeasure;
    private string _trainedOn;

    /// <summary>Prepares a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="patches">What to train on.</param>
    /// <param name="validation">What to measure with; shares no patch with <paramref name="patches"/>.</param>
    /// <param name="options">The machine.</param>
    /// <exception cref="AsmException">The device is not there.</exception>
    public Trainer(FitConfig config, IPatchSource patches, IPatchSource validation, FitOptions options)
    {
        TorchLibrary.Load();
        (_config, _patches, _validation, _options, _trainedOn) = (config, patches, validation, options, patches.Description);
        if (options.Cuda && !cuda.is_available())
            throw new AsmException("--device cuda", "libtorch finds no CUDA device",
                "an NVIDIA GPU with its driver, and a build with -p:AsmGpu=true", "use --device cpu");
        _device = options.Cuda ? CUDA : CPU;
        if (options.Threads is { } threads) set_num_threads(threads);
        _stepsPerEpoch = ((patches.Count ?? config.Data.Patches) + config.Batch - 1) / config.Batch;
        _totalSteps = _stepsPerEpoch * config.Epochs;
    }

    /// <summary>The checkpoint of a run that was stopped; null where it was not, or before its first step.</summary>
    public string? StoppedAt { get; private set; }

    /// <summary>Trains to the end.</summary>
    /// <returns>The measures of the last epoch.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped; its checkpoint is written.</exception>
    /// <exception cref="AsmException">
    /// The loss is no longer a number, a file cannot be read or written, or the checkpoint or initial model is of another run;
    /// checkpoints that are there stay.
    /// </exception>
    public EpochResult Run()
    {
        using DisposeScope scope = NewDisposeScope();
        _clock.Start();
        CheckpointInfo? resumed = _options.Resume is { } path ? Checkpoint.ReadInfo(path) : null;
        if (resumed is not null) TakeUp(resumed);
        using UNet network = resumed is null ? Create() : new UNet(resumed.Shape, resumed.Statistics, _config.Network.Dropout);
        if (!_options.Cuda && OneDnn.Warning is { } warning) _options.Warn?.Invoke(warning);
        network.to(_device);
        using var optimiser = new Optimiser(network, _config.Optimiser);
        if (_options.Resume is { } from) Checkpoint.Restore(from, network, optimiser);
        using var folder = new RunFolder(_config, resumed is null ? null : (_options.Resume!, resumed), _options.Replace);
        return Train(network, optimiser, folder);
    }

    private void TakeUp(CheckpointInfo from)
    {
        ResumeCheck.Run(_options.Resume!, from, _config, _patches.BandNames);
        _history.AddRange(from.History);
        (_epoch, _step, _bestMeasure, _trainedOn, _secondsBefore, _savedAt) =
            (from.EpochSoFar, from.Step, from.BestMeasure, from.TrainedOn, from.Seconds, from.Seconds);
    }

    private UNet Create()
    {
        var shape = new UNetShape
        {
            Bands = _patches.BandNames.Count,
            Classes = _config.Classes.Length,
            Width = _config.Network.Width,
            Depth = _config.Network.Depth
        };
        if (_config.Initial is { } path)
        {
            using InitialModel initial = InitialModel.Read(path);
            initial.Require(_patches.BandNames, [.. _config.Classes.Select(c => c.Name)], shape);
            _trainedOn = $"{initial.TrainedOn}; then {_patches.Description}";
            var further = new UNet(shape, initial.Network.Statistics, _config.Network.Dropout);
            initial.CopyTo(further);
            return further;
        }

        BandStatistics statistics = BandStatisticsEstimate.Of(_patches, _config.Data.StatisticsPatches, _options.Cancellation);
        var network = new UNet(shape, statistics, _config.Network.Dropout);
        manual_seed((long)(PatchHash.Mix(_config.Seed, InitialisationSeed) >> 1));
        Initialiser.Draw(network, _config.Network.Initialisation);
        return network;
    }

    private EpochResult Train(UNet network, Optimiser optimiser, RunFolder folder)
    {
        using var loss = new Loss([.. _config.Classes.Select(c => c.Weight)], _device);
        using var loader = new BatchLoader(_patches, _config.Augmentation, network.Statistics.Mean,
            _config.Batch, PatchHash.Mix(_config.Seed, OrderSeed), _step, _config.Data.Threads);
        var pass = new Pass(network, loss, _device, _config.MicroBatch);
        try
        {
            while (true)
            {
                // A run that was stopped while it measured goes on with measuring.
                bool ended = Progress >= 1;
                if (_epoch.Steps > 0 && (ended || _step % _stepsPerEpoch == 0)) FinishEpoch(pass, network, optimiser, folder);
                if (ended) break;
                _options.Cancellation.ThrowIfCancellationRequested();
                Step(pass, network, optimiser, loader);
                if (Elapsed - _savedAt > 60 * _config.CheckpointMinutes) Save(folder, RunFolder.LastCheckpoint, network, optimiser);
            }
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested)
        {
            Save(folder, RunFolder.LastCheckpoint, network, optimiser);
            StoppedAt = folder.PathOf(RunFolder.LastCheckpoint);
            throw;
        }

        return _history.LastOrDefault() ?? throw new AsmException("the run", "its time is over before its first step",
            "time for one step or more", "raise max_minutes");
    }

    private void Step(Pass pass, UNet network, Optimiser optimiser, BatchLoader loader)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan waited = loader.Waited;
        double rate = _config.Schedule.LearningRate(_config.Optimiser.EffectiveLearningRate, Progress, _config.Epochs);
        // Dropout follows from the step alone, so a run that goes on from a checkpoint is the run that never stopped.
        manual_seed((long)(PatchHash.Mix(_config.Seed + DropoutSeed, (ulong)_step) >> 1));
        network.train();
        double loss = pass.Gradients(loader.Next(_options.Cancellation));
        if (!double.IsFinite(loss))
            throw new AsmException($"step {_step + 1}", $"the loss is {loss}", "a number",
                "lower optimiser.learning_rate, or clip gradients with optimiser.clip_norm; checkpoints written so far stay as they are");
        optimiser.Step(rate, ++_step);
        _epoch = _epoch.With(loss, rate, Stopwatch.GetElapsedTime(started), loader.Waited - waited);
        _options.OnStep?.Invoke(new FitStep(EpochNumber, _step, Math.Min(1, Progress),
            loss, TimeSpan.FromSeconds(Elapsed), _epoch.Seconds / _epoch.Steps));
    }

    private void FinishEpoch(Pass pass, UNet network, Optimiser optimiser, RunFolder folder)
    {
        EpochResult result = Evaluate(pass, new EpochResult
        {
            Epoch = EpochNumber,
            Step = _step,
            Minutes = Elapsed / 60,
            LearningRate = _epoch.LearningRate,
            TrainLoss = _epoch.LossSum / _epoch.Steps,
            WaitShare = _epoch.WaitSeconds / _epoch.Seconds,
        });
        _history.Add(result);
        _epoch = new EpochSoFar();
        bool best = result.MeanIntersectionOverUnion is not { } measure || measure > (_bestMeasure ?? double.NegativeInfinity);
        if (best)
        {
            _bestMeasure = result.MeanIntersectionOverUnion ?? _bestMeasure;
            Save(folder, RunFolder.BestCheckpoint, network, optimiser);
        }

        Save(folder, RunFolder.LastCheckpoint, network, optimiser);
        folder.Write(_history);
        _options.OnEpoch?.Invoke(result);
    }

    private EpochResult Evaluate(Pass pass, EpochResult result)
    {
        if (_config.Data.ValidationPatches == 0) return result;
        (double loss, ConfusionMatrix counts) = pass.Measure(_validation,
            _config.Data.ValidationPatches, _config.Classes.Length, _options.Cancellation);
        double? Known(double value) => double.IsFinite(value) ? value : null;
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

    private void Save(RunFolder folder, string name, UNet network, Optimiser optimiser)
    {
        Checkpoint.Save(folder.PathOf(name), new CheckpointInfo
        {
            ToolVersion = Provenance.ToolVersion,
            Step = _step,
            Epoch = (int)(_step / _stepsPerEpoch),
            Seconds = Elapsed,
            Shape = network.Shape,
            Statistics = network.Statistics,
            BandNames = [.. _patches.BandNames],
            TrainedOn = _trainedOn,
            Config = _config,
            History = [.. _history],
            EpochSoFar = _epoch,
            BestMeasure = _bestMeasure,
        }, network, optimiser);
        _savedAt = Elapsed;
    }

    private int EpochNumber => (int)((_step - 1) / _stepsPerEpoch) + 1;

    private double Elapsed => _secondsBefore + _clock.Elapsed.TotalSeconds;

    private double Progress => Math.Max((double)_step / _totalSteps, _config.MaxMinutes is { } minutes ? Elapsed / 60 / minutes : 0);
}
