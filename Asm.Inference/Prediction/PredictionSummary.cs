namespace Asm.Inference.Prediction;

/// <summary>What a prediction did.</summary>
public sealed record PredictionSummary
{
    /// <summary>Side of the windows that ran, in pixels (height and width).</summary>
    public required (int Height, int Width) Window { get; init; }

    /// <summary>Windows that the network ran on.</summary>
    public required long WindowsRun { get; init; }

    /// <summary>Windows that were skipped because no pixel that they decide has data.</summary>
    public required long WindowsSkipped { get; init; }

    /// <summary>Pixels of each class, in order of the codes from 1.</summary>
    public required IReadOnlyList<long> ClassPixels { get; init; }

    /// <summary>Pixels without data in the stack.</summary>
    public required long NoDataPixels { get; init; }

    /// <summary>Pixels that the cloud rules made no data.</summary>
    public required long CloudPixels { get; init; }

    /// <summary>What each cloud rule removes or would remove; null where it was not counted.</summary>
    public Asm.Inference.Clouds.CloudReport? Clouds { get; init; }

    /// <summary>Time inside the network's runs.</summary>
    public required TimeSpan ModelTime { get; init; }

    /// <summary>Time of the whole prediction, outputs finished.</summary>
    public required TimeSpan TotalTime { get; init; }
}
