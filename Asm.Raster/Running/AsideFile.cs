namespace Asm.Raster.Running;

/// <summary>
/// A file that is written under a name aside and gets its own name when it is whole: others see all of it or nothing.
/// Disposing it before <see cref="Complete"/> deletes it.
/// </summary>
public sealed class AsideFile : IDisposable
{
    private readonly string _path;
    private readonly bool _overwrite;
    private readonly FileStream _stream;
    private bool _done;

    private AsideFile(string path, bool overwrite, FileStream stream) => (_path, _overwrite, _stream) = (path, overwrite, stream);

    /// <summary>What is written goes here.</summary>
    public Stream Stream => _stream;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The name it gets in the end.</param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be written.</exception>
    public static AsideFile Create(string path, bool overwrite = false)
    {
        RequireFree(path, overwrite);
        return Try(path, () => new AsideFile(path, overwrite,
            new FileStream(NameBeside(path, "partial"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16)));
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <param name="write">Writes all of it.</param>
    /// <exception cref="AsmException">The name is taken, the folder cannot be written, or the disk is full or failed.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using AsideFile file = Create(path, overwrite);
        file.Write(write);
        file.Complete();
    }

    /// <summary>Writes to <see cref="Stream"/>.</summary>
    /// <param name="write">Writes some or all of the file.</param>
    /// <exception cref="AsmException">The disk is full or failed.</exception>
    public void Write(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Try(_path, () => write(_stream));
    }

    /// <summary>Brings everything to the disk. What can fail for lack of space has then succeeded.</summary>
    /// <exception cref="AsmException">The disk is full or failed.</exception>
    public void Flush() => Try(_path, () => _stream.Flush(flushToDisk: true));

    /// <summary>Flushes, and gives the file its name.</summary>
    /// <exception cref="AsmException">The name was taken meanwhile, or the disk is full or failed.</exception>
    public void Complete()
    {
        Flush();
        _stream.Dispose();
        Try(_path, () => File.Move(_stream.Name, _path, _overwrite));
        _done = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_done) return;
        _done = true;
        // Closing writes what is buffered, which fails on a full disk; the file goes anyway.
        try { _stream.Dispose(); }
        catch (IOException) { }
        File.Delete(_stream.Name);
    }

    /// <summary>Refuses a name that is taken by a file (unless it may be replaced) or by a folder.</summary>
    internal static void RequireFree(string path, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path).LinkTarget is not null)
            throw new AsmException(path, "is a symbolic link", "the path of a file",
                "give the path that the link leads to", AsmErrorCode.OutputNotWritable);
        if (Directory.Exists(path))
            throw new AsmException(path, "is a folder", "the path of a file",
                "give a file name in that folder", AsmErrorCode.OutputNotWritable);
        if (!overwrite && File.Exists(path)) throw AsmException.Exists(path);
    }

    /// <summary>A new hidden name in the folder of a file.</summary>
    internal static string NameBeside(string path, string kind) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{kind}-{Guid.NewGuid():N}");

    /// <summary>Runs an action on files; what the system refuses becomes an error that names the output.</summary>
    internal static T Try<T>(string path, Func<T> action)
    {
        try { return action(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Explain(path, e); }
    }

    /// <inheritdoc cref="Try{T}"/>
    internal static void Try(string path, Action action) => Try(path, () =>
    {
        action();
        return true;
    });

    /// <summary>The error for a person when <paramref name="path"/> could not be written.</summary>
    internal static AsmException Explain(string path, Exception cause) => new(
        $"{path}: cannot be written: {cause.Message}\n  expected: a folder that exists and may be written, on a disk with enough free space"
        + "\n  fix: create the folder, free space there, or give another path", cause, AsmErrorCode.OutputNotWritable);
}
