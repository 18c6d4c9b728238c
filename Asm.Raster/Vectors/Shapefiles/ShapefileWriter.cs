using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;
using EsriWriter = NetTopologySuite.IO.Esri.Shapefiles.Writers.ShapefileWriter;

namespace Asm.Raster;

/// <summary>Writes an ESRI Shapefile with text in UTF-8.</summary>
internal static class ShapefileWriter
{
    // The last one tells that the others are there. Indexes of other programs go stale with the shapes.
    private static readonly string[] Parts = [".shx", ".dbf", ".prj", ".cpg", ".shp"], Indexes = [".qix", ".sbn", ".sbx", ".fix"];

    private const string OtherFormat = "write a .gpkg, which has no such limit";

    public static void Write(string path, VectorLayer layer, bool overwrite)
    {
        DbfColumn[] columns = DbfColumn.Of(path, layer);
        ShapeType type = TypeOf(path, layer);
        foreach (string part in Parts) AsideFile.RequireFree(Path.ChangeExtension(path, part), overwrite);
        string parent = Path.GetDirectoryName(Path.GetFullPath(path))!, folder = AsideFile.NameBeside(path, "partial");
        AsideFile.Try(path, () =>
        {
            if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"there is no folder {parent}");
            Directory.CreateDirectory(folder);
            try
            {
                WriteParts(folder, layer, columns, type);
                foreach (string part in Parts) File.Move(Path.Combine(folder, part), Path.ChangeExtension(path, part), overwrite);
                foreach (string index in Indexes) File.Delete(Path.ChangeExtension(path, index));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
    }

    /// <summary>Writes the files of a Shapefile under their endings.</summary>
    private static void WriteParts(string folder, VectorLayer layer, DbfColumn[] columns, ShapeType type)
    {
        // The streams are this method's own: the library passes over a full disk where it closes its own.
        FileStream[] files = [.. Parts.Select(part => new FileStream(Path.Combine(folder, part), FileMode.CreateNew, FileAccess.ReadWrite))];
        try
        {
            FileStream File(string part) => files[Array.IndexOf(Parts, part)];
            var encoding = new UTF8Encoding(false);
            var options = new ShapefileWriterOptions(type, [.. columns.Select(column => column.Field)]) { Encoding = encoding, Projection = layer.Crs.Wkt };
            using (EsriWriter writer = Shapefile.OpenWrite(File(".shp"), File(".shx"), File(".dbf"), File(".prj"), options)) WriteFeatures(writer, layer, columns, type);
            File(".cpg").Write(encoding.GetBytes("UTF-8"));
            foreach (FileStream file in files) file.Flush(flushToDisk: true);
        }
        finally
        {
            foreach (FileStream file in files) Close(file);
        }
    }

    /// <summary>Closing writes what is buffered after a failure, which fails again on a full disk; the file goes anyway.</summary>
    private static void Close(FileStream file)
    {
        try { file.Dispose(); }
        catch (IOException) { }
    }

    private static void WriteFeatures(EsriWriter writer, VectorLayer layer, DbfColumn[] columns, ShapeType type)
    {
        foreach (VectorFeature feature in layer.Features)
        {
            foreach (DbfColumn column in columns) column.Set(feature);
            writer.Geometry = type == ShapeType.Point ? feature.Geometry : Oriented(LayerShapes.ToMultiple(feature.Geometry));
            writer.Write();
        }
    }

    /// <summary>Shells run clockwise and holes the other way: rings of a Shapefile are told apart by that alone.</summary>
    private static Geometry Oriented(Geometry geometry) => geometry is not MultiPolygon polygons ? geometry
        : geometry.Factory.CreateMultiPolygon([.. polygons.Geometries.Cast<Polygon>().Select(polygon =>
            geometry.Factory.CreatePolygon(Oriented(polygon.Shell, isShell: true), [.. polygon.Holes.Select(hole => Oriented(hole, isShell: false))]))]);

    private static LinearRing Oriented(LinearRing ring, bool isShell) => ring.IsCCW == isShell ? (LinearRing)ring.Reverse() : ring;

    private static ShapeType TypeOf(string path, VectorLayer layer) => LayerShapes.CommonKind(layer) switch
    {
        OgcGeometryType.Polygon or OgcGeometryType.MultiPolygon => ShapeType.Polygon,
        OgcGeometryType.LineString or OgcGeometryType.MultiLineString => ShapeType.PolyLine,
        OgcGeometryType.Point => ShapeType.Point,
        OgcGeometryType.MultiPoint => ShapeType.MultiPoint,
        null when layer.Features.Count == 0 => ShapeType.Polygon,
        _ => throw new AsmException(path, $"the layer mixes {string.Join(", ", layer.Features.Select(feature => feature.Geometry.GeometryType).Distinct())}", "only points, only lines or only polygons, as a Shapefile holds", OtherFormat),
    };

    /// <summary>A column of the .dbf table.</summary>
    private sealed record DbfColumn(string Path, AttributeColumn Column, DbfField Field)
    {
        // GDAL reads wider integers as real numbers; text is limited by the format.
        private const int MaxNameBytes = 10, MaxDigits = 18, MaxTextBytes = 254, RealLength = 24, RealDecimals = 15;

        public static DbfColumn[] Of(string path, VectorLayer layer)
        {
            AttributeColumn[] columns = AttributeColumn.Of(layer);
            AttributeColumn.RequireDistinct(path, columns);
            return [.. columns.Select(column => new DbfColumn(path, column, NewField(path, column, layer)))];
        }

        /// <summary>Puts a feature's value where the writer takes it from.</summary>
        public void Set(VectorFeature feature)
        {
            object? value = Column.Value(feature);
            int limit = Column.Kind == AttributeKind.Integer ? MaxDigits : MaxTextBytes;
            if (value is string or long && Encoding.UTF8.GetByteCount(value.ToString()!) > limit)
                throw new AsmException(Path, $"field {Column.Name} of row {feature.Row} is longer than {limit} {(value is long ? "digits" : "bytes")}", "values that a Shapefile can hold", OtherFormat);
            Field.Value = value is long whole ? (decimal)whole : value;
        }

        private static DbfField NewField(string path, AttributeColumn column, VectorLayer layer)
        {
            if (Encoding.UTF8.GetByteCount(column.Name) > MaxNameBytes)
                throw new AsmException(path, $"the field {column.Name} has a name longer than {MaxNameBytes} bytes", "short names, as a Shapefile holds", $"rename it, or {OtherFormat}");

            // The library numbers the blanks of a field of this name by itself.
            if (string.Equals(column.Name, "id", StringComparison.OrdinalIgnoreCase) && layer.Features.Any(feature => column.Value(feature) is null))
                throw new AsmException(path, $"the field {column.Name} is blank in some rows", "an id in every row, as a Shapefile needs", $"fill it in, or {OtherFormat}");
            return column.Kind switch
            {
                AttributeKind.Integer => new DbfNumericDecimalField(column.Name, MaxDigits, 0),
                AttributeKind.Real => new DbfFloatField(column.Name, RealLength, RealDecimals),
                AttributeKind.Boolean => new DbfLogicalField(column.Name),
                _ => new DbfCharacterField(column.Name, Math.Max(1, layer.Features.Max(feature => (int?)Encoding.UTF8.GetByteCount((string?)column.Value(feature) ?? "")) ?? 1)),
            };
        }
    }
}
