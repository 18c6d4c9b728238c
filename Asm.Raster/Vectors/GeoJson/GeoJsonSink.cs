using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Vectors.Writing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Asm.Raster.Vectors.GeoJson;

/// <summary>Writes GeoJSON (RFC 7946): longitude and latitude on WGS 84, shells counter-clockwise, one feature a line.</summary>
internal sealed class GeoJsonSink : FeatureSink
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new GeoJsonConverterFactory(new GeometryFactory(), false, "id", RingOrientationOption.EnforceRfc9746) }
    };

    private readonly string _path;
    private readonly VectorLayer _layer;
    private readonly CoordinateTransform? _toGeographic;
    private readonly AsideFile _file;
    private readonly Utf8JsonWriter _writer;

    private GeoJsonSink(string path, LayerSchema schema, CoordinateTransform? toGeographic, AsideFile file) : base(schema)
    {
        (_path, _toGeographic, _file) = (path, toGeographic, file);
        _layer = new(path, schema.Crs, [], []);
        _writer = new(file.Stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _writer.WriteStartObject();
        _writer.WriteString("type", "FeatureCollection");
        _writer.WriteStartArray("features");
    }

    /// <summary>Starts a file.</summary>
    public static GeoJsonSink Create(string path, LayerSchema schema, bool overwrite)
    {
        CoordinateTransform? toGeographic = schema.Crs.IsSameAs(Crs.Wgs84) ? null : CoordinateTransform.Between(schema.Crs, Crs.Wgs84);
        return new(path, schema, toGeographic, AsideFile.Create(path, overwrite));
    }

    /// <inheritdoc/>
    protected override void Write(long row, Geometry geometry, object?[] values)
    {
        if (_toGeographic is not null)
            geometry = Reprojection.Run(new(row, geometry, new Dictionary<string, object?>()), _layer, Crs.Wgs84, _toGeographic);
        AsideFile.Try(_path, () => Write(geometry, values));
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        AsideFile.Try(_path, () =>
        {
            _writer.WriteEndArray();
            _writer.WriteEndObject();
            _writer.Flush();
            _file.Stream.WriteByte((byte)'\n');
        });
        _file.Complete();
    }

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    private void Write(Geometry geometry, object?[] values)
    {
        _writer.Flush();
        _file.Stream.WriteByte((byte)'\n');
        _writer.WriteStartObject();
        _writer.WriteString("type", "Feature");
        _writer.WriteStartObject("properties");
        for (int i = 0; i < values.Length; i++)
        {
            _writer.WritePropertyName(Schema.Columns[i].Name);
            JsonSerializer.Serialize(_writer, values[i], Options);
        }
        _writer.WriteEndObject();
        _writer.WritePropertyName("geometry");
        JsonSerializer.Serialize(_writer, geometry, Options);
        _writer.WriteEndObject();
    }
}
