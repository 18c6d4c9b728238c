namespace Asm.Raster.Projections;

/// <summary>An ellipsoid of revolution.</summary>
/// <param name="Name">Its name in well-known text.</param>
/// <param name="SemiMajorMetres">The equatorial radius in metres.</param>
/// <param name="InverseFlattening">a / (a - b); 0 for a sphere, as in well-known text.</param>
/// <param name="Epsg">The EPSG code, if known.</param>
internal sealed record Ellipsoid(string Name, double SemiMajorMetres, double InverseFlattening, int? Epsg = null)
{
    public static readonly Ellipsoid Wgs84 = new("WGS 84", 6378137, 298.257223563, 7030);
    public static readonly Ellipsoid Grs80 = new("GRS 1980", 6378137, 298.257222101, 7019);
    public static readonly Ellipsoid WarOffice = new("War Office", 6378300, 296, 7029);
    public static readonly Ellipsoid Clarke1880Rgs = new("Clarke 1880 (RGS)", 6378249.145, 293.465, 7012);

    /// <summary>The ellipsoids that GeoKeys may name by code alone.</summary>
    public static readonly Ellipsoid[] Known = [Wgs84, Grs80, WarOffice, Clarke1880Rgs];

    /// <summary>(a - b) / a.</summary>
    public double Flattening => InverseFlattening == 0 ? 0 : 1 / InverseFlattening;

    /// <summary>Equal to well below a millimetre on the ground: the flattening of GRS 80 is still told from that of WGS 84.</summary>
    public bool IsSameAs(Ellipsoid other) =>
        Math.Abs(SemiMajorMetres - other.SemiMajorMetres) < 1e-3 && Math.Abs(InverseFlattening - other.InverseFlattening) < 1e-6;
}
