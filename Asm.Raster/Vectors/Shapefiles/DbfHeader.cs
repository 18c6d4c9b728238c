using System.Text;
using System.Text.Unicode;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>The header of a .dbf file (dBASE III): how many rows, and where text is in them.</summary>
/// <param name="Rows">How many rows, deleted ones included.</param>
/// <param name="HeaderBytes">Where the rows start.</param>
/// <param name="RowBytes">How long each is.</param>
/// <param name="Language">The language driver, which says how text is encoded; 0 where it says nothing.</param>
/// <param name="Text">The columns of text: where each starts in a row, and how long it is.</param>
internal sealed record DbfHeader(int Rows, int HeaderBytes, int RowBytes, byte Language, IReadOnlyList<(int Start, int Bytes)> Text)
{
    private const int FixedBytes = 32, FieldBytes = 32, LanguageAt = 29;

    /// <summary>Reads the header. Leaves the file at its start.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(Stream file, out DbfHeader header)
    {
        header = new(0, 0, 0, 0, []);
        byte[] start = new byte[FixedBytes];
        if (file.ReadAtLeast(start, FixedBytes, throwOnEndOfStream: false) < FixedBytes) return "is too short for a dBASE table";
        uint rows = ReadUInt32LittleEndian(start.AsSpan(4));
        int headerBytes = ReadUInt16LittleEndian(start.AsSpan(8)), rowBytes = ReadUInt16LittleEndian(start.AsSpan(10));
        long bytes = headerBytes + (long)rows * rowBytes;
        if (headerBytes < FixedBytes || rowBytes < 1) return "is no dBASE table";
        if (bytes > file.Length) return $"is cut short: it has {file.Length} of {bytes} bytes";
        byte[] fields = new byte[headerBytes - FixedBytes];
        file.ReadExactly(fields);
        file.Position = 0;
        var text = new List<(int, int)>();
        int at = 1;
        for (int i = 0; i + FieldBytes <= fields.Length && fields[i] is not (0x0D or 0); i += FieldBytes)
        {
            if (fields[i + 11] == 'C') text.Add((at, fields[i + 16]));
            at += fields[i + 16];
            if (at > rowBytes) return $"has fields of {at} bytes and more in rows of {rowBytes}";
        }
        header = new((int)Math.Min(rows, int.MaxValue), headerBytes, rowBytes, start[LanguageAt], text);
        return null;
    }

    /// <summary>Looks at the text of all rows. Leaves the file at its start.</summary>
    public DbfTextKind FindText(Stream file)
    {
        byte[] row = new byte[RowBytes];
        DbfTextKind kind = DbfTextKind.Ascii;
        file.Position = HeaderBytes;
        for (int i = 0; i < Rows && kind != DbfTextKind.Other; i++)
        {
            file.ReadExactly(row);
            foreach ((int start, int length) in Text)
            {
                ReadOnlySpan<byte> value = row.AsSpan(start, length);
                if (!Ascii.IsValid(value)) kind = IsUtf8(value) ? DbfTextKind.Utf8 : DbfTextKind.Other;
                if (kind == DbfTextKind.Other) break;
            }
        }
        file.Position = 0;
        return kind;
    }

    /// <summary>True for UTF-8, of which a full field may have cut the last letter.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> value)
    {
        for (int cut = 0; cut <= 3 && cut < value.Length; cut++)
            if (Utf8.IsValid(value[..^cut])) return cut == 0 || IsStart(value[^cut..]);
        return false;
    }

    /// <summary>True for the first bytes of a letter of more.</summary>
    private static bool IsStart(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeFromUtf8(bytes, out _, out _) == System.Buffers.OperationStatus.NeedMoreData;
}
