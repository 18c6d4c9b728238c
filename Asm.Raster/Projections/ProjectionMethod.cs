using static Asm.Raster.Projections.ProjectionRole;

namespace Asm.Raster.Projections;

/// <summary>A method of map projection that can be read, written and computed here.</summary>
/// <param name="WktName">GDAL's name in WKT1.</param>
/// <param name="GeoTiffCode">The value of ProjMethodGeoKey (OGC 19-008r4, annex C).</param>
/// <param name="Parameters">The parameters that it takes: role, GDAL's name in WKT1, and the GeoKey that GDAL writes it to.</param>
internal sealed record ProjectionMethod(string WktName, int GeoTiffCode, (ProjectionRole Role, string WktName, int GeoKey)[] Parameters)
{
    private static readonly (ProjectionRole, string, int) Easting = (FalseEasting, "false_easting", 3082),
        Northing = (FalseNorthing, "false_northing", 3083);

    public static readonly ProjectionMethod TransverseMercator = new("Transverse_Mercator", 1,
        [(OriginLatitude, "latitude_of_origin", 3081), (OriginLongitude, "central_meridian", 3080),
            (ScaleFactor, "scale_factor", 3092), Easting, Northing]);

    public static readonly ProjectionMethod Mercator1SP = new("Mercator_1SP", 7,
        [(OriginLatitude, "latitude_of_origin", 3081), (OriginLongitude, "central_meridian", 3080),
            (ScaleFactor, "scale_factor", 3092), Easting, Northing]);

    public static readonly ProjectionMethod Mercator2SP = new("Mercator_2SP", 7,
        [(StandardParallel1, "standard_parallel_1", 3078), (OriginLatitude, "latitude_of_origin", 3081),
            (OriginLongitude, "central_meridian", 3080), Easting, Northing]);

    /// <summary>
    /// The Mercator of web maps: spherical formulas on the ellipsoid of WGS 84. GeoTIFF has no code for the method, only for EPSG:3857.
    /// </summary>
    public static readonly ProjectionMethod PseudoMercator = new("Popular_Visualisation_Pseudo_Mercator", 0,
        [(OriginLongitude, "central_meridian", 3080), Easting, Northing]);

    public static readonly ProjectionMethod LambertConformal1SP = new("Lambert_Conformal_Conic_1SP", 9,
        [(OriginLatitude, "latitude_of_origin", 3081), (OriginLongitude, "central_meridian", 3080),
            (ScaleFactor, "scale_factor", 3092), Easting, Northing]);

    public static readonly ProjectionMethod LambertConformal2SP = new("Lambert_Conformal_Conic_2SP", 8,
        [(OriginLatitude, "latitude_of_origin", 3085), (OriginLongitude, "central_meridian", 3084),
            (StandardParallel1, "standard_parallel_1", 3078),
         (StandardParallel2, "standard_parallel_2", 3079), (FalseEasting, "false_easting", 3086), (FalseNorthing, "false_northing", 3087)]);

    public static readonly ProjectionMethod LambertAzimuthalEqualArea = new("Lambert_Azimuthal_Equal_Area", 10,
        [(OriginLatitude, "latitude_of_center", 3089), (OriginLongitude, "longitude_of_center", 3088), Easting, Northing]);

    public static readonly ProjectionMethod AlbersEqualArea = new("Albers_Conic_Equal_Area", 11,
        [(OriginLatitude, "latitude_of_center", 3081), (OriginLongitude, "longitude_of_center", 3080),
            (StandardParallel1, "standard_parallel_1", 3078),
         (StandardParallel2, "standard_parallel_2", 3079), Easting, Northing]);

    /// <summary>All methods.</summary>
    public static readonly ProjectionMethod[] All =
        [TransverseMercator, Mercator1SP, Mercator2SP, PseudoMercator, LambertConformal1SP,
            LambertConformal2SP, LambertAzimuthalEqualArea, AlbersEqualArea];

    /// <summary>The methods in a row, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(method => method.WktName));
}
