namespace Asm.Analysis.Polygons;

/// <summary>What was made into polygons.</summary>
/// <param name="Regions">Regions written.</param>
/// <param name="Pixels">Their pixels.</param>
/// <param name="Hectares">Their area.</param>
/// <param name="DroppedRegions">Regions below the smallest area, which were left out.</param>
/// <param name="DroppedPixels">Their pixels.</param>
public sealed record PolygonSummary(long Regions, long Pixels, double Hectares, long DroppedRegions, long DroppedPixels);
