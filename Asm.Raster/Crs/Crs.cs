namespace Asm.Raster;

/// <summary>A coordinate reference system: an EPSG code where one is known, and its well-known text.</summary>
public sealed class Crs
{
    private Crs(int? epsg, string name, string wkt, bool isGeographic) => (Epsg, Name, Wkt, IsGeographic) = (epsg, name, wkt, isGeographic);

    /// <summary>The EPSG code, or null where the system has none that is known here.</summary>
    public int? Epsg { get; }

    /// <summary>The name, such as "WGS 84 / UTM zone 30N".</summary>
    public string Name { get; }

    /// <summary>The definition as OGC well-known text 1.</summary>
    public string Wkt { get; }

    /// <summary>True where coordinates are longitude and latitude in degrees.</summary>
    public bool IsGeographic { get; }

    /// <summary>Longitude and latitude on WGS 84, EPSG:4326.</summary>
    public static Crs Wgs84 { get; } = FromEpsg(4326);

    /// <summary>A UTM zone on WGS 84: EPSG:326zz north, EPSG:327zz south.</summary>
    public static Crs Utm(int zone, bool north) => FromEpsg((north ? 32600 : 32700) + zone);

    /// <summary>The system of an EPSG code.</summary>
    public static Crs FromEpsg(int epsg) => new(epsg, $"EPSG:{epsg}", "", epsg == 4326);

    /// <summary>True where both denote the same system.</summary>
    public bool IsSameAs(Crs? other) => other is not null && Epsg == other.Epsg;

    /// <summary>"EPSG:32630" where there is a code, else the name.</summary>
    public override string ToString() => Epsg is { } code ? $"EPSG:{code}" : Name;
}
