using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Vectors.Writing;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>Writes a GeoPackage 1.3 (OGC 12-128r17) with one layer, named as the file.</summary>
internal sealed class GeoPackageSink : FeatureSink
{
    // The application id is "GPKG"; a CRS without an EPSG code gets a number that no authority uses.
    private const int ApplicationId = 0x47504B47, UserVersion = 10300, FirstOwnSrsId = 100000;

    /// <summary>
    /// When the content changed last, which the format asks for: always the same, so that the same features give the same bytes.
    /// </summary>
    private const string LastChange = "1970-01-01T00:00:00.000Z";

    // The database keeps these texts as they are, so that a line more would be other bytes.
    private const string Tables =
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization "
        + "TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);\n"
        + "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT "
        + "UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT "
        + "(strftime('%Y-%m-%dT%H:%M:%fZ','now')),\n"
        + "    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN "
        + "KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));\n"
        + "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name "
        + "TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,\n"
        + "    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE "
        + "(table_name),\n"
        + "    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs "
        + "FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));\n"
        + "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL), "
        + "('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);";

    private readonly string _path, _aside;
    private readonly bool _overwrite;
    private readonly SqliteConnection _database;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _geometry;
    private readonly SqliteParameter[] _values;
    private readonly Envelope _bounds = new();
    private readonly int _srs;
    private bool _isClosed;

    private GeoPackageSink(string path, string aside, LayerSchema schema, bool overwrite, SqliteConnection database) : base(schema)
    {
        (_path, _aside, _overwrite, _database) = (path, aside, overwrite, database);
        // The file has another name until it is whole: nothing is there to roll back.
        GeoPackageSql.Run(database,
            $"PRAGMA journal_mode = OFF; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {UserVersion}");
        _transaction = database.BeginTransaction();
        GeoPackageSql.Run(database, Tables);
        _srs = WriteCrs(database, schema.Crs);
        AttributeColumn[] columns = schema.Columns;
        string name = TableName(path), key = FreeName("fid", columns), shape = FreeName("geom", columns),
            kind = schema.Shape?.ToString().ToUpperInvariant() ?? "GEOMETRY";
        GeoPackageSql.Run(database,
            $"CREATE TABLE {GeoPackageSql.Quote(name)} ({GeoPackageSql.Quote(key)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            + $"{GeoPackageSql.Quote(shape)} "
            + $"{kind}{string.Concat(columns.Select(column => $", {GeoPackageSql.Quote(column.Name)} {SqlType(column.Kind)}"))})");
        GeoPackageSql.Run(database, "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
            + "VALUES ($name, 'features', $name, $change, $srs)", ("$change", LastChange), ("$name", name), ("$srs", _srs));
        GeoPackageSql.Run(database, "INSERT INTO gpkg_geometry_columns VALUES ($name, $shape, $kind, $srs, 0, 0)",
            ("$name", name), ("$shape", shape), ("$kind", kind), ("$srs", _srs));
        _insert = database.CreateCommand();
        _insert.CommandText = $"INSERT INTO {GeoPackageSql.Quote(name)} "
            + $"({string.Join(", ", [GeoPackageSql.Quote(shape), .. columns.Select(column => GeoPackageSql.Quote(column.Name))])}) "
            + $"VALUES ($g{string.Concat(columns.Select((_, i) => $", $p{i}"))})";
        _geometry = _insert.Parameters.Add("$g", SqliteType.Blob);
        _values = [.. columns.Select((_, i) => _insert.Parameters.AddWithValue($"$p{i}", DBNull.Value))];
    }

    /// <summary>Starts a file.</summary>
    public static GeoPackageSink Create(string path, LayerSchema schema, bool overwrite)
    {
        AttributeColumn.RequireDistinct(path, schema.Columns);
        AsideFile.RequireFree(path, overwrite);
        string aside = AsideFile.NameBeside(path, "partial");
        SqliteConnection? database = null;
        try
        {
            // An empty file is an empty database.
            AsideFile.Try(path, () => AsideFile.NewFile(aside).Dispose());
            database = GeoPackageSql.Open(aside, SqliteOpenMode.ReadWrite);
            return new(path, aside, schema, overwrite, database);
        }
        catch (Exception e)
        {
            database?.Dispose();
            if (File.Exists(aside)) File.Delete(aside);
            Leftovers.Remove(aside);
            if (e is SqliteException) throw AsideFile.Explain(path, e);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Write(long row, Geometry geometry, object?[] values)
    {
        Geometry shape = Schema.Shape is OgcGeometryType.MultiPolygon or OgcGeometryType.MultiLineString or OgcGeometryType.MultiPoint
            ? LayerShapes.ToMultiple(geometry)
            : geometry;
        _bounds.ExpandToInclude(shape.EnvelopeInternal);
        _geometry.Value = GeoPackageBlob.Of(shape, _srs);
        for (int i = 0; i < values.Length; i++) _values[i].Value = values[i] ?? DBNull.Value;
        Try(() => _insert.ExecuteNonQuery());
        _geometry.Value = DBNull.Value;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        object At(double value) => _bounds.IsNull ? DBNull.Value : value;
        Try(() =>
        {
            GeoPackageSql.Run(_database, "UPDATE gpkg_contents SET min_x = $west, min_y = $south, max_x = $east, max_y = $north",
                ("$west", At(_bounds.MinX)), ("$south", At(_bounds.MinY)), ("$east", At(_bounds.MaxX)), ("$north", At(_bounds.MaxY)));
            _transaction.Commit();
        });
        Close();
        AsideFile.Try(_path, () => AsideFile.GiveName(_aside, _path, _overwrite));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Close();
        File.Delete(_aside);
        Leftovers.Remove(_aside);
    }

    private void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _insert.Dispose();
        // Ending a transaction that is not committed fails on a full disk; the file goes anyway.
        try { _transaction.Dispose(); }
        catch (SqliteException) { }
        _database.Dispose();
    }

    private void Try(Action action)
    {
        try { action(); }
        catch (SqliteException e) { throw AsideFile.Explain(_path, e); }
    }

    private static int WriteCrs(SqliteConnection database, Crs crs)
    {
        int id = crs.Epsg ?? FirstOwnSrsId;
        foreach ((Crs system, int number) in crs.IsSameAs(Crs.Wgs84) ? [(crs, id)] : ((Crs, int)[])[(Crs.Wgs84, 4326), (crs, id)])
            GeoPackageSql.Run(database, "INSERT INTO gpkg_spatial_ref_sys VALUES ($name, $id, $organization, $id, $definition, NULL)",
                ("$name", system.Name), ("$id", number),
                ("$organization", system.Epsg is null ? "NONE" : "EPSG"), ("$definition", system.Wkt));
        return id;
    }

    /// <summary>The file's own name; SQLite and the standard keep some names for themselves.</summary>
    private static string TableName(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Length == 0
            || ((string[])["sqlite_", "gpkg_", "rtree_"]).Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? "layer"
            : name;
    }

    private static string FreeName(string name, AttributeColumn[] columns)
    {
        while (columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))) name += "_";
        return name;
    }

    private static string SqlType(VectorFieldKind kind) => kind switch
    {
        VectorFieldKind.Integer => "INTEGER",
        VectorFieldKind.Real => "REAL",
        VectorFieldKind.Boolean => "BOOLEAN",
        _ => "TEXT",
    };
}
