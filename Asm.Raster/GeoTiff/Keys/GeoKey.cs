namespace Asm.Raster.GeoTiff.Keys;

/// <summary>Numbers of the GeoKeys that are read or written, with the names of OGC 19-008r4.</summary>
internal static class GeoKey
{
    public const int ModelType = 1024;
    public const int RasterType = 1025;
    public const int Citation = 1026;
    public const int GeodeticCrs = 2048;
    public const int GeodeticCitation = 2049;
    public const int GeodeticDatum = 2050;
    public const int PrimeMeridian = 2051;
    public const int AngularUnits = 2054;
    public const int AngularUnitSize = 2055;
    public const int Ellipsoid = 2056;
    public const int SemiMajorAxis = 2057;
    public const int SemiMinorAxis = 2058;
    public const int InverseFlattening = 2059;
    public const int PrimeMeridianLongitude = 2061;

    /// <summary>Not in the standard, but written and read by libgeotiff: GeogTOWGS84GeoKey.</summary>
    public const int ToWgs84 = 2062;

    public const int ProjectedCrs = 3072;
    public const int ProjectedCitation = 3073;
    public const int Projection = 3074;
    public const int ProjectionMethod = 3075;
    public const int LinearUnits = 3076;
    public const int LinearUnitSize = 3077;

    /// <summary>The value for "not by a code, but by other keys".</summary>
    public const int UserDefined = 32767;
    public const int ModelProjected = 1;
    public const int ModelGeographic = 2;
    public const int RasterPixelIsArea = 1;
    public const int UnitMetre = 9001;
    public const int UnitDegree = 9102;
}
