using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// Product metadata as the item ASM_PRODUCT of a raster, so that a stack and the maps made of it still tell what they come from.
/// </summary>
internal static class ProductMetadataJson
{
    /// <summary>The name of the item.</summary>
    public const string Key = "ASM_PRODUCT";

    /// <summary>One JSON object; what is not known is left out.</summary>
    public static string Write(ProductMetadata product)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", product.Name);
            if (product.Level is { } level) json.WriteString("level", level == ProductLevel.Level2A ? "L2A" : "L1C");
            if (product.Baseline is { } baseline) json.WriteString("baseline", baseline);
            if (product.Tile is { } tile) json.WriteString("tile", tile);
            if (product.SensingTime is { } time)
                json.WriteString("sensingTime", time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            if (product.Offsets.Count > 0)
            {
                json.WriteStartObject("offsets");
                foreach ((string band, double offset) in product.Offsets.OrderBy(o => o.Key, StringComparer.Ordinal))
                    json.WriteNumber(band, offset);
                json.WriteEndObject();
                json.WriteString("offsetSource", product.OffsetSource);
                json.WriteBoolean("offsetRemoved", product.IsOffsetRemoved);
            }
            WriteNumber(json, "quantification", product.Quantification);
            WriteNumber(json, "cloudPercent", product.CloudPercent);
            WriteNumber(json, "sunZenithDegrees", product.SunZenithDegrees);
            WriteNumber(json, "sunAzimuthDegrees", product.SunAzimuthDegrees);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The metadata of an output, with the item of the stack that it was made of.</summary>
    public static IReadOnlyDictionary<string, string> AddTo(IReadOnlyDictionary<string, string> output,
        IReadOnlyDictionary<string, string> stack) =>
        stack.TryGetValue(Key, out string? product) ? new Dictionary<string, string>(output) { [Key] = product } : output;

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static ProductMetadata? Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Key, out string? text)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement json = document.RootElement;
            string? Text(string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
            double? Number(string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
            return new ProductMetadata
            {
                Name = Text("name") ?? "",
                Level = Text("level") switch { "L2A" => ProductLevel.Level2A, "L1C" => ProductLevel.Level1C, _ => null },
                Baseline = Text("baseline"),
                Tile = Text("tile"),
                SensingTime = ProductText.Time(Text("sensingTime")),
                Offsets = json.TryGetProperty("offsets", out JsonElement offsets)
                    ? offsets.EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetDouble())
                    : [],
                OffsetSource = Text("offsetSource") ?? "",
                IsOffsetRemoved = json.TryGetProperty("offsetRemoved", out JsonElement removed) && removed.GetBoolean(),
                Quantification = Number("quantification"),
                CloudPercent = Number("cloudPercent"),
                SunZenithDegrees = Number("sunZenithDegrees"),
                SunAzimuthDegrees = Number("sunAzimuthDegrees"),
            };
        }
        // The item is a note for people and for checks; a raster whose note someone else wrote is still a raster.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException) { return null; }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }
}
