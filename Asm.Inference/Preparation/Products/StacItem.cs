using System.Text.Json;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// What a STAC item says of a Sentinel-2 scene: those of Earth Search, the Planetary Computer, the Copernicus Data Space, and of stactools.
/// </summary>
internal sealed class StacItem
{
    /// <summary>RADIO_ADD_OFFSET and BOA_ADD_OFFSET of all bands in every baseline from 04.00 on.</summary>
    public const double EsaOffset = -1000;

    private static readonly string[] AppliedFlags = ["earthsearch:boa_offset_applied", "sentinel:boa_offset_applied"];

    private readonly ProductMetadata _metadata;
    private readonly Dictionary<string, string> _bandOfFile;

    private StacItem(ProductMetadata metadata, Dictionary<string, string> bandOfFile) => (_metadata, _bandOfFile) = (metadata, bandOfFile);

    /// <summary>True where a file name can be that of an item.</summary>
    public static bool IsName(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".geojson"
        && !TileInfo.IsName(Path.GetFileName(path));

    /// <summary>Reads an item; null where the file is JSON of another kind, or none.</summary>
    /// <exception cref="AsmException">It is an item, but says things that cannot be.</exception>
    public static StacItem? TryRead(byte[] text, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("stac_version", out _)
                || !root.TryGetProperty("properties", out JsonElement properties)
                || !root.TryGetProperty("assets", out JsonElement assets)
                || assets.ValueKind != JsonValueKind.Object || properties.ValueKind != JsonValueKind.Object)
                return null;
            return Read(root, properties, assets, file);
        }
        // Text that is no Unicode is found when it is asked for.
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return null; }
    }

    /// <summary>What the assets of an item link to, as it stands there; nothing where the file is no item.</summary>
    public static IReadOnlyList<string> Links(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("assets", out JsonElement assets) && assets.ValueKind == JsonValueKind.Object
                ? [.. assets.EnumerateObject().Select(asset => Asset.TextOf(asset.Value, "href")).OfType<string>()] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return []; }
    }

    /// <summary>The band of a file that an asset names, for files whose own names do not tell it; null for others.</summary>
    public string? BandOf(string path) => BandFileFinder.BandOf(path) ?? _bandOfFile.GetValueOrDefault(RemoteFile.FileName(path));

    /// <summary>What the item says, completed by the product's own XML where that lies beside it.</summary>
    public ProductMetadata Complete(ProductMetadata? xml)
    {
        if (xml is null) return _metadata;
        ProductMetadata merged = _metadata with
        {
            Level = _metadata.Level ?? xml.Level,
            Baseline = _metadata.Baseline ?? xml.Baseline,
            Tile = _metadata.Tile ?? xml.Tile,
            SensingTime = _metadata.SensingTime ?? xml.SensingTime,
            Quantification = _metadata.Quantification ?? xml.Quantification,
            CloudPercent = _metadata.CloudPercent ?? xml.CloudPercent,
        };
        // The item speaks of the files beside it, the XML of what ESA delivered.
        return _metadata.Offsets.Count > 0 ? merged : merged with { Offsets = xml.Offsets, OffsetSource = xml.OffsetSource };
    }

    /// <summary>The metadata with one offset for all bands.</summary>
    public static ProductMetadata WithOffset(ProductMetadata product, double offset, string source) =>
        product with { Offsets = StackBands.Names.ToDictionary(band => band, _ => offset), OffsetSource = source };

    private static StacItem Read(JsonElement root, JsonElement properties, JsonElement assets, string file)
    {
        string? Text(string name) =>
            properties.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        double? Number(string name) =>
            properties.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        string id = root.TryGetProperty("id", out JsonElement identifier) && identifier.ValueKind == JsonValueKind.String
            ? identifier.GetString()!
            : "";
        string name = ProductText.Bare(Text("s2:product_uri") ?? id);
        var bands = Assets(assets);
        double[] scales = [.. bands.Values.Select(b => b.Scale).OfType<double>().Distinct()];
        if (scales.Length > 1 || scales.Any(scale => !(scale > 0 && double.IsFinite(scale))))
            throw new AsmException(file, $"gives the scales {string.Join(", ", scales)}",
                "one scale above 0 for all bands, 0.0001", "give `offset` and `quantification`, and move the item away");
        var metadata = new ProductMetadata
        {
            Name = name,
            Level = (Text("s2:product_type") ?? Text("processing:level") ?? name) switch
            {
                string text when text.Contains("2A", StringComparison.Ordinal) || text == "L2" => ProductLevel.Level2A,
                string text when text.Contains("1C", StringComparison.Ordinal) || text == "L1" => ProductLevel.Level1C,
                _ => null,
            },
            Baseline = Text("s2:processing_baseline") ?? Text("sentinel:processing_baseline") ?? Text("processing:version"),
            Tile = ProductText.Tile(Text("grid:code")) ?? ProductText.Tile("T" + Text("s2:mgrs_tile")) ?? ProductText.Tile(name),
            SensingTime = ProductText.Time(Text("datetime")),
            Quantification = scales.Length == 1 ? Math.Round(1 / scales[0], 6) : null,
            CloudPercent = Number("eo:cloud_cover"),
            SunZenithDegrees = Number("s2:mean_solar_zenith") ?? 90 - Number("view:sun_elevation"),
            SunAzimuthDegrees = Number("s2:mean_solar_azimuth") ?? Number("view:sun_azimuth"),
        };
        var bandOfFile = new Dictionary<string, string>();
        foreach (Asset asset in bands.Values)
            if (asset.File is not null) bandOfFile[asset.File] = asset.Band;
        return new(WithOffsets(metadata, properties, bands, IsPlanetaryComputer(root)), bandOfFile);
    }

    /// <summary>The Planetary Computer says nothing of offsets; it documents that it hosts ESA's numbers unchanged.</summary>
    private static bool IsPlanetaryComputer(JsonElement root) =>
        root.TryGetProperty("links", out JsonElement links) && links.ValueKind == JsonValueKind.Array
            && links.EnumerateArray().Any(link =>
                Asset.TextOf(link, "href")?.StartsWith("https://planetarycomputer.microsoft.com/", StringComparison.Ordinal) == true);

    private static ProductMetadata WithOffsets(ProductMetadata metadata,
        JsonElement properties, Dictionary<string, Asset> bands, bool isUnchanged)
    {
        foreach (string flag in AppliedFlags)
            // The flag goes before the offsets of the assets: Earth Search keeps -0.1 there either way.
            if (properties.TryGetProperty(flag, out JsonElement applied) && applied.ValueKind == JsonValueKind.True)
                return WithOffset(metadata, 0, flag) with { IsOffsetRemoved = true };
        Dictionary<string, double> stated = bands.Values.Where(b => b.Offset is not null && b.Scale is not null)
            .ToDictionary(b => b.Band, b => Math.Round(b.Offset!.Value / b.Scale!.Value, 6));
        if (StackBands.Names.All(stated.ContainsKey))
            return metadata with { Offsets = stated, OffsetSource = "raster:bands of the STAC item" };
        if (isUnchanged && metadata.HasOffsetBaseline)
            return WithOffset(metadata, EsaOffset, $"Planetary Computer: ESA's numbers unchanged, baseline {metadata.Baseline}");
        return metadata.Baseline is not null && !metadata.HasOffsetBaseline
            ? WithOffset(metadata, 0, $"baseline {metadata.Baseline}, which has none") : metadata;
    }

    /// <summary>The finest asset of every band that is wanted.</summary>
    private static Dictionary<string, Asset> Assets(JsonElement assets)
    {
        var found = new Dictionary<string, Asset>();
        foreach (JsonProperty property in assets.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object || Asset.Read(property.Name, property.Value) is not { } asset)
                continue;
            if (!found.TryGetValue(asset.Band, out Asset? other) || asset.Resolution < other.Resolution) found[asset.Band] = asset;
        }
        return found;
    }

    /// <summary>The asset of one band.</summary>
    private sealed record Asset(string Band, string? File, double Resolution, double? Scale, double? Offset)
    {
        private static readonly string[] BandLists = ["eo:bands", "bands"];

        public static Asset? Read(string key, JsonElement json)
        {
            JsonElement raster = FirstOf(json, "raster:bands"),
                band = FirstOf(json, "eo:bands") is { ValueKind: JsonValueKind.Object } eo ? eo : FirstOf(json, "bands");
            string? name = StackBands.FindIn(TextOf(band, "name") ?? "")
                ?? StackBands.FindIn(key) ?? BandNames.OfColour(key.Split('_', '-')[0]);
            if (name is null || !StackBands.Names.Contains(name) || IsSeveral(json)) return null;
            string? href = TextOf(json, "href");
            double resolution = NumberOf(raster, "spatial_resolution")
                ?? NumberOf(json, "gsd") ?? StackBands.FindResolution(key) ?? double.MaxValue;
            return new(name, href is null ? null : href[(href.LastIndexOfAny(['/', '\\']) + 1)..].Split('?')[0], resolution,
                NumberOf(raster, "scale") ?? NumberOf(band, "raster:scale") ?? NumberOf(json, "raster:scale"),
                NumberOf(raster, "offset") ?? NumberOf(band, "raster:offset") ?? NumberOf(json, "raster:offset"));
        }

        /// <summary>True for pictures of several bands, such as "visual".</summary>
        private static bool IsSeveral(JsonElement json) =>
            BandLists.Any(list =>
                json.TryGetProperty(list, out JsonElement bands) && bands.ValueKind == JsonValueKind.Array && bands.GetArrayLength() > 1);

        private static JsonElement FirstOf(JsonElement json, string list) =>
            json.TryGetProperty(list, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            && values.GetArrayLength() > 0 && values[0].ValueKind == JsonValueKind.Object
                ? values[0]
                : default;

        public static string? TextOf(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;

        private static double? NumberOf(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : null;
    }
}
