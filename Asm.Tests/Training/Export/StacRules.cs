using System.Text.Json;
using System.Text.RegularExpressions;

namespace Asm.Tests.Training.Export;

/// <summary>
/// What the public JSON schemas ask of a model's item, in our words: STAC 1.1 items, the Machine Learning Model extension 1.5.0, the classification extension 1.1.0
/// that it refers to, and the file extension 2.1.0.
/// </summary>
internal static partial class StacRules
{
    private static readonly string[] MlmFields =
    [
        "mlm:name", "mlm:architecture", "mlm:tasks", "mlm:framework", "mlm:framework_version", "mlm:memory_size", "mlm:total_parameters", "mlm:pretrained", "mlm:pretrained_source",
        "mlm:batch_size_suggestion", "mlm:accelerator", "mlm:accelerator_constrained", "mlm:accelerator_summary", "mlm:accelerator_count", "mlm:input", "mlm:output", "mlm:hyperparameters",
    ];

    private static readonly string[] MlmAssetFields = ["mlm:artifact_type", "mlm:compile_method", "mlm:entrypoint"];

    private static readonly string[] Tasks =
    [
        "regression", "classification", "scene-classification", "detection", "object-detection", "segmentation", "semantic-segmentation", "instance-segmentation",
        "panoptic-segmentation", "similarity-search", "generative", "image-captioning", "super-resolution", "downscaling",
    ];

    private static readonly string[] DataTypes =
        ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64", "cint16", "cint32", "cfloat32", "cfloat64", "other"];

    /// <summary>The rules that an item breaks.</summary>
    public static List<string> Broken(JsonElement item)
    {
        var broken = new List<string>();
        void Require(bool holds, string rule)
        {
            if (!holds) broken.Add(rule);
        }

        JsonElement properties = item.GetProperty("properties"), assets = item.GetProperty("assets");
        Require(Text(item, "type") == "Feature", "type is Feature");
        Require(Text(item, "stac_version") == "1.1.0", "stac_version is 1.1.0");
        Require(Text(item, "id") is { Length: > 0 }, "id is a text");
        Require(item.GetProperty("geometry").ValueKind == JsonValueKind.Null && !item.TryGetProperty("bbox", out _), "an item of no place has a null geometry and no bbox");
        Require(item.GetProperty("links").ValueKind == JsonValueKind.Array, "links is a list");
        string?[] extensions = [.. item.GetProperty("stac_extensions").EnumerateArray().Select(e => e.GetString())];
        Require(extensions.Contains("https://stac-extensions.github.io/mlm/v1.5.0/schema.json"), "the extension mlm is named");
        Require(extensions.Contains("https://stac-extensions.github.io/file/v2.1.0/schema.json"), "the extension file is named");
        bool timed = properties.GetProperty("datetime").ValueKind == JsonValueKind.String;
        Require(timed || DateTime.TryParse(Text(properties, "start_datetime"), out _) && DateTime.TryParse(Text(properties, "end_datetime"), out _), "an item without datetime has a start and an end");
        foreach (string field in (string[])["mlm:name", "mlm:architecture", "mlm:tasks", "mlm:input", "mlm:output"]) Require(properties.TryGetProperty(field, out _), $"{field} is there");
        foreach (JsonProperty field in properties.EnumerateObject().Where(p => p.Name.StartsWith("mlm:", StringComparison.Ordinal))) Require(MlmFields.Contains(field.Name), $"{field.Name} is a field of items");
        Require(NamePattern().IsMatch(Text(properties, "mlm:name") ?? ""), "mlm:name is of its pattern");
        Require(properties.GetProperty("mlm:total_parameters").TryGetInt64(out long parameters) && parameters >= 0, "mlm:total_parameters is 0 or more");
        Require(properties.GetProperty("mlm:hyperparameters").EnumerateObject().Any() && properties.GetProperty("mlm:hyperparameters").EnumerateObject().All(p => KeyPattern().IsMatch(p.Name)), "mlm:hyperparameters has plain names");
        CheckTasks(properties.GetProperty("mlm:tasks"), "mlm:tasks", Require);
        foreach (JsonElement input in properties.GetProperty("mlm:input").EnumerateArray())
        {
            Require(Text(input, "name") is { Length: > 0 }, "an input has a name");
            CheckTensor(input.GetProperty("input"), "input", Require);
            bool bands = input.GetProperty("bands").GetArrayLength() > 0;
            Require(bands == input.GetProperty("input").GetProperty("dim_order").EnumerateArray().Any(d => d.GetString() == "bands"), "an input of bands has a dimension bands");
            Require(!bands || properties.GetProperty("bands").GetArrayLength() > 0, "the bands are described in the properties");
            Require(input.GetProperty("value_scaling").EnumerateArray().All(s => Text(s, "type") == "scale" && s.GetProperty("value").ValueKind == JsonValueKind.Number), "value_scaling is a number");
            Require(input.GetProperty("resize_type").ValueKind == JsonValueKind.Null, "resize_type is null");
        }

        foreach (JsonElement output in properties.GetProperty("mlm:output").EnumerateArray())
        {
            Require(Text(output, "name") is { Length: > 0 }, "an output has a name");
            CheckTasks(output.GetProperty("tasks"), "tasks of an output", Require);
            CheckTensor(output.GetProperty("result"), "result", Require);
            foreach (JsonElement entry in output.GetProperty("classification:classes").EnumerateArray())
            {
                Require(entry.GetProperty("value").TryGetInt32(out _), "a class has an integer value");
                Require(Text(entry, "description") is not null, "a class has a description");
                Require(ColorPattern().IsMatch(Text(entry, "color_hint") ?? ""), "color_hint is six hexadecimal digits");
            }
        }

        Require(assets.EnumerateObject().Any(a => IsModel(a.Value)), "an asset has the role mlm:model");
        foreach (JsonElement asset in assets.EnumerateObject().Select(a => a.Value))
        {
            Require(IsModel(asset) == asset.TryGetProperty("mlm:artifact_type", out _), "the model's asset, and no other, has an artifact type");
            foreach (JsonProperty field in asset.EnumerateObject().Where(p => p.Name.StartsWith("mlm:", StringComparison.Ordinal))) Require(MlmAssetFields.Contains(field.Name), $"{field.Name} is a field of assets");
            Require(Text(asset, "href") is { Length: > 0 }, "an asset has an href");
            Require(asset.GetProperty("file:size").TryGetInt64(out long size) && size >= 0, "file:size is 0 or more");
            Require(ChecksumPattern().IsMatch(Text(asset, "file:checksum") ?? ""), "file:checksum is a SHA-256 multihash");
        }

        return broken;
    }

    private static void CheckTasks(JsonElement tasks, string name, Action<bool, string> require)
    {
        string?[] all = [.. tasks.EnumerateArray().Select(t => t.GetString())];
        require(all.Distinct().Count() == all.Length && all.All(t => Tasks.Contains(t)), $"{name} are known, each once");
    }

    private static void CheckTensor(JsonElement tensor, string name, Action<bool, string> require)
    {
        JsonElement shape = tensor.GetProperty("shape"), order = tensor.GetProperty("dim_order");
        require(shape.GetArrayLength() > 0 && shape.EnumerateArray().All(s => s.GetInt64() >= -1), $"the shape of {name} is sizes, -1 for free ones");
        string[] names = [.. order.EnumerateArray().Select(d => d.GetString()!)];
        require(names.Length == shape.GetArrayLength() && names.Distinct().Count() == names.Length && names.All(n => DimensionPattern().IsMatch(n)), $"the dimensions of {name} have names");
        require(DataTypes.Contains(Text(tensor, "data_type")), $"the data type of {name} is known");
    }

    private static bool IsModel(JsonElement asset) => asset.TryGetProperty("roles", out JsonElement roles) && roles.EnumerateArray().Any(r => r.GetString() == "mlm:model");

    private static string? Text(JsonElement element, string key) => element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_.\-\s]+[a-zA-Z0-9]$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[0-9a-zA-Z_.-]+$")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("^[a-z-_]+$")]
    private static partial Regex DimensionPattern();

    [GeneratedRegex("^[0-9A-Fa-f]{6}$")]
    private static partial Regex ColorPattern();

    [GeneratedRegex("^1220[0-9a-f]{64}$")]
    private static partial Regex ChecksumPattern();
}
