using System.Text;
using Asm.Raster.Running;
using Asm.Raster.Vectors.Writing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;
using EsriWriter = NetTopologySuite.IO.Esri.Shapefiles.Writers.ShapefileWriter;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Writes an ESRI Shapefile with text in UTF-8.</summary>
internal sealed class ShapefileSink : FeatureSink
{
    // The last one tells that the others are there. Indexes of other programs go stale with the shapes.
    private static readonly string[] Parts = [".shx", ".dbf", ".prj", ".cpg", ".shp"], Indexes = [".qix", ".sbn", ".sbx", ".fix"];

    // Offsets have 32 bits, and many programs take them as signed.
    private const long MostBytes = 2_000_000_000;

    private const string OtherFormat = "write a .gpkg, which has no such limit";

    private readonly string _path, _folder;
    private readonly bool _overwrite;
    private readonly DbfColumn[] _columns;
    private readonly FileStream[] _files;
    private readonly EsriWriter _writer;
    private bool _isWritten, _isClosed;

    private ShapefileSink(string path, string folder, LayerSchema schema, bool overwrite, DbfColumn[] columns, ShapeType type)
        : base(schema)
    {
        (_path, _folder, _overwrite, _columns) = (path, folder, overwrite, columns);
        // The streams are this sink's own: the library passes over a full disk where it closes its own.
        _files = [.. Parts.Select(part => new FileStream(Path.Combine(folder, part), FileMode.CreateNew, FileAccess.ReadWrite))];
        var encoding = new UTF8Encoding(false);
        File(".cpg").Write(encoding.GetBytes("UTF-8"));
        var options = new ShapefileWriterOptions(type, [.. columns.Select(column => column.Field)])
        {
            Encoding = encoding,
            Projection = schema.Crs.Wkt
        };
        _writer = Shapefile.OpenWrite(File(".shp"), File(".shx"), File(".dbf"), File(".prj"), options);
    }

    /// <summary>Starts the files.</summary>
    public static ShapefileSink Create(string path, LayerSchema schema, bool overwrite)
    {
        DbfColumn[] columns = DbfColumn.Of(path, schema);
        ShapeType type = TypeOf(path, schema);
        foreach (string part in Parts) AsideFile.RequireFree(Path.ChangeExtension(path, part), overwrite);
        string parent = Path.GetDirectoryName(Path.GetFullPath(path))!, folder = AsideFile.NameBeside(path, "partial");
        return AsideFile.Try(path, () =>
        {
            if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"there is no folder {parent}");
            AsideFile.NewFolder(folder);
            try { return new ShapefileSink(path, folder, schema, overwrite, columns, type); }
            catch
            {
                Directory.Delete(folder, recursive: true);
                Leftovers.Remove(folder);
                throw;
            }
        });
    }

    /// <inheritdoc/>
    protected override void Write(long row, Geometry geometry, object?[] values)
    {
        if (File(".shp").Position > MostBytes || File(".dbf").Position > MostBytes)
            throw new AsmException(_path, $"is full before row {row}: its files hold 2 GB",
                "fewer or simpler shapes", OtherFormat, AsmErrorCode.OutputNotWritable);
        AsideFile.Try(_path, () =>
        {
            for (int i = 0; i < values.Length; i++) _columns[i].Set(values[i], row);
            _writer.Geometry = geometry is Point ? geometry : Oriented(LayerShapes.ToMultiple(geometry));
            _writer.Write();
        });
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        AsideFile.Try(_path, () =>
        {
            _writer.Dispose();
            _isWritten = true;
            foreach (FileStream file in _files) file.Flush(flushToDisk: true);
            foreach (FileStream file in _files) file.Dispose();
            foreach (string part in Parts) System.IO.File.Move(Path.Combine(_folder, part), Path.ChangeExtension(_path, part), _overwrite);
            foreach (string index in Indexes) System.IO.File.Delete(Path.ChangeExtension(_path, index));
        });
        Dispose();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            if (!_isWritten) _writer.Dispose();
        }
        catch (IOException) { }
        foreach (FileStream file in _files) Close(file);
        Directory.Delete(_folder, recursive: true);
        Leftovers.Remove(_folder);
    }

    private FileStream File(string part) => _files[Array.IndexOf(Parts, part)];

    /// <summary>Closing writes what is buffered after a failure, which fails again on a full disk; the file goes anyway.</summary>
    private static void Close(FileStream file)
    {
        try { file.Dispose(); }
        catch (IOException) { }
    }

    /// <summary>Shells run clockwise and holes the other way: rings of a Shapefile are told apart by that alone.</summary>
    private static Geometry Oriented(Geometry geometry) => geometry is not MultiPolygon polygons ? geometry
        : geometry.Factory.CreateMultiPolygon([.. polygons.Geometries.Cast<Polygon>().Select(polygon =>
            geometry.Factory.CreatePolygon(Oriented(polygon.Shell, isShell: true),
                [.. polygon.Holes.Select(hole => Oriented(hole, isShell: false))]))]);

    private static LinearRing Oriented(LinearRing ring, bool isShell) => ring.IsCCW == isShell ? (LinearRing)ring.Reverse() : ring;

    private static ShapeType TypeOf(string path, LayerSchema schema) => schema.Shape switch
    {
        OgcGeometryType.Polygon or OgcGeometryType.MultiPolygon => ShapeType.Polygon,
        OgcGeometryType.LineString or OgcGeometryType.MultiLineString => ShapeType.PolyLine,
        OgcGeometryType.Point => ShapeType.Point,
        OgcGeometryType.MultiPoint => ShapeType.MultiPoint,
        null when schema.Mixed.Length == 0 => ShapeType.Polygon,
        _ => throw new AsmException(path, $"the layer mixes {schema.Mixed}",
            "only points, only lines or only polygons, as a Shapefile holds", OtherFormat, AsmErrorCode.OutputNotWritable),
    };

    /// <summary>A column of the .dbf table.</summary>
    private sealed record DbfColumn(string Path, AttributeColumn Column, DbfField Field)
    {
        // GDAL reads wider integers as real numbers; text is limited by the format.
        private const int MaxNameBytes = 10, MaxDigits = 18, MaxTextBytes = 254, RealLength = 24, RealDecimals = 15;

        public static DbfColumn[] Of(string path, LayerSchema schema)
        {
            AttributeColumn.RequireDistinct(path, schema.Columns);
            return [.. schema.Columns.Select(column => new DbfColumn(path, column, NewField(path, column)))];
        }

        /// <summary>Puts a feature's value where the writer takes it from.</summary>
        public void Set(object? value, long row)
        {
            // The library numbers the blanks of a field of this name by itself.
            if (value is null && string.Equals(Column.Name, "id", StringComparison.OrdinalIgnoreCase))
                throw new AsmException(Path, $"the field {Column.Name} is blank in some rows",
                    "an id in every row, as a Shapefile needs", $"fill it in, or {OtherFormat}", AsmErrorCode.OutputNotWritable);
            int limit = Column.Kind == VectorFieldKind.Integer ? MaxDigits : MaxTextBytes;
            if (value is string or long && Encoding.UTF8.GetByteCount(value.ToString()!) > limit)
                throw new AsmException(Path,
                    $"field {Column.Name} of row {row} is longer than {limit} {(value is long ? "digits" : "bytes")}",
                    "values that a Shapefile can hold", OtherFormat, AsmErrorCode.OutputNotWritable);
            Field.Value = value is long whole ? (decimal)whole : value;
        }

        private static DbfField NewField(string path, AttributeColumn column)
        {
            if (Encoding.UTF8.GetByteCount(column.Name) > MaxNameBytes)
                throw new AsmException(path, $"the field {column.Name} has a name longer than {MaxNameBytes} bytes",
                    "short names, as a Shapefile holds", $"rename it, or {OtherFormat}", AsmErrorCode.OutputNotWritable);
            return column.Kind switch
            {
                VectorFieldKind.Integer => new DbfNumericDecimalField(column.Name, MaxDigits, 0),
                VectorFieldKind.Real => new DbfFloatField(column.Name, RealLength, RealDecimals),
                VectorFieldKind.Boolean => new DbfLogicalField(column.Name),
                _ => new DbfCharacterField(column.Name, Math.Clamp(column.MaxTextBytes, 1, MaxTextBytes)),
            };
        }
    }
}
