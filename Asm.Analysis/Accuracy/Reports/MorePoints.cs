using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Sampling;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>How many points an assessed sample still needs.</summary>
/// <param name="Stratum">The stratum.</param>
/// <param name="Points">Points to add there.</param>
internal sealed record MorePoints(string Stratum, long Points)
{
    /// <summary>
    /// The points to add so that the standard error of overall accuracy comes down to a target, as few as possible, if the
    /// accuracies found so far hold.
    /// </summary>
    /// <remarks>
    /// A stratum whose points were all right or all wrong is expected to have the share (right + 1) / (points + 2), so that its
    /// spread is not taken as 0.
    /// </remarks>
    /// <param name="assessment">The sample so far.</param>
    /// <param name="standardError">The target, above 0.</param>
    public static IReadOnlyList<MorePoints> For(PointAssessment assessment, double standardError)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        IReadOnlyList<AssessedStratum> strata = assessment.Strata;
        double[] right = [.. strata.Select(s => s.RightPoints == 0 || s.RightPoints == s.Points
            ? (s.RightPoints + 1.0) / (s.Points + 2)
            : (double)s.RightPoints / s.Points)];
        IReadOnlyList<long> more = SampleSize.More([.. strata.Select(s => s.Pixels)],
            right, [.. strata.Select(s => s.Points)], standardError);
        return [.. strata.Select((s, i) => new MorePoints(s.Name, more[i]))];
    }
}
