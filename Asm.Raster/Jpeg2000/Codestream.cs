using System.Buffers.Binary;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Jpeg2000;

/// <summary>
/// The layout of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A): its size and components, and where the parts of each tile lie. It is
/// checked here, before OpenJPEG sees it, so that a cut file is found when it is opened and a huge one takes no memory.
/// </summary>
internal sealed class Codestream
{
    private const ushort StartOfCodestream = 0xFF4F, Size = 0xFF51, StartOfTilePart = 0xFF90, EndOfCodestream = 0xFFD9;
    private const int MaxHeaderBytes = 1 << 20, MaxTiles = 65_535, MaxTileParts = 1 << 20;

    private const long LargePixels = 1L << 28, MaxPixelsPerByte = 10_000;

    private readonly Jpeg2000File _file;
    private readonly byte[] _header;
    private readonly List<(long Offset, int Length)>[] _parts;

    private Codestream(Jpeg2000File file, byte[] header, ReadOnlySpan<byte> size)
    {
        (_file, _header) = (file, header);
        uint U32(ReadOnlySpan<byte> at, int offset) => BinaryPrimitives.ReadUInt32BigEndian(at[offset..]);
        (uint right, uint bottom, uint left, uint top) = (U32(size, 2), U32(size, 6), U32(size, 10), U32(size, 14));
        (uint tileWidth, uint tileHeight, uint tileLeft, uint tileTop) = (U32(size, 18), U32(size, 22), U32(size, 26), U32(size, 30));
        int components = BinaryPrimitives.ReadUInt16BigEndian(size[34..]);
        if (right > int.MaxValue || bottom > int.MaxValue || left >= right || top >= bottom || tileWidth == 0 || tileHeight == 0
            || tileLeft > left || tileTop > top || (long)tileLeft + tileWidth <= left || (long)tileTop + tileHeight <= top)
            throw file.Damaged($"its image runs from ({left}, {top}) to ({right}, {bottom}) with tiles "
                + $"of {tileWidth} x {tileHeight} from ({tileLeft}, {tileTop})", "an image on a grid of tiles");
        if (components == 0 || size.Length < 36 + 3 * components)
            throw file.Damaged($"names {components} components in {size.Length} bytes", "at least one, with 3 bytes each");
        Image = new((int)left, (int)top, (int)(right - left), (int)(bottom - top));
        (TileLeft, TileTop) = ((int)tileLeft, (int)tileTop);
        (TileWidth, TileHeight) = ((int)Math.Min(tileWidth, int.MaxValue / 2), (int)Math.Min(tileHeight, int.MaxValue / 2));
        long tilesAcross = ((long)right - tileLeft + tileWidth - 1) / tileWidth,
            tilesDown = ((long)bottom - tileTop + tileHeight - 1) / tileHeight;
        if (tilesAcross * tilesDown > MaxTiles) throw file.Damaged($"has {tilesAcross} x {tilesDown} tiles", $"at most {MaxTiles}");
        (TilesAcross, Components, SampleType) = ((int)tilesAcross, components, TypeOf(size, components));
        BitsPerSample = (size[36] & 0x7F) + 1;
        _parts = new List<(long, int)>[tilesAcross * tilesDown];
    }

    /// <summary>The image on the reference grid.</summary>
    public PixelWindow Image { get; }

    public int TileLeft { get; }

    public int TileTop { get; }

    public int TileWidth { get; }

    public int TileHeight { get; }

    public int TilesAcross { get; }

    public int Components { get; }

    public SampleType SampleType { get; }

    public int BitsPerSample { get; }

    /// <summary>Reads the layout.</summary>
    /// <exception cref="RasterFormatException">The codestream is cut or damaged, or has what is not supported.</exception>
    public static Codestream Read(Jpeg2000File file, long start, long end)
    {
        if (file.UInt16(start, "the codestream") != StartOfCodestream || file.UInt16(start + 2, "the codestream") != Size)
            throw file.Damaged("its codestream does not start with the markers SOC and SIZ", "a JPEG 2000 codestream");
        byte[] size = new byte[file.UInt16(start + 4, "the image size")];
        if (size.Length < 38) throw file.Damaged($"its marker SIZ is {size.Length} bytes long", "at least 41");
        file.Read(start + 4, size, "the image size");
        long at = start + 4 + size.Length;
        while (file.UInt16(at, "the main header") is var marker && marker != StartOfTilePart)
        {
            if (marker < 0xFF00 || marker == EndOfCodestream)
                throw file.Damaged($"its main header has the marker {marker:X4} at byte {at}", "markers up to the first tile");
            at += 2 + Math.Max((ushort)2, file.UInt16(at + 2, "the main header"));
            if (at - start > MaxHeaderBytes)
                throw file.Damaged($"its main header is longer than {MaxHeaderBytes} bytes", "a few hundred bytes");
        }
        byte[] header = new byte[at - start];
        file.Read(start, header, "the main header");
        var codestream = new Codestream(file, header, size.AsSpan(2));
        codestream.ReadTileParts(at, end);
        codestream.RequirePlausible(end - start);
        return codestream;
    }

    /// <summary>The part of the image that a tile covers, on the reference grid.</summary>
    public PixelWindow TileExtent(int tile)
    {
        long left = TileLeft + (long)(tile % TilesAcross) * TileWidth, top = TileTop + (long)(tile / TilesAcross) * TileHeight;
        int x = (int)Math.Max(left, Image.Column), y = (int)Math.Max(top, Image.Row);
        return new(x, y, (int)(Math.Min(left + TileWidth, Image.Right) - x), (int)(Math.Min(top + TileHeight, Image.Bottom) - y));
    }

    /// <summary>Bytes of the codestream that <see cref="CopyTile"/> makes.</summary>
    public int TileBytes(int tile) => checked(_header.Length + _parts[tile].Sum(part => part.Length) + 2);

    /// <summary>A codestream with the parts of one tile only, so that the decoder reads nothing else.</summary>
    public void CopyTile(int tile, Span<byte> destination)
    {
        _header.CopyTo(destination);
        int at = _header.Length;
        foreach ((long offset, int length) in _parts[tile])
        {
            _file.Read(offset, destination.Slice(at, length), $"tile {tile}");
            // A last part may give its length as "to the end"; here another end follows.
            BinaryPrimitives.WriteInt32BigEndian(destination[(at + 6)..], length);
            at += length;
        }
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], EndOfCodestream);
    }

    private void ReadTileParts(long at, long end)
    {
        byte[] part = new byte[12];
        for (int count = 0; at < end - 2 || count == 0; count++)
        {
            if (count > MaxTileParts) throw _file.Damaged($"has more than {MaxTileParts} tile-parts", "fewer");
            if (at + 12 > end) throw Cut($"ends at byte {end} inside of a tile's header");
            _file.Read(at, part, "a tile's header");
            ushort marker = BinaryPrimitives.ReadUInt16BigEndian(part);
            if (marker == EndOfCodestream) break;
            int tile = BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(4));
            long length = BinaryPrimitives.ReadUInt32BigEndian(part.AsSpan(6));
            if (marker != StartOfTilePart || BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(2)) != 10)
                throw _file.Damaged($"has the marker {marker:X4} at byte {at}", "the start of a tile, FF90");
            if (tile >= _parts.Length) throw _file.Damaged($"has a tile number {tile}", $"numbers up to {_parts.Length - 1}");
            if (length == 0) length = end - at - (_file.UInt16(end - 2, "the end of the codestream") == EndOfCodestream ? 2 : 0);
            if (length < 14 || length > int.MaxValue)
                throw _file.Damaged($"a part of tile {tile} is {length} bytes long", "at least 14 bytes, less than 2 GiB");
            if (length > end - at) throw Cut($"ends at byte {end} inside of tile {tile}");
            (_parts[tile] ??= []).Add((at, (int)length));
            at += length;
        }
        int missing = Array.FindIndex(_parts, parts => parts is null);
        if (missing >= 0) throw Cut($"has no tile {missing}");
        if (_parts.FirstOrDefault(parts => parts.Sum(p => (long)p.Length) > int.MaxValue - _header.Length - 2) is not null)
            throw _file.Unsupported("has a tile of more than 2 GiB", "smaller tiles");
    }

    /// <summary>
    /// A tile of one value takes a few bytes at any size, so a short file may be large; but none that is twice a granule and more.
    /// </summary>
    private void RequirePlausible(long bytes)
    {
        if (Image.PixelCount > LargePixels && Image.PixelCount / Math.Max(1, bytes) > MaxPixelsPerByte)
            throw _file.Damaged($"its image is said to have {Image.Width} x {Image.Height} pixels in {bytes:N0} bytes",
                $"at most {MaxPixelsPerByte:N0} pixels a byte");
    }

    private RasterFormatException Cut(string found) => _file.Damaged(found, $"all {_parts.Length} tiles");

    private SampleType TypeOf(ReadOnlySpan<byte> size, int components)
    {
        for (int c = 0; c < components; c++)
        {
            ReadOnlySpan<byte> component = size.Slice(36 + 3 * c, 3);
            if (component[0] != size[36])
                throw _file.Unsupported("its components have samples of different kinds", "components of one kind");
            if (component[1] != 1 || component[2] != 1)
                throw _file.Unsupported($"component {c} is subsampled {component[1]} x {component[2]}",
                    "a sample of every component for each pixel");
        }
        int bits = (size[36] & 0x7F) + 1;
        bool isSigned = (size[36] & 0x80) != 0;
        return (bits, isSigned) switch
        {
            ( <= 8, false) => SampleType.UInt8,
            ( <= 16, false) => SampleType.UInt16,
            ( <= 16, true) => SampleType.Int16,
            _ => throw _file.UnsupportedBits(bits),
        };
    }
}
