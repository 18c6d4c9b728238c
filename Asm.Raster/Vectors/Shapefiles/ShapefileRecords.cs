using static System.Buffers.Binary.BinaryPrimitives;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>
/// Looks at the headers of a .shp file and of its records (ESRI Shapefile Technical Description, 1998) before the library reads it, which
/// believes every count in them and would ask for as much memory.
/// </summary>
internal static class ShapefileRecords
{
    private const int HeaderBytes = 100, FileCode = 9994;

    // Record number and length; then type, box, counts.
    private const int RecordHeaderBytes = 8, TypeBytes = 4, CountsAt = 36;

    /// <summary>Leaves the file at its start.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(Stream file)
    {
        byte[] header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || ReadInt32BigEndian(header) != FileCode)
            return "does not start as a Shapefile does";
        long length = 2L * ReadInt32BigEndian(header.AsSpan(24));
        if (length > file.Length) return $"is cut short: it has {file.Length} of {length} bytes";
        long record = 1;
        for (long at = HeaderBytes; at < length; record++)
        {
            file.Position = at;
            if (length - at < RecordHeaderBytes + TypeBytes) return $"record {record} is cut short";
            file.ReadExactly(header, 0, RecordHeaderBytes);
            long bytes = 2L * ReadInt32BigEndian(header.AsSpan(4));
            at += RecordHeaderBytes + bytes;
            if (bytes < TypeBytes || at > length) return $"record {record} is said to have {bytes} bytes";
            if (!IsConsistent(file, bytes)) return $"record {record} has {bytes} bytes, which does not fit its numbers of parts and points";
        }
        file.Position = 0;
        return null;
    }

    private static bool IsConsistent(Stream file, long bytes)
    {
        byte[] content = new byte[Math.Min(bytes, CountsAt + 8)];
        file.ReadExactly(content);
        switch (ReadInt32LittleEndian(content))
        {
            case 3 or 5 or 13 or 15 or 23 or 25:
                if (content.Length < CountsAt + 8) return false;
                int parts = ReadInt32LittleEndian(content.AsSpan(CountsAt)), points = ReadInt32LittleEndian(content.AsSpan(CountsAt + 4));
                return parts >= 0 && points >= 0 && CountsAt + 8 + 4L * parts + 16L * points <= bytes && AreAscending(file, parts, points);
            case 8 or 18 or 28:
                return content.Length >= CountsAt + 4 && ReadInt32LittleEndian(content.AsSpan(CountsAt)) is >= 0 and var count
                    && CountsAt + 4 + 16L * count <= bytes;
            default:
                return true;
        }
    }

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
