namespace Asm.Raster;

/// <summary>How far a run is.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, above 0.</param>
public readonly record struct RunProgress(string Stage, long Done, long Total);
