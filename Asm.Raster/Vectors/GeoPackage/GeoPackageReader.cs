using Asm.Raster.Projections;
using Asm.Raster.Vectors.Curves;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

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
            using var database = new GuardedDatabase(path);
            return Read(path, database, layer);
        }
        catch (SqliteException e)
        {
            throw VectorFile.Damaged(path, $"cannot be read as a GeoPackage: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, GuardedDatabase database, string? layer)
    {
        FeatureTable table = Choose(path, [.. FeatureTable.List(database)], layer);
        string kind = table.KindIn(database);
        if (kind is "virtual" or "shadow")
            throw new AsmException(path, $"layer {table.Name} is a virtual table", "a table or a view",
                "name another layer with `layer`, or save it as a table in the program that made it", AsmErrorCode.InputFormat);
        Crs crs = ReadCrs(path, database, table);
        var builder = new LayerBuilder(path, crs);
        (string? key, string[] fields) = table.ReadColumns(database, kind == "view");

        // A view has no rowid.
        string row = key is not null ? GeoPackageSql.Quote(key) : kind == "view" ? "NULL" : "rowid";
        var shapes = new WkbReader(new RingFactory(crs));
        var names = new FieldNames(fields);
        long position = 0;
        string? broken = null;
        foreach (GuardedRow found in database.Query(
            $"SELECT {string.Join(", ", [row, GeoPackageSql.Quote(table.GeometryColumn), .. fields.Select(GeoPackageSql.Quote)])} "
            + $"FROM {GeoPackageSql.Quote(table.Name)}"))
        {
            long number = found.Value(0) as long? ?? ++position;
            var attributes = new SparseAttributes(names);
            for (int i = 0; i < fields.Length; i++) attributes.Set(fields[i], found.Value(i + 2));
            if (found.HasBrokenText) broken ??= $"row {number}";
            builder.Add(number, ReadGeometry(path, number, found, shapes), attributes);
        }
        if (broken is not null)
            builder.Note($"its text is not all UTF-8 ({broken} is the first): bytes that are no letters stand as \\xNN");
        return builder.Build(fields);
    }

    private static Geometry? ReadGeometry(string path, long row, GuardedRow found, WkbReader shapes)
    {
        if (!found.IsBlob(1))
            return found.Value(1) is { } other
                ? throw VectorFile.Damaged(path, $"the geometry of row {row} is a {other.GetType().Name}, not binary", Format)
                : null;
        try
        {
            return shapes.Read(found.Blob(1));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw VectorFile.Damaged(path, $"the geometry of row {row} cannot be read: {e.Message.Split('\n')[0]}", Format, e);
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

    private static Crs ReadCrs(string path, GuardedDatabase database, FeatureTable table)
    {
        (object? Organization, object? Code, object? Wkt)? found = database
            .Query("SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = $id",
                ("$id", table.SrsId))
            .Select(row => ((object?, object?, object?)?)(row.Value(0), row.Value(1), row.Value(2))).FirstOrDefault();
        if (table.SrsId is 0 or -1 || found is not { } srs)
            throw new AsmException(path, $"layer {table.Name} has no CRS (srs_id {table.SrsId})", "a layer with a CRS",
                $"assign it: ogr2ogr -a_srs EPSG:CODE OUT.gpkg IN.gpkg {CommandText.Quote(table.Name)}", AsmErrorCode.Crs);
        bool isEpsg = string.Equals(srs.Organization as string, "EPSG", StringComparison.OrdinalIgnoreCase);
        return isEpsg && srs.Code is long code and > 0 and <= int.MaxValue && EpsgTable.Find((int)code) is { } known ? known
            : Crs.FromWkt(srs.Wkt as string ?? "", $"{path}: CRS of layer {table.Name}");
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
