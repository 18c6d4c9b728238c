using System.Buffers.Binary;
using Asm.Raster.Bytes;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>The bytes of a TIFF: positional reads, safe for concurrent calls, and the chain of its directories.</summary>
internal sealed class TiffFile : IDisposable
{
    /// <summary>Far above real files (image, mask, overviews and their masks); a longer chain is damage or an attack.</summary>
    private const int MaxDirectories = 4096;

    private readonly ByteSource _bytes;

    private TiffFile(ByteSource bytes) => _bytes = bytes;

    /// <summary>What messages call the file.</summary>
    public string Path => _bytes.Name;

    /// <summary>The path or URL that opens it again.</summary>
    public string Location => _bytes.Location;

    public long Length => _bytes.Length;

    /// <summary>See <see cref="ByteSource.ConcurrentReads"/>.</summary>
    public int ConcurrentReads => _bytes.ConcurrentReads;

    public bool IsBigTiff { get; private set; }

    public bool IsLittleEndian { get; private set; }

    /// <summary>Opens the file; the header is read by <see cref="ReadDirectories"/>.</summary>
    /// <exception cref="AsmException">The file is not there or cannot be opened.</exception>
    public static TiffFile Open(string location, RunOptions run) => new(ByteSource.Open(location, "GeoTIFF", run));

    /// <summary>Fills the destination with the bytes from an offset on.</summary>
    /// <exception cref="RasterFormatException">The file ends before.</exception>
    /// <exception cref="AsmException">The disk or the server reports an error.</exception>
    public void Read(long offset, Span<byte> destination, string what)
    {
        if (offset < 0 || offset > Length - destination.Length)
            throw Damaged($"{what} lies at byte {offset} and is {destination.Length} bytes long, but the file has {Length} bytes",
                "all of it inside of the file");
        if (!_bytes.TryRead(offset, destination))
            throw Damaged($"the file became shorter while it was read; {what} is missing", "a file that nothing else changes");
    }

    /// <summary>Reads the header and all directories, at least one.</summary>
    /// <exception cref="RasterFormatException">This is no TIFF, or it is damaged.</exception>
    public List<TiffDirectory> ReadDirectories()
    {
        Span<byte> header = stackalloc byte[16];
        header.Clear();
        Read(0, header[..(int)Math.Min(16, Length)], "the header");
        IsLittleEndian = header[0] == (byte)'I';
        int version = header[0] == header[1] && header[0] is (byte)'I' or (byte)'M' ? UInt16(header[2..]) : 0;
        IsBigTiff = version == 43;
        if (version is not (42 or 43) || Length < (IsBigTiff ? 16 : 8)
            || (IsBigTiff && (UInt16(header[4..]) != 8 || UInt16(header[6..]) != 0)))
            throw header.StartsWith("<VRT"u8)
                ? new RasterFormatException(Path, "is a virtual raster (VRT), which only names other files",
                    "a GeoTIFF", $"make one of it: gdal_translate {CommandText.Quote(Path)} "
                    + $"{CommandText.Quote(System.IO.Path.ChangeExtension(Path, ".tif"))}")
                : new RasterFormatException(Path, $"does not start as a TIFF does but with bytes {Convert.ToHexString(header[..8])}",
                "a GeoTIFF", "convert it: gdal_translate -of GTiff IN OUT.tif");

        var directories = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        long offset = IsBigTiff ? Int64(header[8..]) : UInt32(header[4..]);
        while (offset != 0)
        {
            if (!seen.Add(offset)) throw Damaged($"its directories form a loop at byte {offset}", "a chain of directories that ends");
            if (directories.Count == MaxDirectories)
                throw Damaged($"it has more than {MaxDirectories} directories", "an image, its overviews and masks");
            (TiffDirectory directory, offset) = TiffDirectory.Read(this, offset);
            directories.Add(directory);
        }
        return directories.Count > 0 ? directories : throw Damaged("it has no image", "at least one image");
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    public long Int64(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);

    /// <summary>The error for contents that contradict the format.</summary>
    public RasterFormatException Damaged(string found, string expected) =>
        new(Path, $"the file is damaged: {found}", expected, "copy or download the file again");

    /// <summary>The error for contents that are legal but not read here.</summary>
    public RasterFormatException Unsupported(string found, string expected, string gdalOptions) =>
        new(Path, found, expected, $"rewrite it: gdal_translate {gdalOptions} IN.tif OUT.tif");

    public void Dispose() => _bytes.Dispose();
}
