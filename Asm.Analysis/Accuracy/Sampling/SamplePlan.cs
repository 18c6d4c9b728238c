namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>A planned sample: how many points of which class, and what they will tell.</summary>
public sealed record SamplePlan
{
    /// <summary>The strata, those with pixels only.</summary>
    public required IReadOnlyList<SampleStratum> Strata { get; init; }

    /// <summary>The size by formula before it was rounded up, or null where the user gave the number of points.</summary>
    public required double? FormulaSize { get; init; }

    /// <summary>
    /// The standard error of overall accuracy that the sample will have if the expected accuracies hold; null where a class has no point.
    /// </summary>
    public required double? ExpectedStandardError { get; init; }

    /// <summary>What is other than asked for, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>See <see cref="SampleOptions.Seed"/>.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Points of all strata.</summary>
    public int Points => Strata.Sum(s => s.Points);
}
