using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Asm.Raster.Jpeg2000;

/// <summary>The bytes of a JPEG 2000 file: positional reads, safe for concurrent calls.</summary>
internal sealed class Jpeg2000File(string name, SafeFileHandle handle) : IDisposable
{
    /// <summary>What messages call the file.</summary>
    public string Name => name;

    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <summary>Opens a file.</summary>
    /// <exception cref="AsmException">The file is not there or cannot be opened.</exception>
    public static Jpeg2000File Open(string path)
    {
        try { return new Jpeg2000File(path, File.OpenHandle(path, options: FileOptions.RandomAccess)); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new AsmException(path, $"cannot be opened: {e.Message}", "a JPEG 2000 file that may be read", "check the path and its permissions");
        }
    }

    /// <summary>Fills the destination with the bytes from an offset on.</summary>
    /// <exception cref="RasterFormatException">The file ends before.</exception>
    /// <exception cref="AsmException">The disk reports an error.</exception>
    public void Read(long offset, Span<byte> destination, string what)
    {
        if (offset < 0 || offset > Length - destination.Length)
            throw Damaged($"{what} lies at byte {offset} and is {destination.Length} bytes long, but the file has {Length} bytes", "all of it inside of the file");
        try
        {
            while (!destination.IsEmpty)
            {
                int count = RandomAccess.Read(handle, destination, offset);
                if (count == 0) throw Damaged($"the file became shorter while it was read; {what} is missing", "a file that nothing else changes");
                destination = destination[count..];
                offset += count;
            }
        }
        catch (IOException e)
        {
            throw new AsmException(Name, $"cannot be read at byte {offset}: {e.Message}", "a readable file", "check the disk or the network drive");
        }
    }

    public ushort UInt16(long offset, string what)
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(offset, bytes, what);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public RasterFormatException Damaged(string found, string expected) => new(Name, found, expected, "download the file anew: it was cut or damaged on the way");

    public RasterFormatException Unsupported(string found, string expected) => new(Name, found, expected, "convert it: gdal_translate -of GTiff -co COMPRESS=DEFLATE IN.jp2 OUT.tif");

    public void Dispose() => handle.Dispose();
}
