namespace Asm.Analysis.Polygons;

/// <summary>A region that no further row can add to.</summary>
/// <param name="Code">The code of its pixels.</param>
/// <param name="Pixels">How many they are.</param>
/// <param name="MeanConfidence">The mean over its pixels that have one; null where none has.</param>
/// <param name="Rings">Its borders, in no order, rings that touch themselves not yet taken apart.</param>
internal sealed record FinishedRegion(byte Code, long Pixels, double? MeanConfidence, List<Ring> Rings);
