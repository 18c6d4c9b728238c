using Asm.Raster.Vectors.Coverage;

namespace Asm.Analysis.Zones;

/// <summary>What <see cref="ZonalAreas.Run"/> measures.</summary>
public sealed record ZoneOptions
{
    /// <summary>
    /// The field that names the zones; rows with one name are one zone, whose shapes are united. Null: each row is a
    /// zone, named by its number.
    /// </summary>
    public string? IdField { get; init; }

    /// <summary>
    /// Also measures the ring of this width around every zone, 0 for none. A ring may cross other zones and other
    /// rings: those are not taken out.
    /// </summary>
    public double AdjacentMetres { get; init; }

    /// <summary>How much of a pixel counts for a zone whose outline crosses it.</summary>
    public PixelCoverage Coverage { get; init; } = PixelCoverage.Exact;
}
