namespace Asm.Analysis.Zones;

/// <summary>The area of one class in one zone of one map.</summary>
public sealed record ZoneRow
{
    /// <summary>The class that stands for pixels without data and for ground beyond the map.</summary>
    public const string NeverSeen = "never seen";

    /// <summary>The map of rows that say what no map has seen.</summary>
    public const string AllMaps = "(all maps)";

    /// <summary>The zone of rows about all zones together; ground that zones share counts once.</summary>
    public const string AllZones = "(all zones)";

    /// <summary>The zone of rows about what lies in no zone.</summary>
    public const string OutsideZones = "(outside all zones)";

    /// <summary>The zone of rows about the whole raster.</summary>
    public const string WholeMap = "(whole map)";

    /// <summary>The zone, or one of <see cref="AllZones"/>, <see cref="OutsideZones"/> and <see cref="WholeMap"/>.</summary>
    public required string Zone { get; init; }

    /// <summary>The map, or <see cref="AllMaps"/>.</summary>
    public required string Map { get; init; }

    /// <summary>The class or change, or <see cref="NeverSeen"/>.</summary>
    public required string Class { get; init; }

    /// <summary>The code in the map; 0 for <see cref="NeverSeen"/>.</summary>
    public required int Code { get; init; }

    /// <summary>What ground the row is about.</summary>
    public required ZonePart Part { get; init; }

    /// <summary>
    /// The area on the map in hectares: pixels x the area of a pixel in units of the CRS. Null where the CRS is in degrees.
    /// </summary>
    public required double? Hectares { get; init; }

    /// <summary>The area on the ground in hectares: see <see cref="Asm.Raster.Grids.GroundArea"/>.</summary>
    public required double GroundHectares { get; init; }

    /// <summary>
    /// Pixels of the map, fractions of pixels included; the ground beyond the map, which <see cref="NeverSeen"/> has
    /// in its hectares, has none.
    /// </summary>
    public required double Pixels { get; init; }

    /// <summary>The area as a share of all classes of this zone, map and part, 0 to 1; 0 where there is no area.</summary>
    public required double Share { get; init; }
}
