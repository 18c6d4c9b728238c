using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Training.Fitting;

namespace Asm.Training.Export;

/// <summary>
/// The STAC item of a model, after the Machine Learning Model extension 1.5.0 (https://github.com/stac-extensions/mlm), STAC 1.1.
/// </summary>
internal static class StacModelItem
{
    private const string MlmSchema = "https://stac-extensions.github.io/mlm/v1.5.0/schema.json";
    private const string FileSchema = "https://stac-extensions.github.io/file/v2.1.0/schema.json";

    private const string QuantizationProperty = "asm:quantization";

    // A model is of no place, and of no time but its instrument's: from the launch of Sentinel-2A on.
    private const string From = "2015-06-23T00:00:00Z", Until = "9999-12-31T23:59:59Z";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the item of a U-Net.</summary>
    /// <param name="info">The checkpoint.</param>
    /// <param name="parameters">Number of trained values.</param>
    /// <param name="options">Name and licence.</param>
    /// <param name="fileName">Name of the ONNX file beside the item.</param>
    /// <param name="model">Its content.</param>
    public static string Write(CheckpointInfo info, long parameters, ExportOptions options, string fileName, byte[] model) =>
        Write(ModelCard.Of(info, parameters, options), fileName, model);

    /// <summary>Writes the item.</summary>
    /// <param name="card">What the model says of itself.</param>
    /// <param name="fileName">Name of the ONNX file beside the item.</param>
    /// <param name="model">Its content.</param>
    public static string Write(ModelCard card, string fileName, byte[] model)
    {
        JsonObject item = Item(card, fileName, model);
        // The extension has no field for it, and allows none of its own prefix that it does not know.
        if (card.Quantization is { } quantization) item["properties"]![QuantizationProperty] = quantization.DeepClone();
        return item.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Item(ModelCard card, string fileName, byte[] model) => new()
    {
        ["type"] = "Feature",
        ["stac_version"] = "1.1.0",
        ["stac_extensions"] = new JsonArray(MlmSchema, FileSchema),
        ["id"] = card.Options.Name,
        ["geometry"] = null,
        ["properties"] = new JsonObject
        {
            ["description"] = $"A {card.Architecture} that labels Sentinel-2 images; "
                + $"trained on {card.TrainedOn}. Input: reflectance 0..1; its normalisation is inside the graph.",
            ["license"] = card.Options.License,
            ["datetime"] = null,
            ["start_datetime"] = From,
            ["end_datetime"] = Until,
            ["bands"] = new JsonArray([.. card.BandNames.Select((name, i) => new JsonObject
            {
                ["name"] = name,
                ["statistics"] = new JsonObject { ["mean"] = card.Statistics.Mean[i], ["stddev"] = card.Statistics.Deviation[i] },
            })]),
            ["mlm:name"] = card.Options.Name,
            ["mlm:architecture"] = card.Architecture,
            ["mlm:framework"] = "ONNX",
            ["mlm:tasks"] = new JsonArray("semantic-segmentation"),
            ["mlm:total_parameters"] = card.Parameters,
            ["mlm:pretrained"] = true,
            ["mlm:pretrained_source"] = card.TrainedOn,
            ["mlm:hyperparameters"] = card.Hyperparameters.DeepClone(),
            ["mlm:input"] = new JsonArray(Input(card)),
            ["mlm:output"] = new JsonArray(
                Output(card, "label", "class code", 1, "uint8"),
                Output(card, "confidence", "probability of the class of the label", 1, "float32"),
                Output(card, "probabilities", "probability of each class", card.Classes.Length, "float32")),
        },
        ["links"] = new JsonArray(),
        ["assets"] = new JsonObject
        {
            ["model"] = new JsonObject
            {
                ["href"] = $"./{fileName}",
                ["title"] = card.Options.Name,
                ["type"] = "application/octet-stream; framework=onnx",
                ["roles"] = new JsonArray("mlm:model"),
                ["mlm:artifact_type"] = "onnx",
                ["file:size"] = model.Length,
                // a multihash: 12 is SHA-256, 20 its length in bytes, both hexadecimal
                ["file:checksum"] = "1220" + Convert.ToHexStringLower(SHA256.HashData(model)),
            },
        },
    };

    private static JsonObject Input(ModelCard card) => new()
    {
        ["name"] = "reflectance",
        ["description"] =
            $"Reflectance 0..1. Height and width are {(card.AlignmentPixels == 1 ? "free" : $"free multiples of {card.AlignmentPixels}")}. "
            + "The scaling is that of files that hold reflectance x 10,000.",
        ["bands"] = new JsonArray([.. card.BandNames.Select(name => JsonValue.Create(name))]),
        ["input"] = Tensor("bands", card.BandNames.Length, "float32"),
        ["value_scaling"] = new JsonArray(new JsonObject { ["type"] = "scale", ["value"] = 10_000 }),
        ["resize_type"] = null,
    };

    private static JsonObject Output(ModelCard card, string name, string description, int channels, string type) => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["tasks"] = new JsonArray("semantic-segmentation"),
        ["result"] = Tensor("channel", channels, type),
        ["classification:classes"] = new JsonArray([.. card.Classes.Select((c, i) => new JsonObject
        {
            ["value"] = i + 1,
            ["name"] = c.Name,
            ["description"] = c.Name,
            ["color_hint"] = c.Color.TrimStart('#').ToUpperInvariant(),
        })]),
    };

    private static JsonObject Tensor(string channelName, int channels, string type) => new()
    {
        ["shape"] = new JsonArray(-1, channels, -1, -1),
        ["dim_order"] = new JsonArray("batch", channelName, "height", "width"),
        ["data_type"] = type,
    };
}
