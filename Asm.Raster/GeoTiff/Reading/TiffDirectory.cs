using System.Text;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// One image file directory: the tags of one image and where their values lie. Values are read on demand and never
/// trusted for an allocation.
/// </summary>
internal sealed class TiffDirectory
{
    /// <summary>Real directories have about 30 entries; this bounds memory for damaged ones.</summary>
    private const int MaxEntries = 4096;

    private readonly TiffFile _file;
    private readonly Dictionary<int, Entry> _entries = [];

    private TiffDirectory(TiffFile file) => _file = file;

    private readonly record struct Entry(int Type, long Count, long Offset);

    /// <summary>Reads the directory at an offset, and the offset of the next one (0 where there is none).</summary>
    public static (TiffDirectory Directory, long Next) Read(TiffFile file, long offset)
    {
        bool big = file.IsBigTiff;
        int countBytes = big ? 8 : 2, entryBytes = big ? 20 : 12, offsetBytes = big ? 8 : 4;
        Span<byte> head = stackalloc byte[8];
        file.Read(offset, head[..countBytes], "a directory");
        long count = big ? file.Int64(head) : file.UInt16(head);
        if (count is < 1 or > MaxEntries) throw file.Damaged($"the directory at byte {offset} has {count} entries", $"1 to {MaxEntries}");
        byte[] bytes = new byte[count * entryBytes + offsetBytes];
        file.Read(offset + countBytes, bytes, "a directory");

        var directory = new TiffDirectory(file);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = bytes.AsSpan(i * entryBytes, entryBytes);
            int tag = file.UInt16(entry), type = file.UInt16(entry[2..]);
            long valueCount = big ? file.Int64(entry[4..]) : file.UInt32(entry[4..]);
            ReadOnlySpan<byte> value = entry[^offsetBytes..];
            int size = TypeBytes(type);
            // Small values lie in the entry itself; either way the entry keeps where in the file they are. Unknown types are
            // skipped, as the format asks.
            if (size == 0 || valueCount < 0) continue;
            bool isInline = valueCount <= offsetBytes / size;
            long at = isInline ? offset + countBytes + (long)(i + 1) * entryBytes - offsetBytes
                : big ? file.Int64(value)
                : file.UInt32(value);
            directory._entries.TryAdd(tag, new Entry(type, valueCount, at));
        }
        ReadOnlySpan<byte> next = bytes.AsSpan(^offsetBytes..);
        return (directory, big ? file.Int64(next) : file.UInt32(next));
    }

    public bool Has(TiffTag tag) => _entries.ContainsKey((int)tag);

    /// <summary>The first value of an integer tag, or the fallback where the tag is missing.</summary>
    public long Integer(TiffTag tag, long fallback)
    {
        long[] values = Integers(tag, 1);
        return values.Length > 0 ? values[0] : fallback;
    }

    /// <summary>The values of an integer tag, at most <paramref name="maxCount"/>; empty where the tag is missing.</summary>
    public long[] Integers(TiffTag tag, int maxCount)
    {
        (byte[] bytes, int type, int size) = Bytes(tag, maxCount);
        if (bytes.Length > 0 && type is not (1 or 3 or 4 or 6 or 8 or 9 or 13 or 16 or 17 or 18)) throw WrongType(tag, type, "integers");
        long[] values = new long[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(i * size);
            values[i] = type switch
            {
                1 => at[0],
                6 => (sbyte)at[0],
                3 => _file.UInt16(at),
                8 => (short)_file.UInt16(at),
                9 => (int)_file.UInt32(at),
                4 or 13 => _file.UInt32(at),
                _ => _file.Int64(at),
            };
        }
        return values;
    }

    /// <summary>The values of a floating-point tag, at most <paramref name="maxCount"/>; empty where the tag is missing.</summary>
    public double[] Doubles(TiffTag tag, int maxCount)
    {
        (byte[] bytes, int type, int size) = Bytes(tag, maxCount);
        if (bytes.Length > 0 && type is not (11 or 12)) throw WrongType(tag, type, "floating-point numbers");
        double[] values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(i * size);
            values[i] = type == 11 ? BitConverter.UInt32BitsToSingle(_file.UInt32(at)) : BitConverter.Int64BitsToDouble(_file.Int64(at));
        }
        return values;
    }

    /// <summary>The text of a tag without the zero that ends it, or null where the tag is missing.</summary>
    public string? Text(TiffTag tag, int maxBytes)
    {
        if (!_entries.TryGetValue((int)tag, out Entry entry)) return null;
        if (entry.Count > maxBytes) throw _file.Damaged($"tag {tag} holds {entry.Count} bytes", $"at most {maxBytes}");
        (byte[] bytes, int type, _) = Bytes(tag, maxBytes);
        if (type is not (1 or 2 or 7)) throw WrongType(tag, type, "text");
        int end = Array.IndexOf(bytes, (byte)0);
        return Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end);
    }

    private (byte[] Bytes, int Type, int Size) Bytes(TiffTag tag, int maxCount)
    {
        if (!_entries.TryGetValue((int)tag, out Entry entry)) return ([], 0, 1);
        int size = TypeBytes(entry.Type);
        long length = Math.Min(entry.Count, maxCount) * size;
        // Checked before the array is made, so that a damaged count costs no memory.
        if (entry.Offset < 0 || entry.Offset > _file.Length - length)
            throw _file.Damaged($"the {entry.Count} values of tag {tag} lie at byte {entry.Offset}, but the file has {_file.Length} bytes",
                "all of them inside of the file");
        byte[] bytes = new byte[length];
        _file.Read(entry.Offset, bytes, $"tag {tag}");
        return (bytes, entry.Type, size);
    }

    private RasterFormatException WrongType(TiffTag tag, int type, string expected) =>
        _file.Damaged($"tag {tag} has field type {type}", expected);

    private static int TypeBytes(int type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };
}
