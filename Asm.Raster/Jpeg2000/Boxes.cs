using System.Buffers.Binary;

namespace Asm.Raster.Jpeg2000;

/// <summary>
/// What the boxes of a JP2 file say (ISO/IEC 15444-1, annex I): where the codestream is, and the XML that may tell the place.
/// </summary>
internal sealed class Boxes
{
    /// <summary>Real XML boxes have a few KiB; this bounds memory.</summary>
    public const int MaxXmlBytes = 1 << 20;

    private const uint Signature = 0x6A502020, Header = 0x6A703268, Palette = 0x70636C72,
        Association = 0x61736F63, Xml = 0x786D6C20, Codestream = 0x6A703263;
    private const int MostBoxes = 10_000, MostXml = 64;

    private readonly Jpeg2000File _file;
    private int _count;

    private Boxes(Jpeg2000File file) => _file = file;

    /// <summary>The first byte of the codestream.</summary>
    public long CodestreamStart { get; private set; } = -1;

    /// <summary>The first byte after the codestream.</summary>
    public long CodestreamEnd { get; private set; }

    /// <summary>The XML boxes in their order, those inside of associations too, which is where GMLJP2 lies.</summary>
    public List<byte[]> XmlTexts { get; } = [];

    /// <summary>Reads the boxes of a JP2 file; a bare codestream is taken as it is.</summary>
    /// <exception cref="RasterFormatException">This is no JPEG 2000 file, or it is damaged.</exception>
    public static Boxes Read(Jpeg2000File file)
    {
        Span<byte> start = stackalloc byte[12];
        start.Clear();
        file.Read(0, start[..(int)Math.Min(12, file.Length)], "the signature");
        var boxes = new Boxes(file);
        if (start is [0xFF, 0x4F, 0xFF, 0x51, ..]) (boxes.CodestreamStart, boxes.CodestreamEnd) = (0, file.Length);
        else if (BinaryPrimitives.ReadUInt32BigEndian(start[4..]) == Signature) boxes.ReadRange(0, file.Length, 0);
        else
            throw new RasterFormatException(file.Name,
                $"does not start as a JPEG 2000 file does but with bytes {Convert.ToHexString(start[..8])}",
                "a .jp2 file, or a JPEG 2000 codestream",
                "check that the file is what its name says; download it anew");
        if (boxes.CodestreamStart < 0) throw file.Damaged("has no codestream", "a box jp2c with the image");
        return boxes;
    }

    private void ReadRange(long at, long end, int depth)
    {
        Span<byte> head = stackalloc byte[16];
        while (at < end)
        {
            if (++_count > MostBoxes) throw _file.Damaged($"has more than {MostBoxes} boxes", "a few");
            if (end - at < 8) throw _file.Damaged($"ends inside of a box at byte {at}", "whole boxes");
            _file.Read(at, head[..8], "a box");
            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
            int headBytes = 8;
            if (length == 1)
            {
                _file.Read(at + 8, head[8..16], "a box");
                (length, headBytes) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), long.MaxValue), 16);
            }
            else if (length == 0) length = end - at;
            if (length < headBytes || length > end - at)
                throw _file.Damaged($"the box at byte {at} is {length} bytes long, but {end - at} bytes are left",
                    "boxes inside of the file");
            ReadBox(type, at + headBytes, at + length, depth);
            at += length;
        }
    }

    private void ReadBox(uint type, long start, long end, int depth)
    {
        switch (type)
        {
            case Codestream when CodestreamStart < 0: (CodestreamStart, CodestreamEnd) = (start, end); break;
            case Header or Association when depth < 8: ReadRange(start, end, depth + 1); break;
            case Palette: throw _file.Unsupported("its samples are numbers of colours in a palette", "samples that are values themselves");
            case Xml when end - start <= MaxXmlBytes && XmlTexts.Count < MostXml:
                byte[] text = new byte[end - start];
                _file.Read(start, text, "an XML box");
                XmlTexts.Add(text);
                break;
        }
    }
}
