namespace Asm.Training.Fitting;

/// <summary>What of a training run is the machine's, not the method's.</summary>
internal sealed record FitOptions
{
    /// <summary>True: train on the first CUDA device.</summary>
    public bool Cuda { get; init; }

    /// <summary>Threads of libtorch; null: its own choice. Runs repeat exactly only with the same number.</summary>
    public int? Threads { get; init; }

    /// <summary>A checkpoint of the same configuration to go on from; null: start anew.</summary>
    public string? Resume { get; init; }

    /// <summary>True removes an earlier run in the output folder, when everything that may be wrong with the new one was checked.</summary>
    public bool Replace { get; init; }

    /// <summary>Is told what is unusual about the machine.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Is told after every step.</summary>
    public Action<FitStep>? OnStep { get; init; }

    /// <summary>Is told after every epoch.</summary>
    public Action<EpochResult>? OnEpoch { get; init; }

    /// <summary>Stops the run after the step under way; the checkpoint is written first.</summary>
    public CancellationToken Cancellation { get; init; }
}
