using System.Buffers.Binary;

namespace Asm.Hardening.Mutations;

/// <summary>Changes types, counts and values of the entries of a TIFF file's directories; classic and BigTIFF, both byte orders.</summary>
internal static class TiffFields
{
    private const int MaxDirectories = 32;

    /// <summary>The file with one to three entries changed; null where its directories cannot be followed.</summary>
    public static byte[]? Mutate(byte[] original, Random random)
    {
        bool little = original[0] == (byte)'I', big = original.Length > 16 && original[little ? 2 : 3] == 43;
        int wide = big ? 8 : 4, size = big ? 20 : 12;
        List<int> entries = Entries(original, little, big, size);
        if (entries.Count == 0) return null;
        byte[] bytes = [.. original];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int entry = entries[random.Next(entries.Count)];
            switch (random.Next(4))
            {
                case 0: Set(bytes, entry + 2, 2, little, (ulong)random.Next(20)); break;
                case 1: Set(bytes, entry + 4, wide, little, Nasty.Number(random)); break;
                default: Set(bytes, entry + 4 + wide, random.Next(2) == 0 ? 2 : wide, little, Nasty.Number(random)); break;
            }
        }
        return bytes;
    }

    private static List<int> Entries(byte[] bytes, bool little, bool big, int size)
    {
        var entries = new List<int>();
        int wide = big ? 8 : 4, counted = big ? 8 : 2;
        ulong directory = Get(bytes, wide, wide, little);
        for (int i = 0; i < MaxDirectories && directory > 0 && directory + (ulong)counted <= (ulong)bytes.Length; i++)
        {
            ulong count = Get(bytes, (int)directory, counted, little), end = directory + (ulong)counted + count * (ulong)size;
            if (count > 1000 || end + (ulong)wide > (ulong)bytes.Length) break;
            for (ulong j = 0; j < count; j++) entries.Add((int)(directory + (ulong)counted + j * (ulong)size));
            directory = Get(bytes, (int)end, wide, little);
        }
        return entries;
    }

    private static ulong Get(byte[] bytes, int at, int size, bool little)
    {
        Span<byte> buffer = stackalloc byte[8];
        buffer.Clear();
        if (at + size > bytes.Length) return 0;
        bytes.AsSpan(at, size).CopyTo(little ? buffer : buffer[(8 - size)..]);
        return little ? BinaryPrimitives.ReadUInt64LittleEndian(buffer) : BinaryPrimitives.ReadUInt64BigEndian(buffer);
    }

    private static void Set(byte[] bytes, int at, int size, bool little, ulong value)
    {
        Span<byte> buffer = stackalloc byte[8];
        if (little) BinaryPrimitives.WriteUInt64LittleEndian(buffer, value);
        else BinaryPrimitives.WriteUInt64BigEndian(buffer, value);
        (little ? buffer[..size] : buffer[(8 - size)..]).CopyTo(bytes.AsSpan(at));
    }
}
