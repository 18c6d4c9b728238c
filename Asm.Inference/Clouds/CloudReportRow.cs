namespace Asm.Inference.Clouds;

/// <summary>What one cloud rule takes out of a scene.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Pixels">Pixels with data that it would remove.</param>
/// <param name="ClassPixels">How many of them the model calls each of its classes, in order of the codes from 1.</param>
public sealed record CloudReportRow(string Rule, long Pixels, IReadOnlyList<long> ClassPixels);
