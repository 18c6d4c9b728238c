using static System.Buffers.Binary.BinaryPrimitives;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>
/// The .shx file: which record belongs to which row of the .dbf. Programs that edit a Shapefile append the shape that they changed to the
/// .shp, so the order there need not be that of the rows.
/// </summary>
internal static class ShapefileIndex
{
    private const int EntryBytes = 8;

    /// <summary>The .shp with its records in the order of the rows; the file itself where they are so.</summary>
    /// <param name="path">The path of the .shp.</param>
    /// <param name="index">The .shx file; null: the order is that of the .shp.</param>
    /// <param name="shapes">The .shp, at its start.</param>
    /// <param name="records">Its records.</param>
    /// <param name="rows">How many shapes the stream has.</param>
    /// <exception cref="AsmException">The .shx is damaged, or tells of records that the .shp does not have.</exception>
    public static Stream InOrder(string path, string? index, Stream shapes, List<ShapefileRecord> records, out int rows)
    {
        rows = records.Count;
        if (index is null) return shapes;
        long[] starts = ReadStarts(index);
        rows = starts.Length;
        if (starts.Length == records.Count && starts.Index().All(row => row.Item == records[row.Index].Start)) return shapes;
        Dictionary<long, int> bytes = records.ToDictionary(record => record.Start, record => record.Bytes);
        var ordered = new MemoryStream();
        Copy(0, ShapefileRecords.HeaderBytes);
        for (int row = 0; row < starts.Length; row++)
        {
            // A row without a shape may have no record.
            if (starts[row] == 0) ordered.Write([0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
            else if (!bytes.TryGetValue(starts[row], out int count))
                throw Unfit(index,
                    $"says that the shape of row {row + 1} is at byte {starts[row]} of {Path.GetFileName(path)}, where none is");
            else if (ordered.Length + count > shapes.Length + 12L * starts.Length)
                throw Unfit(index, "names shapes more than once");
            else Copy(starts[row], count);
        }
        byte[] length = new byte[4];
        WriteInt32BigEndian(length, (int)(ordered.Length / 2));
        ordered.Position = 24;
        ordered.Write(length);
        ordered.Position = 0;
        return ordered;

        void Copy(long start, int count)
        {
            byte[] copied = new byte[count];
            shapes.Position = start;
            shapes.ReadExactly(copied);
            ordered.Write(copied);
        }
    }

    private static long[] ReadStarts(string index)
    {
        using FileStream file = File.OpenRead(index);
        if (ShapefileRecords.FindLength(file, out long length, out _) is { } fault) throw Unfit(index, fault);
        byte[] entries = new byte[length - ShapefileRecords.HeaderBytes];
        file.ReadExactly(entries);
        return [.. Enumerable.Range(0, entries.Length / EntryBytes).Select(i => 2L * ReadUInt32BigEndian(entries.AsSpan(EntryBytes * i)))];
    }

    private static AsmException Unfit(string index, string found) => new(index, found, "the .shx that was written with the .shp",
        "copy all files of the Shapefile again, or remove the .shx: then the shapes are taken in the order of the .shp",
        AsmErrorCode.InputFormat);
}
