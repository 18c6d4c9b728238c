using Asm.Analysis.Accuracy.Points;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>A sample that was drawn and written.</summary>
/// <param name="Plan">Its design.</param>
/// <param name="Points">Its points.</param>
/// <param name="ContactSheets">The pages of chips that were written.</param>
public sealed record SampleResult(SamplePlan Plan, PointTable Points, IReadOnlyList<string> ContactSheets);
