namespace Asm.Raster.Projections;

/// <summary>Longitude and latitude in degrees, counted from Greenwich, on a datum.</summary>
internal sealed record GeographicSystem(string Name, GeodeticDatum Datum, int? Epsg = null);
