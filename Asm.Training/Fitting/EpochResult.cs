namespace Asm.Training.Fitting;

/// <summary>What one epoch came to. Measures are on the validation patches; null where there are none, or no pixel of the class.</summary>
internal sealed record EpochResult
{
    /// <summary>Epoch from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps so far.</summary>
    public required long Step { get; init; }

    /// <summary>Time so far, in minutes.</summary>
    public required double Minutes { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Mean loss of the epoch's steps, with dropout and variation.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the steps' time that was spent waiting for batches, 0..1.</summary>
    public double WaitShare { get; init; }

    /// <summary>Loss on the validation patches.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Class accuracy TP / (TP + FN) of each class.</summary>
    public double?[] Accuracy { get; init; } = [];

    /// <summary>Intersection over union of each class.</summary>
    public double?[] IntersectionOverUnion { get; init; } = [];

    /// <summary>Mean class accuracy.</summary>
    public double? MeanAccuracy { get; init; }

    /// <summary>Mean intersection over union.</summary>
    public double? MeanIntersectionOverUnion { get; init; }
}
