namespace Asm.Analysis.Zones;

/// <summary>Two zones that share ground. Each has it in its own rows.</summary>
/// <param name="First">A zone.</param>
/// <param name="Second">Another one.</param>
/// <param name="GroundHectares">What they share, in hectares on the ground.</param>
public sealed record ZoneOverlap(string First, string Second, double GroundHectares);
