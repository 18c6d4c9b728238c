namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>A layer of a GeoPackage.</summary>
/// <param name="Name">The table or view.</param>
/// <param name="GeometryColumn">The column with the shapes.</param>
/// <param name="SrsId">The key of its CRS in gpkg_spatial_ref_sys.</param>
internal sealed record FeatureTable(string Name, string GeometryColumn, long SrsId)
{
    // SQLite holds some thousand tables; a list of more is none.
    private const int MostLayers = 10_000;

    /// <summary>The layers of features, in the order of the file.</summary>
    public static IEnumerable<FeatureTable> List(GuardedDatabase database) =>
        database.Query("SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g JOIN gpkg_contents c "
            + $"ON lower(c.table_name) = lower(g.table_name) WHERE c.data_type = 'features' ORDER BY g.rowid LIMIT {MostLayers}")
            .Select(row => new FeatureTable(row.Value(0) as string ?? "", row.Value(1) as string ?? "", row.Value(2) as long? ?? -1));

    /// <summary>What SQLite calls the layer: table, view or virtual; empty where it has no such name.</summary>
    public string KindIn(GuardedDatabase database) =>
        database.Query("SELECT type FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower($table)", ("$table", Name))
            .Select(row => row.Value(0) as string ?? "").FirstOrDefault("");

    /// <summary>The column of the feature id, if there is one, and the columns of attributes.</summary>
    /// <param name="database">The file.</param>
    /// <param name="isView">True for a view: its first column is the id where that numbers the rows (OGC 12-128r18, 2.1.8.1.2).</param>
    public (string? Key, string[] Fields) ReadColumns(GuardedDatabase database, bool isView)
    {
        (string Name, bool IsKey)[] columns = [.. database.Query("SELECT name, pk FROM pragma_table_info($table)", ("$table", Name))
            .Select(row => (row.Value(0) as string ?? "", row.Value(1) is long and > 0))];
        string? key = columns.FirstOrDefault(column => column.IsKey).Name;
        if (isView && columns.Length > 0 && !IsGeometry(columns[0].Name) && Numbers(database, columns[0].Name)) key = columns[0].Name;
        return (key, [.. columns.Where(column => !column.IsKey && column.Name != key && !IsGeometry(column.Name))
            .Select(column => column.Name)]);
    }

    private bool IsGeometry(string column) => string.Equals(column, GeometryColumn, StringComparison.OrdinalIgnoreCase);

    private bool Numbers(GuardedDatabase database, string column)
    {
        string name = GeoPackageSql.Quote(column);
        return database.Query($"SELECT count(*) = count(DISTINCT {name}) AND min(typeof({name})) = 'integer' "
            + $"AND max(typeof({name})) = 'integer' FROM {GeoPackageSql.Quote(Name)}").Select(row => row.Value(0)).First() is 1L;
    }
}
