using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Inference.Model;
using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Network;

namespace Asm.Training.Export;

/// <summary>What an exported model says of itself, whatever kind of model it is.</summary>
internal sealed record ModelCard
{
    /// <summary>Name and licence.</summary>
    public required ExportOptions Options { get; init; }

    /// <summary>What it was trained on, in a few words.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>The kind of model for people: "U-Net".</summary>
    public required string Architecture { get; init; }

    /// <summary>The model's size as an object of named numbers, for <c>asm_architecture</c>.</summary>
    public required JsonObject ArchitectureFacts { get; init; }

    /// <summary>How it was trained, for the STAC item.</summary>
    public required JsonObject Hyperparameters { get; init; }

    /// <summary>Number of trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Names of the bands, in their order.</summary>
    public required string[] BandNames { get; init; }

    /// <summary>Mean and standard deviation of each band's reflectance over the training data.</summary>
    public required BandStatistics Statistics { get; init; }

    /// <summary>The classes by code from 1.</summary>
    public required ClassConfig[] Classes { get; init; }

    /// <summary>Side of the windows that the model was trained on or runs well with, in pixels.</summary>
    public required int WindowPixels { get; init; }

    /// <summary>Height and width of a window must be multiples of this.</summary>
    public required int AlignmentPixels { get; init; }

    /// <summary>How the model was quantised and how far it agrees with the one that it was made from; null where it was not.</summary>
    public JsonObject? Quantization { get; init; }

    /// <summary>The card of a model made from another.</summary>
    /// <param name="source">What the other says of itself.</param>
    /// <param name="name">The new model's name.</param>
    /// <param name="quantization">How it was made.</param>
    public static ModelCard Of(ModelDescription source, string name, JsonObject quantization)
    {
        T? Says<T>(string key) => source.Metadata.TryGetValue(key, out string? text) ? JsonSerializer.Deserialize<T>(text) : default;
        JsonObject facts = Says<JsonObject>(ModelMetadataKeys.Architecture) ?? new JsonObject { ["type"] = "network" };
        var sizes = (JsonObject)facts.DeepClone();
        sizes.Remove("type");
        sizes["integer_share"] = quantization["integer_share"]?.DeepClone();
        return new()
        {
            Options = new ExportOptions { Name = name, License = Says<string>(ModelMetadataKeys.License) ?? "proprietary" },
            TrainedOn = Says<string>(ModelMetadataKeys.TrainedOn) ?? "unknown data",
            Architecture = facts["type"]?.GetValue<string>() ?? "network",
            ArchitectureFacts = facts,
            Hyperparameters = sizes,
            Parameters = facts["parameters"]?.GetValue<long>() ?? 0,
            BandNames = [.. source.Bands],
            Statistics = new BandStatistics([.. source.BandMean], [.. source.BandStandardDeviation]),
            Classes = [.. source.Classes.Select(c => new ClassConfig { Name = c.Name, Color = c.Color.ToString() })],
            WindowPixels = source.WindowPixels,
            AlignmentPixels = source.ReceptiveField?.AlignmentPixels ?? 1,
            Quantization = quantization,
        };
    }

    /// <summary>The card of a U-Net.</summary>
    public static ModelCard Of(CheckpointInfo info, long parameters, ExportOptions options)
    {
        UNetShape shape = info.Shape;
        return new()
        {
            Options = options,
            TrainedOn = options.TrainedOn ?? info.TrainedOn,
            Architecture = "U-Net",
            ArchitectureFacts = new JsonObject
            {
                ["type"] = "U-Net",
                ["width"] = shape.Width,
                ["depth"] = shape.Depth,
                ["bands"] = shape.Bands,
                ["classes"] = shape.Classes,
                ["parameters"] = parameters
            },
            Hyperparameters = new JsonObject
            {
                ["width"] = shape.Width,
                ["depth"] = shape.Depth,
                ["steps"] = info.Step,
                ["batch"] = info.Config.Batch
            },
            Parameters = parameters,
            BandNames = info.BandNames,
            Statistics = info.Statistics,
            Classes = info.Config.Classes,
            WindowPixels = info.Config.Data.PatchPixels,
            AlignmentPixels = shape.Alignment,
        };
    }
}
