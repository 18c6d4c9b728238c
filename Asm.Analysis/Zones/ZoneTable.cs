using Asm.Raster.Vectors;

namespace Asm.Analysis.Zones;

/// <summary>The areas of classes in zones.</summary>
public sealed record ZoneTable
{
    /// <summary>The zones, in the order of the rows; the shapes are in the CRS of the file.</summary>
    public required VectorLayer Zones { get; init; }

    /// <summary>
    /// Zone by zone, map by map, part by part, class by class; then all zones together, what lies outside of them, and the whole map. The
    /// rows of one zone, map and part cover it without overlap.
    /// </summary>
    public required IReadOnlyList<ZoneRow> Rows { get; init; }

    /// <summary>Every pair of zones that share more than 10 m2.</summary>
    public required IReadOnlyList<ZoneOverlap> Overlaps { get; init; }

    /// <summary>
    /// What a person should know: rows that were repaired, left out or united, zones that overlap or lie beyond every map.
    /// </summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
