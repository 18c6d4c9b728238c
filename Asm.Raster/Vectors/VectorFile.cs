using Asm.Raster.Projections;
using Asm.Raster.Vectors.GeoJson;
using Asm.Raster.Vectors.GeoPackage;
using Asm.Raster.Vectors.Shapefiles;
using Asm.Raster.Vectors.Writing;

namespace Asm.Raster.Vectors;

/// <summary>Reads and writes vector files: GeoPackage (.gpkg), GeoJSON (.geojson, .json) and Shapefile (.shp).</summary>
public static class VectorFile
{
    private const string Formats = ".gpkg, .geojson, .json or .shp";

    /// <summary>
    /// The file and those beside it that belong to it: a Shapefile is five files, of which some may be missing; a GeoPackage that another
    /// program has open may have a log.
    /// </summary>
    public static IReadOnlyList<string> FilesOf(string path) => Extension(path) switch
    {
        ".shp" => ShapefileReader.FilesOf(path),
        ".gpkg" => [path, .. GuardedDatabase.LogsOf(path)],
        _ => [path],
    };

    /// <summary>Reads all features of a layer into memory. The ending of the name tells the format.</summary>
    /// <remarks>
    /// Heights and measures are dropped. Invalid polygons are repaired and listed in <see cref="VectorLayer.Repaired"/>; rows without a
    /// shape are counted in <see cref="VectorLayer.Skipped"/>. GeoJSON is in longitude and latitude on WGS 84 unless an old "crs" member
    /// says otherwise. Dates are read as text, binary attributes as null, nested GeoJSON properties as their JSON text.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="layer">The name of the layer; null takes the only one.</param>
    /// <exception cref="AsmException">
    /// The file is missing, damaged, of another format or without a CRS, has several layers and none is named, or holds a
    /// shape that cannot be used.
    /// </exception>
    public static VectorLayer Read(string path, string? layer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Func<string, string?, VectorLayer> read = Extension(path) switch
        {
            ".gpkg" => GeoPackageReader.Read,
            ".geojson" or ".json" => GeoJsonReader.Read,
            ".shp" => ShapefileReader.Read,
            _ => throw UnknownFormat(path),
        };
        if (!File.Exists(path))
            throw new AsmException(path, Directory.Exists(path) ? "is a folder" : "there is no such file",
                $"a {Formats} file", "check the path", AsmErrorCode.InputMissing);
        foreach (string file in FilesOf(path)) InputPath.Require(file);
        try
        {
            return read(path, layer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e, AsmErrorCode.InputMissing);
        }
    }

    /// <summary>Writes a layer. The ending of the name tells the format. The file gets its name when it is whole.</summary>
    /// <remarks>
    /// <para>
    /// GeoPackage: one layer, named as the file, in the layer's CRS. GeoJSON: as RFC 7946 wants it, brought to longitude and latitude on
    /// WGS 84. Shapefile: .shp, .shx, .dbf, .prj and .cpg, in the layer's CRS, text in UTF-8.
    /// </para>
    /// <para>
    /// A column of whole numbers, of numbers or of truth values is written as such, any other as text. Numbers that
    /// are not finite become null.
    /// </para>
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="layer">The features.</param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <exception cref="AsmException">
    /// The name is taken, the folder cannot be written, the format cannot hold the layer, or its CRS has no transform to WGS 84 (GeoJSON).
    /// </exception>
    /// <exception cref="ArgumentException">An attribute is no string, number, bool or null.</exception>
    public static void Write(string path, VectorLayer layer, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(layer);
        using FeatureSink sink = Create(path, LayerSchema.Of(layer), overwrite);
        foreach (VectorFeature feature in layer.Features)
            sink.Add(feature.Row, feature.Geometry, [.. layer.Fields.Select(field => feature.Attributes.GetValueOrDefault(field))]);
        sink.Complete();
    }

    /// <summary>Starts a file that takes its features one by one; formats and names as <see cref="Write"/> has them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="crs">The coordinate reference system of the shapes that will be added.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="shape">
    /// The kind of all shapes; a kind of multiple shapes takes single ones too. Null where kinds mix, which a Shapefile cannot hold.
    /// </param>
    /// <param name="overwrite">True replaces a file of that name.</param>
    /// <exception cref="AsmException">
    /// The name is taken, the folder cannot be written, the format cannot hold such fields or shapes, or the CRS has no
    /// transform to WGS 84 (GeoJSON).
    /// </exception>
    public static IFeatureSink Create(string path, Crs crs, IReadOnlyList<VectorField> fields,
        NetTopologySuite.Geometries.OgcGeometryType? shape, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(crs);
        ArgumentNullException.ThrowIfNull(fields);
        return Create(path,
            new LayerSchema(crs, [.. fields.Select(field => new AttributeColumn(field.Name, field.Kind, field.MaxTextBytes))],
                shape, "kinds of shapes"), overwrite);
    }

    private static FeatureSink Create(string path, LayerSchema schema, bool overwrite) => Extension(path) switch
    {
        ".gpkg" => GeoPackageSink.Create(path, schema, overwrite),
        ".geojson" or ".json" => GeoJsonSink.Create(path, schema, overwrite),
        ".shp" => ShapefileSink.Create(path, schema, overwrite),
        _ => throw UnknownFormat(path),
    };

    /// <summary>Refuses a layer's name that a file with one layer does not bear.</summary>
    internal static void RequireLayer(string path, string? layer)
    {
        string only = Path.GetFileNameWithoutExtension(path);
        if (layer is not null && !string.Equals(layer, only, StringComparison.OrdinalIgnoreCase))
            throw new AsmException(path, $"has no layer named '{layer}'",
                $"its only layer, '{only}'", "leave the layer's name out", AsmErrorCode.InputFormat);
    }

    /// <summary>The error for a file whose content breaks its format.</summary>
    internal static AsmException Damaged(string path, string found, string format, Exception? cause = null) => new(
        $"{path}: {found}\n  expected: a whole {format} file"
        + $"\n  fix: copy or download it again, or write it anew: ogr2ogr OUT{Extension(path)} IN", cause ?? new FormatException(found));

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static AsmException UnknownFormat(string path) =>
        new(path, $"the ending '{Path.GetExtension(path)}' is not one of a vector format known here",
            $"a {Formats} file",
            Extension(path) == ".zip" ? "unpack it, and give the file in it" : "convert it: ogr2ogr OUT.gpkg IN");
}
