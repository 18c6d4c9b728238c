using System.Buffers.Binary;
using System.Text;

namespace Asm.Training.Native;

/// <summary>
/// Edits the list of symbol versions that a 64-bit little-endian ELF library asks of other libraries (section type SHT_GNU_verneed).
/// </summary>
/// <remarks>Layout: System V ABI, ELF-64 object file format; Linux Standard Base 5.0, "Symbol Version Requirements".</remarks>
internal static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    /// <summary>Marks the named version weak wherever it is asked for: the loader then no longer refuses a system that lacks it.</summary>
    /// <param name="library">The whole file; changed in place.</param>
    /// <param name="version">The version, such as "GLIBCXX_3.4.32".</param>
    /// <returns>How many entries were marked.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public static int MakeWeak(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        try
        {
            return MarkSections(library, Encoding.ASCII.GetBytes(version));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("an ELF file whose tables point outside of it", e);
        }
    }

    private static int MarkSections(Span<byte> library, ReadOnlySpan<byte> version)
    {
        int table = Offset(library, 0x28), entrySize = U16(library, 0x3a), sections = U16(library, 0x3c);
        int marked = 0;
        for (int i = 0; i < sections; i++)
        {
            int header = table + i * entrySize;
            if (U32(library, header + 4) != SectionTypeVersionNeeds) continue;
            int names = Offset(library, table + (int)U32(library, header + 0x28) * entrySize + 0x18);
            marked += MarkNeeds(library, Offset(library, header + 0x18), (int)U32(library, header + 0x2c), names, version);
        }
        return marked;
    }

    // Every needed file has a chain of needed versions; links are distances in bytes.
    private static int MarkNeeds(Span<byte> library, int need, int needs, int names, ReadOnlySpan<byte> version)
    {
        int marked = 0;
        for (int n = 0; n < needs; n++, need += (int)U32(library, need + 12))
        {
            int entry = need + (int)U32(library, need + 8);
            for (int a = U16(library, need + 2); a > 0; a--, entry += (int)U32(library, entry + 12))
            {
                Span<byte> name = library[(names + (int)U32(library, entry + 8))..];
                if (!name.StartsWith(version) || name[version.Length] != 0) continue;
                BinaryPrimitives.WriteUInt16LittleEndian(library[(entry + 4)..], (ushort)(U16(library, entry + 4) | FlagWeak));
                marked++;
            }
        }
        return marked;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static int Offset(ReadOnlySpan<byte> bytes, int at)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
        return offset < (ulong)bytes.Length
            ? (int)offset
            : throw new ArgumentOutOfRangeException(nameof(at), offset, "outside of the file");
    }
}
