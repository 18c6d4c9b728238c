using System.Text.Json;
using System.Text.RegularExpressions;

namespace Asm.Inference.Preparation.Products;

/// <summary>What tileInfo.json says of a tile as ESA's numbers lie on Amazon's servers, beside metadata.xml.</summary>
internal static partial class TileInfo
{
    /// <summary>True where a file name is that of such a file.</summary>
    public static bool IsName(string fileName) => fileName.Equals("tileInfo.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it; null where it is something else.</summary>
    public static ProductMetadata? TryRead(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            string? Text(JsonElement of, string name) =>
                of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            string? name = Text(root, "productName");
            string? strip = root.TryGetProperty("datastrip", out JsonElement datastrip) ? Text(datastrip, "id") : null;
            return new ProductMetadata
            {
                Name = ProductText.Bare(name ?? ""),
                Level = name?.Contains("_MSIL2A_", StringComparison.Ordinal) == true ? ProductLevel.Level2A
                    : name?.Contains("_MSIL1C_", StringComparison.Ordinal) == true ? ProductLevel.Level1C : null,
                Baseline = name is not null && NameBaseline().Match(name) is { Success: true } match
                    ? $"{match.Groups[1].Value}.{match.Groups[2].Value}"
                    : ProductText.BaselineOf(strip),
                Tile = ProductText.Tile(name),
                SensingTime = ProductText.Time(Text(root, "timestamp")),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return null; }
    }

    [GeneratedRegex("_N([0-9]{2})([0-9]{2})_")]
    private static partial Regex NameBaseline();
}
