using Microsoft.Data.Sqlite;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>What reading and writing GeoPackages share.</summary>
internal static class GeoPackageSql
{
    /// <summary>Opens a database. Files from strangers may hold views: these may not call functions with effects.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        Run(connection, "PRAGMA trusted_schema = OFF");
        return connection;
    }

    /// <summary>Runs statements that return nothing.</summary>
    public static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>A name of a table or column as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
