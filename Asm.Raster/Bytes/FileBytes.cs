using Microsoft.Win32.SafeHandles;

namespace Asm.Raster.Bytes;

/// <summary>The bytes of a file on disk.</summary>
internal sealed class FileBytes : ByteSource
{
    private static int s_open;

    private readonly SafeFileHandle _handle;
    private bool _isClosed;

    /// <param name="name">The path, or what messages call a file that has none.</param>
    /// <param name="handle">The file; disposed with this.</param>
    public FileBytes(string name, SafeFileHandle handle) : base(name, name)
    {
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
        Interlocked.Increment(ref s_open);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="AsmException">It is not there or cannot be opened.</exception>
    public static FileBytes Open(string path, string what)
    {
        InputPath.Require(path);
        if (Volatile.Read(ref s_open) >= OpenFiles.Inputs)
            throw new AsmException(path, $"is one file more than the {OpenFiles.Inputs} inputs that the system lets the program have open",
                "a limit well above the number of inputs",
                "raise the limit, as with ulimit -n 4096, or give fewer files", AsmErrorCode.Machine);
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
            return new(path, handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            throw new AsmException(path, $"cannot be opened: {e.Message}", $"a {what} file that may be read",
                "check the path and its permissions", AsmErrorCode.InputMissing);
        }
    }

    public override bool TryRead(long offset, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int count = RandomAccess.Read(_handle, destination, offset);
                if (count == 0) return false;
                destination = destination[count..];
                offset += count;
            }
            return true;
        }
        catch (IOException e)
        {
            throw new AsmException(Name, $"cannot be read at byte {offset}: {e.Message}",
                "a readable file", "check the disk or the network drive", AsmErrorCode.InputFormat);
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, true)) return;
        Interlocked.Decrement(ref s_open);
        _handle.Dispose();
    }
}
