using System.Runtime.InteropServices;

namespace Asm.Raster;

/// <summary>What lies at a path, links followed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When its bytes were written last, by the clock of its disk, in ticks of universal time.</param>
/// <param name="Changed">
/// When its bytes or what the system knows of it were changed last, in ticks: a time that no program can set; 0 where the system does not
/// tell.
/// </param>
internal readonly partial record struct FileStatus(FileKind Kind, long Bytes, long Modified, long Changed)
{
    // From System.Native/pal_io.h of .NET: two numbers of 32 bits, the second the mode; owner, group; then numbers of 64 bits: size, times.
    private const int Mode = 1, Size = 2, ModifiedAt = 5, ChangedAt = 7, Length = 32;

    /// <summary>Looks at a path; null where nothing is there, or it may not be looked at.</summary>
    public static FileStatus? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal)) return null;
        if (!OperatingSystem.IsWindows()) return OfUnix(path);
        var file = new FileInfo(path);
        return file.Exists ? new(FileKind.File, file.Length, file.LastWriteTimeUtc.Ticks, 0)
            : Directory.Exists(path) ? new(FileKind.Folder, 0, 0, 0)
            : null;
    }

    private static unsafe FileStatus? OfUnix(string path)
    {
        long* words = stackalloc long[Length];
        if (Stat(path, words) != 0) return null;
        FileKind kind = (((int*)words)[Mode] & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        return new(kind, words[Size], Ticks(words[ModifiedAt], words[ModifiedAt + 1]), Ticks(words[ChangedAt], words[ChangedAt + 1]));
    }

    private static long Ticks(long seconds, long nanoseconds) =>
        DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100;

    // The framework tells no program whether a path is a pipe, and opening one waits for its other end. This is what it asks itself.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, long* status);
}
