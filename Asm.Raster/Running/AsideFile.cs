using System.Text.RegularExpressions;

namespace Asm.Raster.Running;

/// <summary>
/// A file that is written under a name aside and gets its own name when it is whole: others see all of it or nothing.
/// Disposing it before <see cref="Complete"/> deletes it.
/// </summary>
public sealed partial class AsideFile : IDisposable
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
        return Try(path, () => new AsideFile(path, overwrite, NewFile(NameBeside(path, "partial"), 1 << 16)));
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
        Try(_path, () => GiveName(_stream.Name, _path, _overwrite));
        _done = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_done) return;
        _done = true;
        // Closing writes what is buffered, which fails on a full disk; the file goes anyway.
        try { _stream.Dispose(); }
        catch (Exception e) when (IsRefusal(e)) { }
        File.Delete(_stream.Name);
        Leftovers.Remove(_stream.Name);
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
        if (FileStatus.Of(path)?.Kind is { } kind and not FileKind.File)
            throw new AsmException(path, $"is a {kind.ToString().ToLowerInvariant()}", "the path of a file",
                "give another path", AsmErrorCode.OutputNotWritable);
        if (!overwrite && File.Exists(path)) throw AsmException.Exists(path);
    }

    /// <summary>A new hidden name in the folder of a file.</summary>
    internal static string NameBeside(string path, string kind) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{kind}-{Guid.NewGuid():N}");

    /// <summary>The name of the file that a name of <see cref="NameBeside"/> is for; null for other names.</summary>
    /// <param name="aside">A name without folders.</param>
    internal static string? FileOf(string aside) => Name().Match(aside) is { Success: true, Groups: var groups } ? groups[1].Value : null;

    /// <summary>
    /// Makes a file of a name that nobody has, which nobody else may read: what it holds is for others when it has its own name.
    /// </summary>
    internal static FileStream NewFile(
        string aside, int bufferBytes = 0, FileShare share = FileShare.Read, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = bufferBytes,
            Options = options,
        };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return Leftovers.Add([aside], () => new FileStream(aside, how));
    }

    /// <summary>Makes a folder of a name that nobody has, which nobody else may open.</summary>
    internal static void NewFolder(string aside) => Leftovers.Add([aside], () => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(aside)
        : Directory.CreateDirectory(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));

    /// <summary>Gives a file or folder its name, and the rights that new ones have where it lies.</summary>
    internal static void GiveName(string aside, string path, bool overwrite)
    {
        bool isFolder = Directory.Exists(aside);
        if (!OperatingSystem.IsWindows() && RightsBeside(path, isFolder) is var rights && rights != File.GetUnixFileMode(aside))
            File.SetUnixFileMode(aside, rights);
        if (isFolder) Directory.Move(aside, path);
        else File.Move(aside, path, overwrite);
        Leftovers.Remove(aside);
    }

    /// <summary>
    /// The rights of a new file or folder: the user's mask and the folder's own rules make them, and only a new one shows them.
    /// </summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode RightsBeside(string path, bool ofFolder)
    {
        string probe = NameBeside(path, "partial");
        return Leftovers.Add([probe], () =>
        {
            try
            {
                if (ofFolder) Directory.CreateDirectory(probe);
                else new FileStream(probe, FileMode.CreateNew).Dispose();
                return File.GetUnixFileMode(probe);
            }
            finally
            {
                if (ofFolder) Directory.Delete(probe);
                else File.Delete(probe);
                Leftovers.Remove(probe);
            }
        });
    }

    /// <summary>
    /// True where the system refuses to write. A file that would be larger than a file system or a limit allows (4 GB on FAT32) is an
    /// argument out of range to .NET.
    /// </summary>
    internal static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException
        || e is ArgumentOutOfRangeException { ParamName: "value", StackTrace: { } trace }
            && trace.Contains("System.IO.", StringComparison.Ordinal);

    /// <summary>Runs an action on files; what the system refuses becomes an error that names the output.</summary>
    internal static T Try<T>(string path, Func<T> action)
    {
        try { return action(); }
        catch (Exception e) when (IsRefusal(e)) { throw Explain(path, e); }
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

    [GeneratedRegex(@"^\.(.+)\.(?:partial|spool)-[0-9a-f]{32}$")]
    private static partial Regex Name();
}
