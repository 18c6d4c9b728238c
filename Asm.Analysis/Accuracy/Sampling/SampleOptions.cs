namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>How a sample is designed.</summary>
public sealed record SampleOptions
{
    /// <summary>More points than anybody labels.</summary>
    public const int MostPoints = 1_000_000;

    /// <summary>
    /// Points that each class gets at least where the user does not say: the fewest that Olofsson et al. 2014 advise for rare classes.
    /// </summary>
    public const int DefaultMinimum = 50;

    /// <summary>The user's accuracy that is expected where the user has no idea.</summary>
    public const double DefaultUsersAccuracy = 0.9;

    /// <summary>
    /// The target standard error of overall accuracy, which gives the number of points (Olofsson et al. 2014, eq. 13); above 0.
    /// </summary>
    public double StandardError { get; init; } = 0.01;

    /// <summary>The number of points in its place, or null.</summary>
    public int? Points { get; init; }

    /// <summary>How points are shared out.</summary>
    public SampleAllocation Allocation { get; init; } = SampleAllocation.By(AllocationRule.Proportional);

    /// <summary>
    /// Points of each class at least; null: <see cref="DefaultMinimum"/>, or half of an equal share where that is less. Points given as
    /// counts are raised to it only where it is given.
    /// </summary>
    public int? MinimumPerClass { get; init; }

    /// <summary>The user's accuracy expected of classes, by name or code; of others <see cref="DefaultUsersAccuracy"/>.</summary>
    public IReadOnlyDictionary<string, double> UsersAccuracy { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// Another number is another sample; the same number is the same sample of the same map. A larger sample of one
    /// seed contains the smaller.
    /// </summary>
    public ulong Seed { get; init; } = 1;
}
