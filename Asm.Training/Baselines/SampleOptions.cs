namespace Asm.Training.Baselines;

/// <summary>Which of the labelled pixels a classifier learns from.</summary>
internal sealed record SampleOptions
{
    /// <summary>Pixels of the majority class for each pixel of class 1: the paper cuts vegetation to five times the mining class.</summary>
    public const int MajorityRatio = 5;

    /// <summary>Most pixels of any class but the majority; 0: no limit.</summary>
    public int MaxPerClass { get; init; } = 20_000;

    /// <summary>The class that is cut to <see cref="MajorityRatio"/> times class 1, by name; null: the last.</summary>
    public string? Majority { get; init; }

    /// <summary>Decides which pixels are drawn.</summary>
    public ulong Seed { get; init; } = 1;
}
