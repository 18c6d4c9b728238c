namespace Asm.Raster.Projections;

/// <summary>What a CRS is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Geographic">The geographic system that it is, or that it projects.</param>
/// <param name="Projection">The projection; null for a geographic system.</param>
/// <param name="Unit">The unit of projected coordinates; null for a geographic system.</param>
/// <param name="Epsg">The EPSG code, if known.</param>
internal sealed record CrsDefinition(string Name, GeographicSystem Geographic,
    MapProjection? Projection = null, LinearUnit? Unit = null, int? Epsg = null)
{
    /// <summary>A geographic system as a CRS of its own.</summary>
    public static CrsDefinition From(GeographicSystem system) => new(system.Name, system, Epsg: system.Epsg);

    /// <summary>True where both give every place the same coordinates, whatever their names and codes.</summary>
    public bool HasSameParameters(CrsDefinition other) => HasSameProjection(other) && Geographic.Datum.IsSameAs(other.Geographic.Datum);

    /// <summary>True where both project the same ellipsoid in the same way; the datums may differ.</summary>
    public bool HasSameProjection(CrsDefinition other) =>
        Geographic.Datum.Ellipsoid.IsSameAs(other.Geographic.Datum.Ellipsoid)
        && (Projection is null || Unit is null || other.Projection is null || other.Unit is null
            ? Projection is null && other.Projection is null
            : Projection.IsSameAs(other.Projection) && Math.Abs(Unit.Metres / other.Unit.Metres - 1) < 1e-9);
}
