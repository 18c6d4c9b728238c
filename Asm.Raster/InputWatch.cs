using System.Collections.Concurrent;

namespace Asm.Raster;

/// <summary>
/// The files that a piece of work reads, as they were when it began with them: where one changes before the work is done, parts of its
/// result would be of one file and parts of another. Safe for concurrent calls.
/// </summary>
internal sealed class InputWatch
{
    private readonly ConcurrentDictionary<string, FileStatus> _files = new(StringComparer.Ordinal);

    /// <summary>Begins with a file as it is, unless it is known. Folders, and what is not there, are passed over.</summary>
    public void Add(string path)
    {
        string full = Path.GetFullPath(path);
        if (!_files.ContainsKey(full) && FileStatus.Of(full) is { Kind: FileKind.File } status) _files.TryAdd(full, status);
    }

    /// <summary>Begins with a file as it was, unless it is known.</summary>
    public void Add(string path, FileStatus status) => _files.TryAdd(Path.GetFullPath(path), status);

    /// <summary>Begins with the files of another watch.</summary>
    public void Add(InputWatch? other)
    {
        foreach ((string path, FileStatus status) in other?._files ?? []) _files.TryAdd(path, status);
    }

    /// <summary>Refuses a result where one of the files is not as it was.</summary>
    /// <exception cref="AsmException">One has changed, or has gone.</exception>
    public void RequireUnchanged()
    {
        foreach ((string path, FileStatus before) in _files)
        {
            FileStatus? now = FileStatus.Of(path);
            if (now == before) continue;
            string found = now is not { } there ? "has gone"
                : there.Bytes != before.Bytes ? $"had {before.Bytes:N0} bytes and has {there.Bytes:N0}"
                : "has been written, or replaced";
            throw new AsmException(path, $"changed while it was read: it {found}", "inputs that stay as they are until the work is done",
                "wait until whatever writes the file is done, then run the same command again");
        }
    }
}
