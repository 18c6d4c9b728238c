using System.Globalization;
using Asm.Maps.Tables;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Vectors;

namespace Asm.Analysis.Zones;

/// <summary>
/// Writes zone tables: CSV (.csv) with all rows, or GeoPackage (.gpkg) or GeoJSON (.geojson, .json) with one feature a zone.
/// </summary>
internal static class ZoneTableFile
{
    // SQLite takes 2,000 columns.
    internal const int MostColumns = 1900;

    /// <summary>Refuses a path whose ending is none of a table's.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AsmException">It has another ending.</exception>
    internal static void RequireEnding(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Extension(path) is not (".csv" or ".gpkg" or ".geojson" or ".json"))
            throw new AsmException(
                path, $"the ending '{Path.GetExtension(path)}' is not one of a zone table", "a .csv, .gpkg, .geojson or .json file",
                "give another name with `output`");
    }

    /// <summary>Writes a table. The file gets its name when it is whole.</summary>
    /// <remarks>
    /// <para>
    /// CSV: the columns zone, map, class, hectares, groundHectares, pixels, share, part, code; one row each of
    /// <see cref="ZoneTable.Rows"/>.
    /// </para>
    /// <para>
    /// GeoPackage, GeoJSON: the shapes of the zones, and for every map, class and part the columns "map class ha" (not for maps in
    /// degrees) and "map class ground ha"; those of rings are "map class adjacent ha" and "map class adjacent ground ha". What is about no
    /// single zone is in the CSV only.
    /// </para>
    /// </remarks>
    /// <param name="path">The file; its ending tells the format.</param>
    /// <param name="table">The table.</param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <exception cref="AsmException">The path cannot be written to.</exception>
    public static void Write(string path, ZoneTable table, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        RequireEnding(path);
        if (Extension(path) == ".csv") WriteCsv(path, table, overwrite);
        else VectorFile.Write(path, ToLayer(path, table), overwrite);
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static void WriteCsv(string path, ZoneTable table, bool overwrite) => AsideFile.Write(path, overwrite, stream =>
    {
        using var csv = new CsvTable(stream, ["zone", "map", "class", "hectares", "groundHectares", "pixels", "share", "part", "code"]);
        foreach (ZoneRow row in table.Rows)
            csv.Add([row.Zone, row.Map, row.Class, Number(row.Hectares), Number(row.GroundHectares), Number(row.Pixels),
                Number(row.Share), row.Part.ToString().ToLowerInvariant(), row.Code.ToString(CultureInfo.InvariantCulture)]);
    });

    /// <summary>Eight decimals: of hectares that is a square centimetre.</summary>
    private static string Number(double? value) => value?.ToString("0.########", CultureInfo.InvariantCulture) ?? "";

    private static VectorLayer ToLayer(string path, ZoneTable table)
    {
        ILookup<string, ZoneRow> rows = table.Rows.Where(row => row.Part is ZonePart.Inside or ZonePart.Adjacent).ToLookup(row => row.Zone);
        var fields = new List<string> { ZoneReader.NameField };
        var features = new List<VectorFeature>();
        foreach (VectorFeature zone in table.Zones.Features)
        {
            var values = new Dictionary<string, object?>(zone.Attributes);
            foreach (ZoneRow row in rows[(string)zone.Attributes[ZoneReader.NameField]!])
            {
                string column = $"{row.Map} {row.Class}{(row.Part == ZonePart.Adjacent ? " adjacent" : "")}";
                if (row.Hectares is { } hectares) values[$"{column} ha"] = hectares;
                values[$"{column} ground ha"] = row.GroundHectares;
            }
            fields.AddRange(values.Keys.Except(fields).ToArray());
            features.Add(zone with { Attributes = values });
        }
        if (fields.Count > MostColumns)
            throw new AsmException(path, $"would have {fields.Count} columns",
                $"{MostColumns} columns at most", "write a .csv, or give fewer maps");

        // A class that the map does not name is in some zones only; elsewhere its area is zero.
        foreach (VectorFeature feature in features)
            foreach (string field in fields.Skip(1)) ((Dictionary<string, object?>)feature.Attributes).TryAdd(field, 0.0);
        return table.Zones with { Fields = fields, Features = features };
    }
}
