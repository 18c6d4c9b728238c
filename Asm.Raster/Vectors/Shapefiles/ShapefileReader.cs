using System.Text;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Curves;
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
                "copy the .prj too, or make it: gdalsrsinfo --single-line -o wkt_esri EPSG:CODE > NAME.prj", AsmErrorCode.Crs);
        Crs crs = Crs.FromWkt(File.ReadAllText(prj), prj);
        using FileStream shapes = File.OpenRead(path), attributes = File.OpenRead(table);
        if (ShapefileRecords.Find(shapes, out List<ShapefileRecord> records) is { } fault) throw VectorFile.Damaged(path, fault, Format);
        if (DbfHeader.Read(attributes, out DbfHeader header) is { } bad) throw VectorFile.Damaged(table, bad, Format);
        using Stream ordered = ShapefileIndex.InOrder(path, Sibling(path, ".shx"), shapes, records, out int rows);
        if (rows != header.Rows)
            throw VectorFile.Damaged(path, $"has {rows} shapes, and the .dbf beside it {header.Rows} rows of attributes", Format);
        (Encoding encoding, string? note) = DbfText.FindEncoding(Sibling(path, ".cpg"), attributes, header);
        var options = new ShapefileReaderOptions
        {
            Encoding = ByteEscapes.Of(encoding),
            GeometryBuilderMode = GeometryBuilderMode.IgnoreInvalidShapes,
            Factory = new RingFactory(crs),
        };
        try
        {
            using EsriReader reader = Shapefile.OpenRead(ordered, attributes, options);
            return Read(path, reader, crs, encoding, note);
        }
        // The library throws many kinds of errors at damaged files, IndexOutOfRange and FileLoad among them.
        catch (Exception e) when (e is not AsmException)
        {
            throw VectorFile.Damaged(path, $"cannot be read as a Shapefile: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, EsriReader reader, Crs crs, Encoding encoding, string? note)
    {
        string[] fields = [.. reader.Fields.Select(field => field.Name)];
        var names = new FieldNames(fields);
        var builder = new LayerBuilder(path, crs);
        if (note is not null) builder.Note(note);
        int? broken = null;
        for (int row = 1; reader.Read(out bool isDeleted); row++)
        {
            if (isDeleted) continue;
            var attributes = new SparseAttributes(names);
            foreach (DbfField field in reader.Fields)
            {
                object? value = DbfText.Value(field.Value);
                attributes.Set(field.Name, value);
                if (value is string text && text.Contains(@"\x", StringComparison.Ordinal)) broken ??= row;
            }
            builder.Add(row, Single(reader.Geometry), attributes, ShapefileRings.Rebuild);
        }
        if (broken is { } first)
            builder.Note($"its text is not all {encoding.WebName} (row {first} is the first): bytes that are no letters stand as \\xNN");
        return builder.Build(fields);
    }

    /// <summary>A polygon or line rather than a collection of one: Shapefiles do not tell the two apart.</summary>
    private static Geometry? Single(Geometry? geometry) => geometry is GeometryCollection { Count: 1 } one ? one[0] : geometry;

    /// <summary>The .shp and the files that are read or written with it; those that are missing as they would be called.</summary>
    public static IReadOnlyList<string> FilesOf(string path) =>
        [path, .. s_beside.Select(ending => Sibling(path, ending) ?? Path.ChangeExtension(path, ending))];

    /// <summary>The file of the same name with another ending, however its letters are written.</summary>
    private static string? Sibling(string path, string extension)
    {
        string name = Path.GetFileNameWithoutExtension(path) + extension;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) return null;
        string[] found = [.. Directory.EnumerateFiles(folder)
            .Where(file => string.Equals(Path.GetFileName(file), name, StringComparison.OrdinalIgnoreCase))];
        return found.FirstOrDefault(file => Path.GetFileName(file) == name) ?? found.FirstOrDefault();
    }
}
