namespace Asm.Training.Configuration;

/// <summary>Shape of the learning rate over a run.</summary>
internal enum ScheduleKind
{
    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,

    /// <summary>Half a cosine from the highest rate to 0.</summary>
    Cosine,

    /// <summary>Up in the first 30 %, then down to almost 0, both along half a cosine (Smith and Topin 2018).</summary>
    OneCycle,

    /// <summary>The same throughout.</summary>
    Constant,
}

/// <summary>The learning rate as a function of progress.</summary>
internal sealed record ScheduleConfig
{
    private const double OneCycleRise = 0.3, OneCycleStart = 1.0 / 25, OneCycleEnd = 1e-4;

    /// <summary>step, cosine, one_cycle or constant.</summary>
    public ScheduleKind Name { get; init; } = ScheduleKind.Step;

    /// <summary>Epochs between two drops of a step schedule.</summary>
    public double DropEveryEpochs { get; init; } = 10;

    /// <summary>What a step schedule multiplies with.</summary>
    public double DropFactor { get; init; } = 0.1;

    /// <summary>Share of the run in which the rate first rises linearly from 0, 0 up to below 1. Not used by one_cycle, which has its own rise.</summary>
    public double Warmup { get; init; }

    /// <summary>The learning rate at a point of the run.</summary>
    /// <param name="highest">The highest rate.</param>
    /// <param name="progress">0 at the start, 1 at the end.</param>
    /// <param name="epochs">Epochs of the whole run.</param>
    public double LearningRate(double highest, double progress, int epochs)
    {
        if (Name == ScheduleKind.OneCycle)
        {
            return highest * (progress < OneCycleRise
                ? HalfCosine(OneCycleStart, 1, progress / OneCycleRise)
                : HalfCosine(1, OneCycleEnd, (progress - OneCycleRise) / (1 - OneCycleRise)));
        }

        if (progress < Warmup) return highest * progress / Warmup;
        return highest * Name switch
        {
            ScheduleKind.Step => Math.Pow(DropFactor, Math.Floor(progress * epochs / DropEveryEpochs + 1e-9)),
            ScheduleKind.Cosine => HalfCosine(1, 0, (progress - Warmup) / (1 - Warmup)),
            _ => 1,
        };
    }

    private static double HalfCosine(double from, double to, double share) => to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * share));
}
