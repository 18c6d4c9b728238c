namespace Asm.Analysis.Changes;

/// <summary>Two seasons that are compared, by their positions from 0.</summary>
/// <param name="Before">The earlier season.</param>
/// <param name="After">The later season.</param>
public readonly record struct SeasonPair(int Before, int After);
