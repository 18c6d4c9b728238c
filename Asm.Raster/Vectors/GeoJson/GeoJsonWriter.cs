using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Asm.Raster;

/// <summary>Writes GeoJSON (RFC 7946): longitude and latitude on WGS 84, shells counter-clockwise, one feature a line.</summary>
internal static class GeoJsonWriter
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new GeoJsonConverterFactory(new GeometryFactory(), false, "id", RingOrientationOption.EnforceRfc9746) } };

    public static void Write(string path, VectorLayer layer, bool overwrite)
    {
        VectorLayer geographic = layer.To(Crs.Wgs84);
        AttributeColumn[] columns = AttributeColumn.Of(layer);
        using AsideFile file = AsideFile.Create(path, overwrite);
        AsideFile.Try(path, () =>
        {
            using (var writer = new Utf8JsonWriter(file.Stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                writer.WriteStartObject();
                writer.WriteString("type", "FeatureCollection");
                writer.WriteStartArray("features");
                foreach (VectorFeature feature in geographic.Features)
                {
                    writer.Flush();
                    file.Stream.WriteByte((byte)'\n');
                    Write(writer, feature, columns);
                }
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            file.Stream.WriteByte((byte)'\n');
        });
        file.Complete();
    }

    private static void Write(Utf8JsonWriter writer, VectorFeature feature, AttributeColumn[] columns)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("properties");
        foreach (AttributeColumn column in columns)
        {
            writer.WritePropertyName(column.Name);
            JsonSerializer.Serialize(writer, column.Value(feature), Options);
        }
        writer.WriteEndObject();
        writer.WritePropertyName("geometry");
        JsonSerializer.Serialize(writer, feature.Geometry, Options);
        writer.WriteEndObject();
    }
}
