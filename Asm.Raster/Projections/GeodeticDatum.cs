namespace Asm.Raster.Projections;

/// <summary>A datum: an ellipsoid and how it lies in the earth.</summary>
/// <param name="Name">Its name in well-known text.</param>
/// <param name="Ellipsoid">The ellipsoid.</param>
/// <param name="ToWgs84">The shift to WGS 84; null where it is not known, and then no position can be moved to another datum.</param>
/// <param name="Epsg">The EPSG code, if known.</param>
internal sealed record GeodeticDatum(string Name, Ellipsoid Ellipsoid, DatumShift? ToWgs84, int? Epsg = null)
{
    /// <summary>
    /// True where positions on both need no shift: the datums have one code, or else one name and ellipsoid and no contradicting shifts.
    /// </summary>
    public bool IsSameAs(GeodeticDatum other) => Epsg is not null && other.Epsg is not null
        ? Epsg == other.Epsg && ToWgs84 == other.ToWgs84
        : Ellipsoid.IsSameAs(other.Ellipsoid) && ToWgs84 == other.ToWgs84
            && (ToWgs84 is not null || KnownDatums.Normalize(Name) == KnownDatums.Normalize(other.Name));
}
