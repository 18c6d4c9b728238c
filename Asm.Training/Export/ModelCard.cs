using System.Text.Json.Nodes;
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

    /// <summary>The card of a U-Net.</summary>
    public static ModelCard Of(CheckpointInfo info, long parameters, ExportOptions options)
    {
        UNetShape shape = info.Shape;
        return new()
        {
            Options = options,
            TrainedOn = options.TrainedOn ?? info.TrainedOn,
            Architecture = "U-Net",
            ArchitectureFacts = new JsonObject { ["type"] = "U-Net", ["width"] = shape.Width, ["depth"] = shape.Depth, ["bands"] = shape.Bands, ["classes"] = shape.Classes, ["parameters"] = parameters },
            Hyperparameters = new JsonObject { ["width"] = shape.Width, ["depth"] = shape.Depth, ["steps"] = info.Step, ["batch"] = info.Config.Batch },
            Parameters = parameters,
            BandNames = info.BandNames,
            Statistics = info.Statistics,
            Classes = info.Config.Classes,
            WindowPixels = info.Config.Data.PatchPixels,
            AlignmentPixels = shape.Alignment,
        };
    }
}
