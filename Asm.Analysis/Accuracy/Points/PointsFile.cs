using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// Reads and writes files of sample points: CSV (.csv), GeoPackage (.gpkg), GeoJSON (.geojson, .json), KML (.kml), and, to read only,
/// Shapefile (.shp) and text of spreadsheets (.txt, .tsv).
/// </summary>
public static class PointsFile
{
    /// <summary>The stratum of every point of a simple random sample.</summary>
    public const string AllStrata = "all";

    /// <summary>
    /// What a person writes as reference who has looked and cannot tell; such points are reported and not counted. Capitals do not matter.
    /// </summary>
    public static IReadOnlyList<string> CannotTell { get; } = ["?", "unknown", "cannot tell"];

    /// <summary>The columns of a points file.</summary>
    internal static readonly string[] Columns = ["id", "x", "y", "class", "reference"];

    /// <summary>
    /// Reads points. CSV has the columns id, x, y, class and reference in any order; more columns are passed over. It is in UTF-8, UTF-16
    /// or Windows-1252, separated by commas, semicolons or tabs; where not by commas, decimals may have a comma. Vector files have the
    /// fields id, class and reference; the name does for a missing id, as in KML. A multi-point of one point is that point.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="crs">
    /// The coordinate reference system of the columns x and y of CSV; null: that of the map. Vector files name their own.
    /// </param>
    /// <exception cref="AsmException">
    /// The file cannot be read, is empty, lacks a column, or has a row that is no point or repeats an id; the message names the row.
    /// </exception>
    public static PointTable Read(string path, Crs? crs = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        InputPath.Require(path);
        PointTable table = Extension(path) switch
        {
            ".csv" or ".txt" or ".tsv" => new(path, crs, CsvPoints.Read(path)),
            ".kml" => new(path, Crs.Wgs84, KmlPoints.Read(path)),
            ".gpkg" or ".geojson" or ".json" or ".shp" => FromLayer(path, VectorFile.Read(path)),
            _ => throw UnknownFormat(path, ".csv, .txt, .tsv, .gpkg, .geojson, .json, .kml or .shp", "convert it: ogr2ogr OUT.gpkg IN"),
        };
        if (table.Points.Count == 0)
            throw new AsmException(path, "holds no points", "a row for each point", "draw a sample with asm sample");
        foreach (IGrouping<string, SamplePoint> same in table.Points.GroupBy(p => p.Id, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1))
            throw new AsmException(path, $"rows {string.Join(" and ", same.Take(3).Select(p => p.Row))} have the same id '{same.Key}'",
                "an id of its own for every point", "remove the repeated rows, or renumber them");
        return table;
    }

    /// <summary>Refuses a path whose ending is none of a points file.</summary>
    /// <exception cref="AsmException">It has another ending.</exception>
    internal static void RequireEnding(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Extension(path) is not (".csv" or ".gpkg" or ".geojson" or ".json" or ".kml"))
            throw UnknownFormat(path, ".csv, .gpkg, .geojson, .json or .kml", "give another name");
    }

    /// <summary>Writes points; the ending of the name tells the format. The file gets its name when it is whole.</summary>
    /// <remarks>
    /// CSV and GeoPackage keep the coordinates of the table's CRS; GeoJSON and KML are in longitude and latitude on WGS 84.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="table">The points.</param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <exception cref="AsmException">The path cannot be written to, or the points have no CRS and the format needs one.</exception>
    public static void Write(string path, PointTable table, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        RequireEnding(path);
        switch (Extension(path))
        {
            case ".csv": CsvPoints.Write(path, table, overwrite); break;
            case ".kml": KmlPoints.Write(path, table, overwrite); break;
            default: VectorFile.Write(path, ToLayer(path, table), overwrite); break;
        }
    }

    /// <summary>The CRS of points that are to be written in a format that needs one.</summary>
    internal static Crs RequireCrs(string path, PointTable table) =>
        table.Crs ?? throw new AsmException(path, $"the points of {table.Name} have no coordinate reference system",
            "a georeferenced map", $"write a .csv, or give the map one: {GeoGrid.AssignCrs}", AsmErrorCode.Crs);

    private static VectorLayer ToLayer(string path, PointTable table) =>
        new(table.Name, RequireCrs(path, table), ["id", "class", "reference"],
            [.. table.Points.Select(p => new VectorFeature(p.Row, new Point(p.Position.X, p.Position.Y), new Dictionary<string, object?>
            {
                ["id"] = p.Id,
                ["class"] = p.Stratum,
                ["reference"] = p.Reference.Length == 0 ? null : p.Reference
            }))]);

    private static PointTable FromLayer(string path, VectorLayer layer)
    {
        // What programs make of KML has its names in place of an id.
        string id = layer.FindField("id") ?? layer.FindField("name") ?? layer.RequireField("id");
        string stratum = layer.RequireField("class"), reference = layer.RequireField("reference");
        string Text(VectorFeature feature, string field) =>
            Convert.ToString(feature.Attributes[field], CultureInfo.InvariantCulture)?.Trim() ?? "";
        if (layer.Skipped > 0)
            throw new AsmException(path, $"{layer.Skipped} rows have no place", "a point in every row",
                "give them one, or delete the rows");
        return new(path, layer.Crs,
        [
            .. layer.Features.Select(feature => new SamplePoint(feature.Row, Text(feature, id), Place(path, feature),
                Text(feature, stratum), Text(feature, reference))),
        ]);
    }

    private static MapPoint Place(string path, VectorFeature feature) => feature.Geometry switch
    {
        Point point => new(point.X, point.Y),
        GeometryCollection { NumGeometries: 1 } one when one[0] is Point point => new(point.X, point.Y),
        MultiPoint several => throw new AsmException(path, $"row {feature.Row} is a MultiPoint of {several.NumGeometries} points",
            "one point in every row", "part them (ogr2ogr -unsetFid -explodecollections OUT.gpkg IN), and give each an id of its own"),
        var other => throw new AsmException(path, $"row {feature.Row} is a {other.GeometryType}", "points", "delete the row"),
    };

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static AsmException UnknownFormat(string path, string formats, string fix) =>
        new(path, $"the ending '{Path.GetExtension(path)}' is not one of a points file", $"a {formats} file", fix);
}
