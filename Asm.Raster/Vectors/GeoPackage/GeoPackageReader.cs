using Asm.Raster.Projections;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>Reads feature tables of a GeoPackage (OGC 12-128r18), a SQLite database.</summary>
internal static class GeoPackageReader
{
    private const string Format = "GeoPackage";

    public static VectorLayer Read(string path, string? layer)
    {
        RequireSqlite(path);
        try
        {
            using SqliteConnection database = GeoPackageSql.Open(path, SqliteOpenMode.ReadOnly);
            return Read(path, database, layer);
        }
        catch (SqliteException e)
        {
            throw VectorFile.Damaged(path, $"cannot be read as a GeoPackage: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, SqliteConnection database, string? layer)
    {
        FeatureTable table = Choose(path, [.. FeatureTable.List(database)], layer);
        var builder = new LayerBuilder(path, ReadCrs(path, database, table));
        (string? key, string[] fields) = table.ReadColumns(database);
        using SqliteCommand command = database.CreateCommand();
        string row = key is null ? "rowid" : GeoPackageSql.Quote(key);
        command.CommandText =
            $"SELECT {string.Join(", ", [row, GeoPackageSql.Quote(table.GeometryColumn), .. fields.Select(GeoPackageSql.Quote)])} "
            + $"FROM {GeoPackageSql.Quote(table.Name)}";
        using SqliteDataReader reader = command.ExecuteReader();
        var geometries = new GeoPackageGeoReader();
        for (long position = 1; reader.Read(); position++)
        {
            long number = reader.GetValue(0) as long? ?? position;
            var attributes = new Dictionary<string, object?>(fields.Length);
            for (int i = 0; i < fields.Length; i++)
                attributes[fields[i]] = reader.GetValue(i + 2) is (string or long or double) and var value ? value : null;
            builder.Add(number, ReadGeometry(path, number, reader.GetValue(1), geometries), attributes);
        }
        return builder.Build(fields);
    }

    private static Geometry? ReadGeometry(string path, long row, object value, GeoPackageGeoReader geometries)
    {
        if (value is DBNull) return null;
        if (value is not byte[] blob)
            throw VectorFile.Damaged(path, $"the geometry of row {row} is a {value.GetType().Name}, not binary", Format);
        if (WkbNesting.IsTooDeep(blob.AsSpan(WkbNesting.HeaderLength(blob))))
            throw VectorFile.Damaged(path, $"the geometry of row {row} nests collections deeper than {WkbNesting.MaxDepth}", Format);
        try
        {
            return geometries.Read(blob);
        }
        catch (Exception e) when (e is ParseException or IOException or ArgumentException or OverflowException)
        {
            throw VectorFile.Damaged(path,
                $"the geometry of row {row} cannot be read: {(e.InnerException ?? e).Message.Split('\n')[0]}", Format, e);
        }
    }

    private static FeatureTable Choose(string path, FeatureTable[] tables, string? layer)
    {
        string names = string.Join(", ", tables.Select(table => table.Name));
        if (tables.Length == 0)
            throw new AsmException(path, "has no layer of features", "a GeoPackage with a feature layer",
                "export the layer into it: ogr2ogr OUT.gpkg IN", AsmErrorCode.InputFormat);
        if (layer is not null)
            return tables.FirstOrDefault(table => string.Equals(table.Name, layer, StringComparison.OrdinalIgnoreCase))
                ?? throw new AsmException(path, $"has no feature layer named '{layer}'; its feature layers are: {names}",
                    "the name of one of them", "name another layer", AsmErrorCode.InputFormat);
        return tables.Length == 1
            ? tables[0]
            : throw new AsmException(path, $"has {tables.Length} feature layers: {names}", "one feature layer, or the name of one",
                "name it with `layer` (a mask's with `mask-layer`), or copy it into a file of its own: ogr2ogr OUT.gpkg IN.gpkg LAYER",
                AsmErrorCode.InputFormat);
    }

    private static Crs ReadCrs(string path, SqliteConnection database, FeatureTable table)
    {
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = $id";
        command.Parameters.AddWithValue("$id", table.SrsId);
        using SqliteDataReader reader = command.ExecuteReader();
        if (table.SrsId is 0 or -1 || !reader.Read())
            throw new AsmException(path, $"layer {table.Name} has no CRS (srs_id {table.SrsId})", "a layer with a CRS",
                $"assign it: ogr2ogr -a_srs EPSG:CODE OUT.gpkg IN.gpkg {table.Name}", AsmErrorCode.Crs);
        bool isEpsg = string.Equals(reader.GetValue(0) as string, "EPSG", StringComparison.OrdinalIgnoreCase);
        return isEpsg && reader.GetValue(1) is long code and > 0 and <= int.MaxValue && EpsgTable.Find((int)code) is { } known ? known
            : Crs.FromWkt(reader.GetValue(2) as string ?? "", $"{path}: CRS of layer {table.Name}");
    }

    private static void RequireSqlite(string path)
    {
        Span<byte> start = stackalloc byte[16];
        using FileStream stream = File.OpenRead(path);
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start.SequenceEqual("SQLite format 3\0"u8))
            throw VectorFile.Damaged(path, "is not a SQLite database, which every GeoPackage is", Format);
    }
}
