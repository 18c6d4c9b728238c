namespace Asm.Analysis.Zones;

/// <summary>What ground a row of a <see cref="ZoneTable"/> is about.</summary>
public enum ZonePart
{
    /// <summary>Inside of the zone, or of all zones.</summary>
    Inside,

    /// <summary>The ring around the zone.</summary>
    Adjacent,

    /// <summary>What lies in no zone.</summary>
    Outside,

    /// <summary>The whole raster.</summary>
    Whole,
}
