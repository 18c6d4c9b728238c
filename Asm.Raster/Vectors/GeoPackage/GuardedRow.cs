using SQLitePCL;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>The row at which a query stands.</summary>
/// <param name="statement">The query.</param>
internal sealed class GuardedRow(sqlite3_stmt statement)
{
    private readonly int _columns = raw.sqlite3_column_count(statement);

    /// <summary>Bytes of its text and binary.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < _columns; i++)
                if (raw.sqlite3_column_type(statement, i) is raw.SQLITE_TEXT or raw.SQLITE_BLOB)
                    bytes += raw.sqlite3_column_bytes(statement, i);
            return bytes;
        }
    }

    /// <summary>True where it has a text that is no UTF-8, after <see cref="Value"/> gave it.</summary>
    public bool HasBrokenText { get; private set; }

    /// <summary>A text, a whole number, a number, or null, which stands for binary too.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => Text(column),
        _ => null,
    };

    /// <summary>Binary; empty where the column holds none.</summary>
    public ReadOnlySpan<byte> Blob(int column) => IsBlob(column) ? raw.sqlite3_column_blob(statement, column) : [];

    /// <summary>True where a column holds binary.</summary>
    public bool IsBlob(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB;

    // Asking for text first makes the bytes UTF-8, whatever the file stores; a text may hold NUL.
    private string Text(int column)
    {
        raw.sqlite3_column_text(statement, column);
        string text = ByteEscapes.FromUtf8(raw.sqlite3_column_blob(statement, column), out bool isWhole);
        HasBrokenText |= !isWhole;
        return text;
    }
}
