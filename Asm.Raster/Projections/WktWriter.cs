using System.Globalization;

namespace Asm.Raster.Projections;

/// <summary>
/// Writes well-known text 1 with GDAL's names, on one line. The shift of the datum is always in it: some readers skip the shift without a
/// word where it is missing.
/// </summary>
internal static class WktWriter
{
    // What GDAL writes too: without it, readers take EPSG:3857 for a Mercator on the ellipsoid.
    private const string PseudoMercatorExtension =
        "EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 "
        + "+x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs\"]";

    /// <summary>The text of a system.</summary>
    public static string Write(CrsDefinition crs)
    {
        string geographic = Element("GEOGCS", Quote(crs.Geographic.Name),
            Datum(crs.Geographic.Datum), "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]]",
            "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]]", Authority(crs.Geographic.Epsg));
        if (crs.Projection is not { } projection || crs.Unit is not { } unit) return geographic;
        bool pseudo = projection.Method == ProjectionMethod.PseudoMercator;
        return Element("PROJCS",
        [
            Quote(crs.Name),
            geographic,
            Element("PROJECTION", Quote(pseudo ? ProjectionMethod.Mercator1SP.WktName : projection.Method.WktName)),
            .. pseudo ? ["PARAMETER[\"scale_factor\",1]"] : Array.Empty<string>(),
            .. projection.Method.Parameters.Select(parameter =>
                Element("PARAMETER", Quote(parameter.WktName), Number(projection[parameter.Role]))),
            Element("UNIT", Quote(unit.Name), Number(unit.Metres), Authority(unit.Epsg)),
            "AXIS[\"Easting\",EAST]",
            "AXIS[\"Northing\",NORTH]",
            pseudo ? PseudoMercatorExtension : "",
            Authority(crs.Epsg),
        ]);
    }

    private static string Datum(GeodeticDatum datum) => Element("DATUM", Quote(datum.Name),
        Element("SPHEROID", Quote(datum.Ellipsoid.Name), Number(datum.Ellipsoid.SemiMajorMetres),
            Number(datum.Ellipsoid.InverseFlattening), Authority(datum.Ellipsoid.Epsg)),
        datum.ToWgs84 is { } shift ? Element("TOWGS84", [.. shift.ToArray().Select(Number)]) : "",
        Authority(datum.Epsg));

    private static string Element(string keyword, params string[] parts) =>
        $"{keyword}[{string.Join(',', parts.Where(part => part.Length > 0))}]";

    private static string Authority(int? epsg) => epsg is { } code ? $"AUTHORITY[\"EPSG\",\"{code}\"]" : "";

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
