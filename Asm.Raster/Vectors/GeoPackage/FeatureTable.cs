using Microsoft.Data.Sqlite;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>A layer of a GeoPackage.</summary>
/// <param name="Name">The table.</param>
/// <param name="GeometryColumn">The column with the shapes.</param>
/// <param name="SrsId">The key of its CRS in gpkg_spatial_ref_sys.</param>
internal sealed record FeatureTable(string Name, string GeometryColumn, long SrsId)
{
    /// <summary>The layers of features, in the order of the file.</summary>
    public static IEnumerable<FeatureTable> List(SqliteConnection database)
    {
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g JOIN "
            + "gpkg_contents c ON lower(c.table_name) = lower(g.table_name) WHERE c.data_type = 'features' ORDER BY g.rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) yield return new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2));
    }

    /// <summary>The column of the feature id, if there is one, and the columns of attributes.</summary>
    public (string? Key, string[] Fields) ReadColumns(SqliteConnection database)
    {
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT name, pk FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", Name);
        using SqliteDataReader reader = command.ExecuteReader();
        string? key = null;
        var fields = new List<string>();
        while (reader.Read())
        {
            if (reader.GetInt64(1) > 0) key ??= reader.GetString(0);
            else if (!string.Equals(reader.GetString(0), GeometryColumn, StringComparison.OrdinalIgnoreCase))
                fields.Add(reader.GetString(0));
        }
        return (key, [.. fields]);
    }
}
