using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// How large the list of entries of a zip file is, before it is read: <see cref="System.IO.Compression.ZipFile"/> reads all of it.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22, MaxComment = ushort.MaxValue;

    /// <summary>
    /// Bytes from the start of the list, as the record at the file's end says it, to that record, and the entries that it counts; zeros
    /// where there is no such record, which whoever opens the file tells.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (long Bytes, long Entries) Measure(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file), start = Math.Max(0, length - EndBytes - MaxComment);
        byte[] end = new byte[length - start];
        int read = 0;
        for (int count; read < end.Length && (count = RandomAccess.Read(file, end.AsSpan(read), start + read)) > 0;) read += count;
        int at = end.AsSpan(0, read).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndBytes > read) return default;
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 10)),
            first = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        // A zip file of more than 4 GB, or of 65,535 entries and more, has them in a record before this one.
        if (at >= 76 && (first == uint.MaxValue || entries == ushort.MaxValue) && end.AsSpan(at - 76, 4).SequenceEqual("PK\u0006\u0006"u8))
        {
            entries = BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at - 76 + 32));
            first = BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at - 76 + 48));
        }
        return (start + at - first, entries);
    }
}
