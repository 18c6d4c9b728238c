namespace Asm.Training.Configuration;

/// <summary>Everything that decides a training run: the keys of the YAML file that <c>asm-train fit</c> reads, in snake_case. Defaults are the paper's.</summary>
internal sealed record FitConfig
{
    /// <summary>Folder for checkpoints and metrics; a relative path is relative to the configuration file.</summary>
    public string Output { get; init; } = "run";

    /// <summary>Decides initial weights, patches, their order and variation, and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Passes over the training patches.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Patches in one step of the optimiser.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>
    /// Patches that go through the network at once; 0: the whole batch. The gradients of a batch are summed, so this changes memory and time, not
    /// the method. Small values keep the activations in the processor's cache.
    /// </summary>
    public int MicroBatch { get; init; } = 2;

    /// <summary>Wall-clock limit in minutes; null: none. The schedule runs over whichever ends first, the epochs or the time; runs with a limit do not repeat exactly.</summary>
    public double? MaxMinutes { get; init; }

    /// <summary>Minutes between two checkpoints within an epoch, beside the one at its end. Costs a moment each time: the file holds the network and the optimiser's state.</summary>
    public double CheckpointMinutes { get; init; } = 15;

    /// <summary>
    /// A model to start from: a checkpoint, or an ONNX file that asm-train exported; null: random weights. A relative path is relative to the configuration
    /// file. Weights and normalisation are taken from it; its bands, classes, width and depth must be those of this run.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>The network.</summary>
    public NetworkConfig Network { get; init; } = new();

    /// <summary>The classes by code from 1.</summary>
    public ClassConfig[] Classes { get; init; } =
    [
        new() { Name = "mines", Color = "#d55e00", Weight = 1 },
        new() { Name = "built", Color = "#56b4e9", Weight = 1 },
        new() { Name = "vegetation", Color = "#009e73", Weight = 0.5 },
    ];

    /// <summary>Where patches come from.</summary>
    public DataConfig Data { get; init; } = new();

    /// <summary>How patches are varied.</summary>
    public AugmentationConfig Augmentation { get; init; } = new();

    /// <summary>The optimiser.</summary>
    public OptimiserConfig Optimiser { get; init; } = new();

    /// <summary>The learning rate over time.</summary>
    public ScheduleConfig Schedule { get; init; } = new();
}
