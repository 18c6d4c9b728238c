using Asm.Training.Configuration;
using Asm.Training.Network;

namespace Asm.Training.Fitting;

/// <summary>What a checkpoint says beside its tensors.</summary>
internal sealed record CheckpointInfo
{
    /// <summary>The format; other numbers are refused.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Version of the program that wrote it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>Steps of the optimiser so far.</summary>
    public long Step { get; init; }

    /// <summary>Whole epochs so far.</summary>
    public int Epoch { get; init; }

    /// <summary>Time spent so far, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Size of the network.</summary>
    public required UNetShape Shape { get; init; }

    /// <summary>Normalisation of the network.</summary>
    public required BandStatistics Statistics { get; init; }

    /// <summary>Names of the bands, in their order.</summary>
    public required string[] BandNames { get; init; }

    /// <summary>Name of the training data, in a few words.</summary>
    public string TrainedOn { get; init; } = "";

    /// <summary>The configuration of the run.</summary>
    public required FitConfig Config { get; init; }

    /// <summary>The measures of each finished epoch.</summary>
    public EpochResult[] History { get; init; } = [];

    /// <summary>The epoch under way.</summary>
    public EpochSoFar EpochSoFar { get; init; } = new();

    /// <summary>Highest mean intersection over union so far; null where none was measured.</summary>
    public double? BestMeasure { get; init; }
}
