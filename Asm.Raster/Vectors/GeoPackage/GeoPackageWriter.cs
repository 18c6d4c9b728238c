using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Raster;

/// <summary>Writes a GeoPackage 1.3 (OGC 12-128r17) with one layer, named as the file.</summary>
internal static class GeoPackageWriter
{
    // The application id is "GPKG"; a CRS without an EPSG code gets a number that no authority uses.
    private const int ApplicationId = 0x47504B47, UserVersion = 10300, FirstOwnSrsId = 100000;

    private const string Schema = """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
            CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL), ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
        """;

    public static void Write(string path, VectorLayer layer, bool overwrite)
    {
        AttributeColumn[] columns = AttributeColumn.Of(layer);
        AttributeColumn.RequireDistinct(path, columns);
        AsideFile.RequireFree(path, overwrite);
        string aside = AsideFile.NameBeside(path, "partial");
        try
        {
            using (SqliteConnection database = GeoPackageSql.Open(aside, SqliteOpenMode.ReadWriteCreate)) Write(database, path, layer, columns);
            AsideFile.Try(path, () => File.Move(aside, path, overwrite));
        }
        catch (SqliteException e)
        {
            throw AsideFile.Explain(path, e);
        }
        finally
        {
            if (File.Exists(aside)) File.Delete(aside);
        }
    }

    private static void Write(SqliteConnection database, string path, VectorLayer layer, AttributeColumn[] columns)
    {
        // The file has another name until it is whole: nothing is there to roll back.
        GeoPackageSql.Run(database, $"PRAGMA journal_mode = OFF; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {UserVersion}");
        using SqliteTransaction transaction = database.BeginTransaction();
        GeoPackageSql.Run(database, Schema);
        int srs = WriteCrs(database, layer.Crs);
        OgcGeometryType? kind = LayerShapes.CommonKind(layer);
        string name = TableName(path), key = FreeName("fid", columns), shape = FreeName("geom", columns);
        Envelope bounds = layer.Features.Aggregate(new Envelope(), (sum, feature) => sum.ExpandedBy(feature.Geometry.EnvelopeInternal));
        string kindName = kind?.ToString().ToUpperInvariant() ?? "GEOMETRY";
        GeoPackageSql.Run(database, $"CREATE TABLE {GeoPackageSql.Quote(name)} ({GeoPackageSql.Quote(key)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {GeoPackageSql.Quote(shape)} {kindName}{string.Concat(columns.Select(column => $", {GeoPackageSql.Quote(column.Name)} {SqlType(column.Kind)}"))})");
        GeoPackageSql.Run(database, "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) VALUES ($name, 'features', $name, $west, $south, $east, $north, $srs)",
            ("$name", name), ("$west", bounds.IsNull ? DBNull.Value : bounds.MinX), ("$south", bounds.IsNull ? DBNull.Value : bounds.MinY), ("$east", bounds.IsNull ? DBNull.Value : bounds.MaxX), ("$north", bounds.IsNull ? DBNull.Value : bounds.MaxY), ("$srs", srs));
        GeoPackageSql.Run(database, "INSERT INTO gpkg_geometry_columns VALUES ($name, $shape, $kind, $srs, 0, 0)", ("$name", name), ("$shape", shape), ("$kind", kindName), ("$srs", srs));
        using SqliteCommand insert = database.CreateCommand();
        insert.CommandText = $"INSERT INTO {GeoPackageSql.Quote(name)} ({string.Join(", ", [GeoPackageSql.Quote(shape), .. columns.Select(column => GeoPackageSql.Quote(column.Name))])}) VALUES ($g{string.Concat(columns.Select((_, i) => $", $p{i}"))})";
        SqliteParameter geometry = insert.Parameters.Add("$g", SqliteType.Blob);
        SqliteParameter[] values = [.. columns.Select((_, i) => insert.Parameters.AddWithValue($"$p{i}", DBNull.Value))];
        var writer = new GeoPackageGeoWriter();
        foreach (VectorFeature feature in layer.Features)
        {
            Geometry copy = kind is OgcGeometryType.MultiPolygon or OgcGeometryType.MultiLineString or OgcGeometryType.MultiPoint ? LayerShapes.ToMultiple(feature.Geometry) : feature.Geometry.Copy();
            copy.SRID = srs;
            geometry.Value = writer.Write(copy);
            for (int i = 0; i < columns.Length; i++) values[i].Value = columns[i].Value(feature) ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static int WriteCrs(SqliteConnection database, Crs crs)
    {
        int id = crs.Epsg ?? FirstOwnSrsId;
        foreach ((Crs system, int number) in crs.IsSameAs(Crs.Wgs84) ? [(crs, id)] : ((Crs, int)[])[(Crs.Wgs84, 4326), (crs, id)])
            GeoPackageSql.Run(database, "INSERT INTO gpkg_spatial_ref_sys VALUES ($name, $id, $organization, $id, $definition, NULL)",
                ("$name", system.Name), ("$id", number), ("$organization", system.Epsg is null ? "NONE" : "EPSG"), ("$definition", system.Wkt));
        return id;
    }

    /// <summary>The file's own name; SQLite and the standard keep some names for themselves.</summary>
    private static string TableName(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Length == 0 || ((string[])["sqlite_", "gpkg_", "rtree_"]).Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? "layer" : name;
    }

    private static string FreeName(string name, AttributeColumn[] columns)
    {
        while (columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))) name += "_";
        return name;
    }

    private static string SqlType(AttributeKind kind) => kind switch
    {
        AttributeKind.Integer => "INTEGER",
        AttributeKind.Real => "REAL",
        AttributeKind.Boolean => "BOOLEAN",
        _ => "TEXT",
    };
}
