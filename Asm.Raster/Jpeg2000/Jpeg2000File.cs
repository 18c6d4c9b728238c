using System.Buffers.Binary;
using Asm.Raster.Bytes;

namespace Asm.Raster.Jpeg2000;

/// <summary>The bytes of a JPEG 2000 file: positional reads, safe for concurrent calls.</summary>
internal sealed class Jpeg2000File(ByteSource bytes) : IDisposable
{
    /// <summary>What messages call the file.</summary>
    public string Name => bytes.Name;

    public long Length => bytes.Length;

    /// <summary>Fills the destination with the bytes from an offset on.</summary>
    /// <exception cref="RasterFormatException">The file ends before.</exception>
    /// <exception cref="AsmException">The disk or the server reports an error.</exception>
    public void Read(long offset, Span<byte> destination, string what)
    {
        if (offset < 0 || offset > Length - destination.Length)
            throw Damaged($"{what} lies at byte {offset} and is {destination.Length} bytes long, but the file has {Length} bytes",
                "all of it inside of the file");
        if (!bytes.TryRead(offset, destination))
            throw Damaged($"the file became shorter while it was read; {what} is missing", "a file that nothing else changes");
    }

    public ushort UInt16(long offset, string what)
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(offset, bytes, what);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public RasterFormatException Damaged(string found, string expected) =>
        new(Name, found, expected, "download the file anew: it was cut or damaged on the way");

    public RasterFormatException Unsupported(string found, string expected) =>
        new(Name, found, expected, "convert it: gdal_translate -of GTiff -co COMPRESS=DEFLATE IN.jp2 OUT.tif");

    /// <summary>The error for samples of more bits than are read: where their type stays the same, GDAL keeps the bits.</summary>
    public RasterFormatException UnsupportedBits(int bits) =>
        new(Name, $"has samples of {bits} bits", "at most 16 bits",
            "convert it: gdal_translate -of GTiff -ot Float64 -co COMPRESS=DEFLATE IN.jp2 OUT.tif");

    /// <summary>The error for a grid that is not north-up.</summary>
    public RasterFormatException NotNorthUp(string found) => new(Name, found, "a north-up grid", "warp it: gdalwarp IN.jp2 OUT.tif");

    public void Dispose() => bytes.Dispose();
}
