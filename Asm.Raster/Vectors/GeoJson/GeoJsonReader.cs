using System.Text.Json;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Curves;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Asm.Raster.Vectors.GeoJson;

/// <summary>Reads GeoJSON (RFC 7946): a feature collection, a feature or a bare geometry.</summary>
internal static class GeoJsonReader
{
    private const string Format = "GeoJSON (RFC 7946)";

    public static VectorLayer Read(string path, string? layer)
    {
        VectorFile.RequireLayer(path, layer);
        using FileStream stream = File.OpenRead(path);
        try
        {
            // Nesting deeper than 64 is refused: a GeoJSON of shapes needs 8.
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw VectorFile.Damaged(path, $"is not well-formed GeoJSON: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, JsonElement root)
    {
        string type = TypeOf(root);
        JsonElement[] features = type switch
        {
            "FeatureCollection" when root.TryGetProperty("features", out JsonElement list) && list.ValueKind == JsonValueKind.Array =>
                [.. list.EnumerateArray()],
            "FeatureCollection" => throw VectorFile.Damaged(path, "the feature collection has no list of features", Format),
            "" => throw VectorFile.Damaged(path, "is JSON, but no GeoJSON: it has no 'type'", Format),
            _ => [root],
        };
        Crs crs = ReadCrs(path, root);
        var options = new JsonSerializerOptions { Converters = { new GeoJsonConverterFactory(new RingFactory(crs)) } };
        var fields = new FieldNames([]);
        var builder = new LayerBuilder(path, crs);
        for (int i = 0; i < features.Length; i++)
        {
            var attributes = new SparseAttributes(fields);
            foreach (JsonProperty property in Properties(features[i])) attributes.Set(property.Name, Value(property.Value));
            builder.Add(i + 1, ReadGeometry(path, i + 1, features[i], options), attributes);
        }
        return builder.Build(fields.List);
    }

    private static Geometry? ReadGeometry(string path, int row, JsonElement feature, JsonSerializerOptions options)
    {
        JsonElement element = feature;
        if (TypeOf(feature) is "Feature" or ""
            && !(feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("geometry", out element)))
            throw VectorFile.Damaged(path, $"feature {row} has no 'geometry'", Format);
        try
        {
            return element.Deserialize<Geometry>(options);
        }
        catch (Exception e)
            when (e is JsonException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw VectorFile.Damaged(path, $"the geometry of feature {row} cannot be read: {e.Message}", Format, e);
        }
    }

    /// <summary>The system of the "crs" member that GeoJSON had until 2016; WGS 84 without one, or with null.</summary>
    private static Crs ReadCrs(string path, JsonElement root)
    {
        if (!root.TryGetProperty("crs", out JsonElement crs) || crs.ValueKind == JsonValueKind.Null) return Crs.Wgs84;
        string name = crs.ValueKind == JsonValueKind.Object
            && crs.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : crs.GetRawText();

        // Only codes: a path, which Crs.Parse would follow, has no place in a file.
        try
        {
            if (Crs.FromCode(name) is { } known) return known;
        }
        catch (AsmException e)
        {
            throw new AsmException($"{path}: its 'crs' member: {e.Message}", e, AsmErrorCode.InputFormat);
        }
        throw new AsmException(path, $"its 'crs' member is {name}", "no such member, or a name such as urn:ogc:def:crs:EPSG::32630",
            "write the file anew: ogr2ogr -t_srs EPSG:4326 OUT.geojson IN", AsmErrorCode.InputFormat);
    }

    private static string TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : "";

    private static JsonElement.ObjectEnumerator Properties(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out JsonElement properties)
        && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : default;

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };
}
