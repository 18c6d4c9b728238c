using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>
/// A GeoPackage of a stranger, opened to be read: nothing is written beside it, and its views and computed columns get as much work, text
/// and memory as a file of its size needs.
/// </summary>
/// <remarks>SQLite's own advice: "Defense Against The Dark Arts", https://www.sqlite.org/security.html.</remarks>
internal sealed class GuardedDatabase : IDisposable
{
    // Reading a table takes less than one step a byte; a view joins, sorts and counts.
    private const long Steps = 20_000_000, StepsPerByte = 4;
    private const long ValueBytes = 32L << 20, ValueBytesPerByte = 4;
    private const long Rows = 10_000, BytesPerRow = 4;
    private const long WorkBytes = 64L << 20, WorkBytesPerByte = 2;
    private const int LeastLongestValue = 1 << 20, StepsPerLook = 500;

    // Far slower than any disk, and only for what is slow in a single step.
    private const double Seconds = 3, BytesPerSecond = 1e6;

    private const int Defensive = 1010, TrustedSchema = 1017;

    private readonly string _path;
    private readonly long _length;
    private readonly Stopwatch _clock = new();
    private readonly DirectoryInfo? _copy;
    private readonly SqliteConnection _connection;
    private long _memoryBefore, _steps, _rows, _bytes;
    private string? _overrun;

    /// <summary>Opens a file.</summary>
    /// <exception cref="SqliteException">It is damaged.</exception>
    public GuardedDatabase(string path)
    {
        (_path, _length) = (path, new FileInfo(path).Length);
        string whole = Path.GetFullPath(path);
        try
        {
            // A log or journal beside the file holds some of its pages. To read them SQLite would write beside the file.
            if (LogsOf(path) is { Count: > 0 } logs)
            {
                _copy = Directory.CreateTempSubdirectory("asm-");
                foreach (string file in (string[])[whole, .. logs])
                    File.Copy(file, Path.Combine(_copy.FullName, Path.GetFileName(file)));
                foreach (FileInfo file in _copy.EnumerateFiles()) file.IsReadOnly = false;
                _length += logs.Sum(log => new FileInfo(log).Length);
                whole = Path.Combine(_copy.FullName, Path.GetFileName(whole));
            }
            bool isLogged = _copy is null && UsesLog(whole);
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = isLogged ? $"{new Uri(whole).AbsoluteUri}?immutable=1" : whole,
                Mode = _copy is null ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ConnectionString);
            _connection.Open();
            Guard();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The write-ahead log or the journal beside a file that hold something of it.</summary>
    public static IReadOnlyList<string> LogsOf(string path)
    {
        string whole = Path.GetFullPath(path);
        return [.. ((string[])[$"{whole}-wal", $"{whole}-journal"]).Where(file => new FileInfo(file) is { Exists: true, Length: > 0 })];
    }

    /// <summary>Runs a query and hands on its rows.</summary>
    /// <exception cref="AsmException">It does more than a query of such a file does.</exception>
    /// <exception cref="SqliteException">It fails.</exception>
    public IEnumerable<GuardedRow> Query(string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        using SqliteDataReader reader = Try(command.ExecuteReader);
        var row = new GuardedRow(reader.Handle!);
        while (Try(reader.Read))
        {
            _bytes += row.Bytes;
            _overrun = ++_rows > Rows + _length / BytesPerRow ? "more rows than a file of its size holds"
                : _bytes > ValueBytes + ValueBytesPerByte * _length ? "more text and binary than a file of its size holds" : null;
            if (_overrun is not null) throw Overrun();
            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection?.Dispose();
        if (_copy is { Exists: true }) _copy.Delete(recursive: true);
    }

    private void Guard()
    {
        sqlite3 database = _connection.Handle!;
        _memoryBefore = raw.sqlite3_memory_used();
        raw.sqlite3_db_config(database, Defensive, 1, out _);
        raw.sqlite3_db_config(database, TrustedSchema, 0, out _);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, (int)Math.Clamp(_length, LeastLongestValue, int.MaxValue));
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100);
        raw.sqlite3_progress_handler(database, StepsPerLook, _ => Look() ? 0 : 1, null);
        foreach (string pragma in (string[])["cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY", "query_only = ON"])
            GeoPackageSql.Run(_connection, $"PRAGMA {pragma}");
    }

    /// <summary>False where the query is to stop.</summary>
    private bool Look()
    {
        _overrun ??= (_steps += StepsPerLook) > Steps + StepsPerByte * _length ? "more steps than a file of its size needs"
            : _clock.Elapsed.TotalSeconds > Seconds + _length / BytesPerSecond ? "more time than a file of its size needs"
            : raw.sqlite3_memory_used() - _memoryBefore > WorkBytes + WorkBytesPerByte * _length
                ? "more memory than a file of its size needs" : null;
        return _overrun is null;
    }

    private T Try<T>(Func<T> step)
    {
        _clock.Start();
        try { return step(); }
        catch (SqliteException e) when (_overrun is not null || e.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_NOMEM)
        {
            _overrun ??= "a text or binary that is longer than the file";
            throw Overrun();
        }
        finally { _clock.Stop(); }
    }

    private AsmException Overrun() => new(_path, $"a view or a computed column of it gives or takes {_overrun}",
        "tables, or views that pick and join what is in the file",
        "name another layer with `layer`, or save the view as a table in the program that made it", AsmErrorCode.InputFormat);

    /// <summary>True where the file says that it is written through a log, which even reading would make anew.</summary>
    private static bool UsesLog(string path)
    {
        Span<byte> header = stackalloc byte[20];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && (header[18] == 2 || header[19] == 2);
    }
}
