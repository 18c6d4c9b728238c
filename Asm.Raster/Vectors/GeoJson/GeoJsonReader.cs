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
        ReadOnlySpan<byte> json = JsonText.Utf8Of(File.ReadAllBytes(path), out bool isGuessed);
        try
        {
            VectorLayer read = Read(path, json);
            return isGuessed ? read with { Notes = [.. read.Notes, JsonText.Guessed] } : read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            if (isGuessed)
                throw new AsmException($"{path}: its text is no UTF-8, nor GeoJSON in Windows-1252: {e.Message}"
                    + $"\n  expected: {Format} in UTF-8\n  fix: save it in UTF-8, or copy or download it again", e,
                    AsmErrorCode.InputFormat);
            throw VectorFile.Damaged(path, $"is not well-formed GeoJSON: {e.Message}", Format, e);
        }
    }

    private static VectorLayer Read(string path, ReadOnlySpan<byte> json)
    {
        Members root = Members.Of(json);
        bool isCollection = root.Type == "FeatureCollection";
        if (root.Type.Length == 0) throw VectorFile.Damaged(path, "is JSON, but no GeoJSON: it has no 'type'", Format);
        if (isCollection && (root.Features.IsEmpty || root.Features[0] != '['))
            throw VectorFile.Damaged(path, "the feature collection has no list of features", Format);
        Crs crs = ReadCrs(path, root.Crs);
        var options = new JsonSerializerOptions { Converters = { new GeoJsonConverterFactory(new RingFactory(crs)) } };
        var fields = new FieldNames([]);
        var builder = new LayerBuilder(path, crs);
        if (!isCollection) Add(path, 1, json, root, options, fields, builder);
        var reader = new Utf8JsonReader(isCollection ? root.Features : "[]"u8);
        reader.Read();
        for (int row = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; row++)
        {
            ReadOnlySpan<byte> feature = Members.Value(ref reader, root.Features);
            Add(path, row, feature, Members.Of(feature), options, fields, builder);
        }
        return builder.Build(fields.List);
    }

    private static void Add(string path, int row, ReadOnlySpan<byte> json, Members feature, JsonSerializerOptions options,
        FieldNames fields, LayerBuilder builder)
    {
        var attributes = new SparseAttributes(fields);
        if (!feature.Properties.IsEmpty && feature.Properties[0] == '{')
            foreach (JsonProperty property in Element(feature.Properties).EnumerateObject())
                attributes.Set(property.Name, Value(property.Value));
        ReadOnlySpan<byte> geometry = feature.Type is "Feature" or "" ? feature.Geometry : json;
        if (geometry.IsEmpty) throw VectorFile.Damaged(path, $"feature {row} has no 'geometry'", Format);
        Geometry? shape;
        try
        {
            shape = JsonSerializer.Deserialize<Geometry>(geometry, options);
        }
        catch (Exception e)
            when (e is JsonException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException
                or OverflowException)
        {
            throw VectorFile.Damaged(path, $"the geometry of feature {row} cannot be read: {e.Message}", Format, e);
        }
        builder.Add(row, shape, attributes);
    }

    /// <summary>The system of the "crs" member that GeoJSON had until 2016; WGS 84 without one, or with null.</summary>
    private static Crs ReadCrs(string path, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("null"u8)) return Crs.Wgs84;
        JsonElement crs = Element(json);
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

    private static JsonElement Element(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    /// <summary>The members of an object that matter, as they stand in the text: a tree of all of it would take far more memory.</summary>
    private ref struct Members
    {
        public string Type = "";
        public ReadOnlySpan<byte> Crs, Features, Geometry, Properties;

        private Members(string type) => Type = type;

        /// <summary>The members of a value, all of whose text is read; none where it is no object.</summary>
        public static Members Of(ReadOnlySpan<byte> json)
        {
            // Nesting deeper than 64 is refused: a GeoJSON of shapes needs 8.
            var reader = new Utf8JsonReader(json);
            var members = new Members("");
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) reader.Skip();
            else
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    if (name == "type" && reader.TokenType == JsonTokenType.String) members.Type = reader.GetString()!;
                    ReadOnlySpan<byte> value = Value(ref reader, json);
                    switch (name)
                    {
                        case "crs": members.Crs = value; break;
                        case "features": members.Features = value; break;
                        case "geometry": members.Geometry = value; break;
                        case "properties": members.Properties = value; break;
                    }
                }
            reader.Read();
            return members;
        }

        /// <summary>The text of the value that a reader stands at; leaves it at the value's end.</summary>
        public static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            return json[start..(int)reader.BytesConsumed];
        }
    }
}
