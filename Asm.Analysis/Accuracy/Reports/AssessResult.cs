using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>How good a map is.</summary>
/// <param name="Points">From labelled points; null where a mask was given.</param>
/// <param name="Mask">From a reference mask; null where points were given.</param>
public sealed record AssessResult(PointAssessment? Points, MaskAssessment? Mask);
