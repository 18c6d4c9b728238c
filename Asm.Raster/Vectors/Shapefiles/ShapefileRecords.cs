using static System.Buffers.Binary.BinaryPrimitives;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>
/// Looks at the headers of a .shp file and of its records (ESRI Shapefile Technical Description, 1998) before the library reads it, which
/// believes every count in them and would ask for as much memory.
/// </summary>
internal static class ShapefileRecords
{
    /// <summary>Bytes of the header of a .shp and a .shx.</summary>
    public const int HeaderBytes = 100;

    /// <summary>Bytes of the number and the length before each record.</summary>
    public const int RecordHeaderBytes = 8;

    private const int FileCode = 9994, TypeBytes = 4, MultiPatch = 31;

    // After the type and the box.
    private const int CountsAt = 36;

    /// <summary>Finds the records. Leaves the file at its start.</summary>
    /// <param name="file">The .shp.</param>
    /// <param name="records">The records, in the order of the file.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Find(Stream file, out List<ShapefileRecord> records)
    {
        records = [];
        if (FindLength(file, out long length, out int type) is { } fault) return fault;
        byte[] header = new byte[RecordHeaderBytes];
        for (long at = HeaderBytes; at < length;)
        {
            int record = records.Count + 1;
            file.Position = at;
            if (length - at < RecordHeaderBytes + TypeBytes) return $"record {record} is cut short";
            file.ReadExactly(header);
            long bytes = 2L * ReadInt32BigEndian(header.AsSpan(4));
            if (bytes < TypeBytes || bytes > length - at - RecordHeaderBytes) return $"record {record} is said to have {bytes} bytes";
            if (FindFault(file, bytes, type) is { } wrong) return $"record {record} {wrong}";
            records.Add(new(at, (int)(RecordHeaderBytes + bytes)));
            at += RecordHeaderBytes + bytes;
        }
        file.Position = 0;
        return null;
    }

    /// <summary>Looks at the header of a .shp or a .shx.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindLength(Stream file, out long length, out int type)
    {
        byte[] header = new byte[HeaderBytes];
        (length, type) = (0, 0);
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || ReadInt32BigEndian(header) != FileCode)
            return "does not start as a Shapefile does";
        (length, type) = (2L * ReadInt32BigEndian(header.AsSpan(24)), ReadInt32LittleEndian(header.AsSpan(32)));

        // Some writers leave the length of a file without records at 0.
        if (length == 0 && file.Length == HeaderBytes) length = HeaderBytes;
        return length < HeaderBytes ? $"is said to have {length} bytes"
            : length > file.Length ? $"is cut short: it has {file.Length} of {length} bytes"
            : null;
    }

    private static string? FindFault(Stream file, long bytes, int typeOfFile)
    {
        byte[] content = new byte[Math.Min(bytes, CountsAt + 8)];
        file.ReadExactly(content);
        int type = ReadInt32LittleEndian(content);
        string unfit = $"has {bytes} bytes, which does not fit its numbers of parts and points";
        if (type == 0) return null;
        if (type == MultiPatch) return "is a MultiPatch, a body and no shape on a map";
        if (type != typeOfFile) return $"has the type {type}, the file {typeOfFile}";
        switch (type)
        {
            case 1 or 11 or 21:
                return bytes >= type switch { 1 => 20, 11 => 28, _ => 28 } ? null : unfit;
            case 3 or 5 or 13 or 15 or 23 or 25:
                if (content.Length < CountsAt + 8) return unfit;
                int parts = ReadInt32LittleEndian(content.AsSpan(CountsAt)), points = ReadInt32LittleEndian(content.AsSpan(CountsAt + 4));
                return parts >= 0 && points >= 0 && CountsAt + 8 + 4L * parts + (16L + HeightBytes(type)) * points <= bytes
                    && AreAscending(file, parts, points) ? null : unfit;
            case 8 or 18 or 28:
                return content.Length >= CountsAt + 4 && ReadInt32LittleEndian(content.AsSpan(CountsAt)) is >= 0 and var count
                    && CountsAt + 4 + (16L + HeightBytes(type)) * count <= bytes ? null : unfit;
            default:
                return $"has the type {type}, which there is not";
        }
    }

    // Types of 11 to 18 have a height for each point. Measures may be left out.
    private static int HeightBytes(int type) => type is >= 11 and <= 18 ? 8 : 0;

    /// <summary>True where each part starts at or after the one before it, and inside of the points.</summary>
    private static bool AreAscending(Stream file, int parts, int points)
    {
        byte[] starts = new byte[4 * parts];
        file.ReadExactly(starts);
        int last = 0;
        for (int i = 0; i < parts; i++)
        {
            int start = ReadInt32LittleEndian(starts.AsSpan(4 * i));
            if (start < last || start > points) return false;
            last = start;
        }
        return true;
    }
}
