using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Training.Export;
using Asm.Training.Fitting;
using Asm.Training.Network;

namespace Asm.Tests.Training.Export;

public sealed class StacModelItemTests : TorchTests
{
    // What the schema of the extension, https://stac-extensions.github.io/mlm/v1.5.0/schema.json, asks of an item.
    [Fact]
    public void The_item_has_what_the_MLM_extension_requires()
    {
        (UNet network, CheckpointInfo info) = OnnxExportTests.Network(4, 2, 2, 3);
        using JsonDocument document = JsonDocument.Parse(StacModelItem.Write(info, network.ParameterCount, new ExportOptions { Name = "test model" }, "m.onnx", [1, 2, 3]));
        network.Dispose();
        JsonElement item = document.RootElement, properties = item.GetProperty("properties"), asset = item.GetProperty("assets").GetProperty("model");
        Assert.Equal("1.1.0", item.GetProperty("stac_version").GetString());
        Assert.Equal("https://stac-extensions.github.io/mlm/v1.5.0/schema.json", item.GetProperty("stac_extensions")[0].GetString());
        Assert.All((string[])["mlm:name", "mlm:architecture", "mlm:tasks", "mlm:input", "mlm:output"], key => Assert.True(properties.TryGetProperty(key, out _), key));
        JsonElement input = properties.GetProperty("mlm:input")[0];
        Assert.Equal("[\"X1\", \"X2\"]".Replace(" ", "", StringComparison.Ordinal), Compact(input.GetProperty("bands")));
        Assert.Equal("[-1,2,-1,-1]", Compact(input.GetProperty("input").GetProperty("shape")));
        // named bands need a dimension "bands", and a list of bands in the properties
        Assert.Equal("[\"batch\",\"bands\",\"height\",\"width\"]", Compact(input.GetProperty("input").GetProperty("dim_order")));
        Assert.Equal(2, properties.GetProperty("bands").GetArrayLength());
        Assert.Equal(["label", "confidence", "probabilities"], properties.GetProperty("mlm:output").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
        Assert.Equal("{\"value\":1,\"name\":\"class1\",\"description\":\"class1\",\"color_hint\":\"808080\"}", Compact(properties.GetProperty("mlm:output")[0].GetProperty("classification:classes")[0]));
        Assert.Equal("[\"mlm:model\"]", Compact(asset.GetProperty("roles")));
        Assert.Equal("onnx", asset.GetProperty("mlm:artifact_type").GetString());
        // SHA-256 of the bytes 1, 2, 3
        Assert.Equal("1220039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", asset.GetProperty("file:checksum").GetString());
    }

    [Fact]
    public void The_items_of_exported_and_quantised_models_break_no_rule_of_the_schemas()
    {
        (UNet network, CheckpointInfo info) = OnnxExportTests.Network(4, 2, 2, 3);
        var options = new ExportOptions { Name = "test model" };
        ModelCard card = ModelCard.Of(info, network.ParameterCount, options);
        network.Dispose();
        Assert.Empty(Broken(StacModelItem.Write(card, "m.onnx", [1, 2, 3])));
        string quantised = StacModelItem.Write(card with { Quantization = new JsonObject { ["method"] = "static" } }, "m-int8.onnx", [1, 2, 3]);
        Assert.Empty(Broken(quantised));
        Assert.Contains("\"asm:quantization\"", quantised, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"mlm:framework\"", "\"mlm:quantized\"", "mlm:quantized is a field of items")]
    [InlineData("\"mlm:model\"", "\"data\"", "an asset has the role mlm:model")]
    [InlineData("\"description\": \"class1\",", "", "a class has a description")]
    [InlineData("\"float32\"", "\"float\"", "the data type of input is known")]
    public void A_broken_rule_is_found(string text, string replaced, string rule)
    {
        (UNet network, CheckpointInfo info) = OnnxExportTests.Network(4, 2, 2, 3);
        string item = StacModelItem.Write(info, network.ParameterCount, new ExportOptions { Name = "test model" }, "m.onnx", [1, 2, 3]);
        network.Dispose();
        Assert.Contains(rule, Broken(item.Replace(text, replaced, StringComparison.Ordinal)));
    }

    private static List<string> Broken(string item)
    {
        using JsonDocument document = JsonDocument.Parse(item);
        return StacRules.Broken(document.RootElement);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
