using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>One image file directory of a TIFF that is written: tags in ascending order, little-endian, classic or BigTIFF.</summary>
internal sealed class TiffDirectoryBuilder(bool isBig)
{
    private readonly SortedDictionary<TiffTag, (ushort Type, long Count, byte[] Bytes)> _entries = [];

    /// <summary>Bytes of the directory and of the values that do not fit into it.</summary>
    public long ByteCount => TableBytes + _entries.Values.Sum(e => Outside(e.Bytes));

    private int InlineBytes => isBig ? 8 : 4;

    private long TableBytes => isBig ? 16 + 20L * _entries.Count : 6 + 12L * _entries.Count;

    /// <summary>Sets a tag of type SHORT.</summary>
    public void Set(TiffTag tag, params ReadOnlySpan<ushort> values) => Set(tag, 3, values);

    /// <summary>Sets a tag of type LONG.</summary>
    public void Set(TiffTag tag, params ReadOnlySpan<uint> values) => Set(tag, 4, values);

    /// <summary>Sets a tag of type DOUBLE.</summary>
    public void Set(TiffTag tag, params ReadOnlySpan<double> values) => Set(tag, 12, values);

    /// <summary>Sets a tag of type ASCII; other characters go in as UTF-8, which is what GDAL does.</summary>
    public void Set(TiffTag tag, string text) => Set<byte>(tag, 2, Encoding.UTF8.GetBytes(text + '\0'));

    /// <summary>Sets offsets in the file: LONG, in a BigTIFF LONG8.</summary>
    public void SetOffsets(TiffTag tag, ReadOnlySpan<long> offsets)
    {
        if (isBig) Set(tag, 16, offsets);
        else
        {
            var narrow = new uint[offsets.Length];
            for (int i = 0; i < narrow.Length; i++) narrow[i] = checked((uint)offsets[i]);
            Set(tag, narrow);
        }
    }

    /// <summary>The directory, then its values.</summary>
    /// <param name="position">Where in the file it will lie.</param>
    /// <param name="isLast">False where another directory follows right after.</param>
    public byte[] ToBytes(long position, bool isLast)
    {
        var result = new byte[ByteCount];
        Span<byte> table = result;
        WriteNumber(ref table, _entries.Count, isBig ? 8 : 2);
        long outside = position + TableBytes;
        foreach ((TiffTag tag, (ushort type, long count, byte[] bytes)) in _entries)
        {
            WriteNumber(ref table, (ushort)tag, 2);
            WriteNumber(ref table, type, 2);
            WriteNumber(ref table, count, InlineBytes);
            if (Outside(bytes) == 0)
            {
                bytes.CopyTo(table);
                table = table[InlineBytes..];
            }
            else
            {
                WriteNumber(ref table, outside, InlineBytes);
                bytes.CopyTo(result.AsSpan((int)(outside - position)));
                outside += Outside(bytes);
            }
        }
        WriteNumber(ref table, isLast ? 0 : position + ByteCount, InlineBytes);
        return result;
    }

    private void Set<T>(TiffTag tag, ushort type, ReadOnlySpan<T> values) where T : unmanaged =>
        _entries[tag] = (type, values.Length, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Bytes that a value takes beside the table; values begin at even offsets.</summary>
    private long Outside(byte[] bytes) => bytes.Length <= InlineBytes ? 0 : bytes.Length + (bytes.Length & 1);

    private static void WriteNumber(ref Span<byte> to, long value, int byteCount)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(all, value);
        all[..byteCount].CopyTo(to);
        to = to[byteCount..];
    }
}
