using System.Buffers.Binary;

namespace Asm.Tests.Raster.GeoTiff.Reading;

/// <summary>Writes a TIFF byte by byte, right or wrong, for tests that need exact tags.</summary>
internal sealed class TiffBuilder(bool bigTiff = false, bool bigEndian = false)
{
    private readonly List<SortedDictionary<int, (int Type, double[] Values)>> _directories = [];
    private readonly List<byte[][]> _blocks = [];

    /// <summary>Field types by size: 2 text, 3 16 bits, 4 32 bits, 12 double, 16 64 bits.</summary>
    public TiffBuilder Tag(int tag, int type, params double[] values)
    {
        _directories[^1][tag] = (type, values);
        return this;
    }

    public TiffBuilder Text(int tag, string text) => Tag(tag, 2, [.. text.Select(c => (double)c), 0]);

    public TiffBuilder Without(int tag)
    {
        _directories[^1].Remove(tag);
        return this;
    }

    /// <summary>Starts an image of one strip a block; tags can be replaced afterwards.</summary>
    public TiffBuilder Image(int width, int height, int bits, int sampleFormat, int bands, int rowsPerStrip, params byte[][] blocks)
    {
        _directories.Add([]);
        _blocks.Add(blocks);
        return Tag(256, 4, width).Tag(257, 4, height).Tag(258, 3, [.. Enumerable.Repeat((double)bits, bands)]).Tag(259, 3, 1).Tag(262, 3, 1)
            .Tag(277, 3, bands).Tag(278, 4, rowsPerStrip).Tag(284, 3, 1).Tag(339, 3, [.. Enumerable.Repeat((double)sampleFormat, bands)]);
    }

    /// <summary>A 3 x 2 image of uint8 samples 1 to 6, without compression.</summary>
    public TiffBuilder SixPixels() => Image(3, 2, 8, 1, 1, 2, [1, 2, 3, 4, 5, 6]);

    public string Save(string path)
    {
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        stream.Write(bigEndian ? "MM"u8 : "II"u8);
        Number(stream, 2, bigTiff ? 43 : 42);
        if (bigTiff) Number(stream, 4, 8L << (bigEndian ? 16 : 0));
        long link = stream.Position;
        Number(stream, OffsetBytes, 0);
        for (int i = 0; i < _directories.Count; i++)
        {
            SortedDictionary<int, (int Type, double[] Values)> tags = _directories[i];
            var offsets = new List<double>();
            foreach (byte[] block in _blocks[i])
            {
                offsets.Add(stream.Position);
                stream.Write(block);
                if (stream.Position % 2 != 0) stream.WriteByte(0);
            }
            bool tiled = tags.ContainsKey(322);
            tags.TryAdd(tiled ? 324 : 273, (4, [.. offsets]));
            tags.TryAdd(tiled ? 325 : 279, (4, [.. _blocks[i].Select(b => (double)b.Length)]));
            Dictionary<int, long> places = WriteLongValues(stream, tags);
            long at = stream.Position;
            stream.Position = link;
            Number(stream, OffsetBytes, at);
            stream.Position = at;
            link = WriteDirectory(stream, tags, places);
        }
        return stream.ToArray();
    }

    private int OffsetBytes => bigTiff ? 8 : 4;

    private Dictionary<int, long> WriteLongValues(MemoryStream stream, SortedDictionary<int, (int Type, double[] Values)> tags)
    {
        var places = new Dictionary<int, long>();
        foreach ((int tag, (int type, double[] values)) in tags)
        {
            if (values.Length * Size(type) <= OffsetBytes) continue;
            places[tag] = stream.Position;
            foreach (double value in values) Value(stream, type, value);
            if (stream.Position % 2 != 0) stream.WriteByte(0);
        }
        return places;
    }

    private long WriteDirectory(MemoryStream stream, SortedDictionary<int, (int Type, double[] Values)> tags, Dictionary<int, long> places)
    {
        Number(stream, bigTiff ? 8 : 2, tags.Count);
        foreach ((int tag, (int type, double[] values)) in tags)
        {
            Number(stream, 2, tag);
            Number(stream, 2, type);
            Number(stream, OffsetBytes, values.Length);
            long end = stream.Position + OffsetBytes;
            if (places.TryGetValue(tag, out long place)) Number(stream, OffsetBytes, place);
            else foreach (double value in values) Value(stream, type, value);
            while (stream.Position < end) stream.WriteByte(0);
        }
        Number(stream, OffsetBytes, 0);
        return stream.Position - OffsetBytes;
    }

    private static int Size(int type) => type switch { 2 => 1, 3 => 2, 4 => 4, _ => 8 };

    private void Value(MemoryStream stream, int type, double value) => Number(stream, Size(type), type == 12 ? BitConverter.DoubleToInt64Bits(value) : (long)value);

    private void Number(MemoryStream stream, int bytes, long value)
    {
        Span<byte> buffer = stackalloc byte[8];
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer, value);
            stream.Write(buffer[(8 - bytes)..]);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
            stream.Write(buffer[..bytes]);
        }
    }
}
