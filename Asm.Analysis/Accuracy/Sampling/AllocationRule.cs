namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>How a sample's points are shared out among the classes.</summary>
public enum AllocationRule
{
    /// <summary>By the classes' areas: the best for areas and overall accuracy where errors are equally likely everywhere.</summary>
    Proportional,

    /// <summary>The same number for each class: the best for user's accuracies.</summary>
    Equal,

    /// <summary>By area times the expected spread, W_i S_i (Neyman 1934): the smallest standard error of overall accuracy.</summary>
    Neyman,

    /// <summary>Numbers that the user gives.</summary>
    Counts,

    /// <summary>Shares of the whole that the user gives, such as the paper's 50, 25 and 25 %.</summary>
    Shares,

    /// <summary>No strata: a simple random sample of all pixels.</summary>
    Simple,
}
