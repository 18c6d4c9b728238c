using Microsoft.Win32.SafeHandles;

namespace Asm.Raster.Bytes;

/// <summary>The bytes of a file on disk.</summary>
internal sealed class FileBytes : ByteSource
{
    private readonly SafeFileHandle _handle;

    /// <param name="name">The path, or what messages call a file that has none.</param>
    /// <param name="handle">The file; disposed with this.</param>
    public FileBytes(string name, SafeFileHandle handle) : base(name, name)
    {
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="AsmException">It is not there or cannot be opened.</exception>
    public static FileBytes Open(string path, string what)
    {
        SafeFileHandle? handle = null;
        try
        {
            InputPath.Require(path);
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

    public override void Dispose() => _handle.Dispose();
}
