using System.Buffers.Binary;
using Asm.Raster.Projections;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Readers;
using EsriReader = NetTopologySuite.IO.Esri.Shapefiles.Readers.ShapefileReader;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Reads an ESRI Shapefile: .shp (shapes), .dbf (attributes), .prj (CRS) and .cpg (encoding of text).</summary>
internal static class ShapefileReader
{
    private const string Format = "Shapefile";

    private static readonly string[] s_beside = [".shx", ".dbf", ".prj", ".cpg"];

    public static VectorLayer Read(string path, string? layer)
    {
        VectorFile.RequireLayer(path, layer);
        string table = Sibling(path, ".dbf")
            ?? throw new AsmException(path, "there is no .dbf file beside it", "the attributes in a .dbf file beside the .shp",
                "copy all files of the Shapefile: .shp, .shx, .dbf, .prj, .cpg", AsmErrorCode.InputFormat);
        string prj = Sibling(path, ".prj")
            ?? throw new AsmException(path, "has no CRS: there is no .prj file beside it", "the CRS in a .prj file beside the .shp",
                "copy the .prj too, or make it: gdalsrsinfo -o wkt1 EPSG:CODE > NAME.prj", AsmErrorCode.Crs);
        Crs crs = Crs.FromWkt(File.ReadAllText(prj), prj);
        var options = new ShapefileReaderOptions
        {
            Encoding = DbfText.FindEncoding(Sibling(path, ".cpg"), table),
            GeometryBuilderMode = GeometryBuilderMode.IgnoreInvalidShapes
        };
        using FileStream shapes = File.OpenRead(path), attributes = File.OpenRead(table);
        if (ShapefileRecords.FindFault(shapes) is { } fault) throw VectorFile.Damaged(path, fault, Format);
        RequireWholeTable(table, attributes);
        try
        {
            using EsriReader reader = Shapefile.OpenRead(shapes, attributes, options);
            return Read(path, reader, crs);
        }
        // The library throws many kinds of errors at damaged files, IndexOutOfRange and FileLoad among them.
        catch (Exception e) when (e is not AsmException)
        {
            throw VectorFile.Damaged(path, $"cannot be read as a Shapefile: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, EsriReader reader, Crs crs)
    {
        string[] fields = [.. reader.Fields.Select(field => field.Name)];
        var builder = new LayerBuilder(path, crs);
        for (int row = 1; reader.Read(out bool isDeleted); row++)
        {
            if (isDeleted) continue;
            var attributes = new Dictionary<string, object?>(fields.Length);
            foreach (DbfField field in reader.Fields) attributes[field.Name] = DbfText.Value(field.Value);
            builder.Add(row, Single(reader.Geometry), attributes, ShapefileRings.Rebuild);
        }
        return builder.Build(fields);
    }

    /// <summary>A polygon or line rather than a collection of one: Shapefiles do not tell the two apart.</summary>
    private static Geometry? Single(Geometry? geometry) => geometry is GeometryCollection { Count: 1 } one ? one[0] : geometry;

    /// <summary>The file of the same name with another ending, however its letters are written.</summary>
    /// <summary>The .shp and the files that are read or written with it; those that are missing as they would be called.</summary>
    public static IReadOnlyList<string> FilesOf(string path) =>
        [path, .. s_beside.Select(ending => Sibling(path, ending) ?? Path.ChangeExtension(path, ending))];

    private static string? Sibling(string path, string extension)
    {
        string name = Path.GetFileNameWithoutExtension(path) + extension;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) return null;
        string[] found = [.. Directory.EnumerateFiles(folder)
            .Where(file => string.Equals(Path.GetFileName(file), name, StringComparison.OrdinalIgnoreCase))];
        return found.FirstOrDefault(file => Path.GetFileName(file) == name) ?? found.FirstOrDefault();
    }

    private static void RequireWholeTable(string path, FileStream file)
    {
        Span<byte> header = stackalloc byte[32];
        bool isComplete = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
        if (!isComplete) throw VectorFile.Damaged(path, "is too short for a dBASE table", Format);
        long bytes = BinaryPrimitives.ReadUInt16LittleEndian(header[8..])
            + (long)BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) * BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        if (bytes > file.Length) throw VectorFile.Damaged(path, $"is cut short: it has {file.Length} of {bytes} bytes", Format);
        file.Position = 0;
    }
}
