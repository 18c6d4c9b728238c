namespace Asm.Training.Fitting;

/// <summary>
/// What the steps of an epoch that is not finished have come to. A checkpoint holds it, so that a run may stop at any step.
/// </summary>
internal sealed record EpochSoFar
{
    /// <summary>Steps of the epoch so far.</summary>
    public long Steps { get; init; }

    /// <summary>Sum of their losses.</summary>
    public double LossSum { get; init; }

    /// <summary>Sum of their times, in seconds, with the waits for batches.</summary>
    public double Seconds { get; init; }

    /// <summary>Sum of the waits for batches, in seconds.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>The epoch after one more step.</summary>
    public EpochSoFar With(double loss, double learningRate, TimeSpan time, TimeSpan wait) => new()
    {
        Steps = Steps + 1,
        LossSum = LossSum + loss,
        Seconds = Seconds + time.TotalSeconds,
        WaitSeconds = WaitSeconds + wait.TotalSeconds,
        LearningRate = learningRate,
    };
}
