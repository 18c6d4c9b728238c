using System.Text.Json;
using Asm.Inference.Model;
using Asm.Training.Fitting;
using Asm.Training.Network;

namespace Asm.Training.Export;

/// <summary>What a model says of itself, as the ONNX file's metadata.</summary>
internal static class ModelDescription
{
    private const int OverlapPercent = 25;

    /// <summary>Deepness divides samples by 255; a stack's samples are reflectance x 10,000: (DN / 255) / (10000 / 255) is the reflectance that the graph takes.</summary>
    private const double DeepnessDeviation = 10_000 / 255.0;

    /// <summary>The metadata, every value JSON, in ordinal order of the keys.</summary>
    /// <param name="info">The checkpoint.</param>
    /// <param name="parameters">Number of trained values.</param>
    /// <param name="options">Name and licence.</param>
    public static SortedDictionary<string, string> Metadata(CheckpointInfo info, long parameters, ExportOptions options)
    {
        UNetShape shape = info.Shape;
        ClassConfig[] classes = info.Config.Classes;
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelMetadataKeys.ModelType] = Json("Segmentor"),
            [ModelMetadataKeys.ClassNames] = Json(classes.Select((c, i) => (Key: $"{i}", c.Name)).ToDictionary(c => c.Key, c => c.Name)),
            [ModelMetadataKeys.ResolutionCentimetres] = Json(1000),
            [ModelMetadataKeys.TilesSizePixels] = Json(info.Config.Data.PatchPixels),
            [ModelMetadataKeys.TilesOverlapPercent] = Json(OverlapPercent),
            [ModelMetadataKeys.StandardizationMean] = Json(new double[shape.Bands]),
            [ModelMetadataKeys.StandardizationDeviation] = Json(Enumerable.Repeat(DeepnessDeviation, shape.Bands)),
            [ModelMetadataKeys.Bands] = Json(info.BandNames),
            [ModelMetadataKeys.Classes] = Json(classes.Select((c, i) => new { code = i + 1, name = c.Name, color = c.Color })),
            [ModelMetadataKeys.Scale] = Json("reflectance 0..1"),
            [ModelMetadataKeys.WindowPixels] = Json(info.Config.Data.PatchPixels),
            [ModelMetadataKeys.AlignmentPixels] = Json(shape.Alignment),
            [ModelMetadataKeys.BandMean] = Json(info.Statistics.Mean),
            [ModelMetadataKeys.BandDeviation] = Json(info.Statistics.Deviation),
            [ModelMetadataKeys.Architecture] = Json(new { type = "U-Net", width = shape.Width, depth = shape.Depth, bands = shape.Bands, classes = shape.Classes, parameters }),
            [ModelMetadataKeys.TrainedOn] = Json(options.TrainedOn ?? info.TrainedOn),
            [ModelMetadataKeys.Name] = Json(options.Name),
            [ModelMetadataKeys.ToolVersion] = Json($"asm-train {ToolVersion.Current}"),
            [ModelMetadataKeys.License] = Json(options.License),
        };
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
