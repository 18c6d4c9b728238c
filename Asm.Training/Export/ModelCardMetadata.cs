using System.Text.Json;
using Asm.Inference.Model;
using Asm.Maps.Stages;
using Asm.Training.Fitting;

namespace Asm.Training.Export;

/// <summary>What a model says of itself, as the ONNX file's metadata.</summary>
internal static class ModelCardMetadata
{
    private const int OverlapPercent = 25;

    /// <summary>
    /// Deepness divides samples by 255; a stack's samples are reflectance x 10,000: (DN / 255) / (10000 / 255) is the
    /// reflectance that the graph takes.
    /// </summary>
    private const double DeepnessDeviation = 10_000 / 255.0;

    /// <summary>The metadata of a U-Net.</summary>
    /// <param name="info">The checkpoint.</param>
    /// <param name="parameters">Number of trained values.</param>
    /// <param name="options">Name and licence.</param>
    public static SortedDictionary<string, string> Of(CheckpointInfo info, long parameters, ExportOptions options) =>
        Of(ModelCard.Of(info, parameters, options));

    /// <summary>The metadata, every value JSON, in ordinal order of the keys.</summary>
    public static SortedDictionary<string, string> Of(ModelCard card) => new(StringComparer.Ordinal)
    {
        [ModelMetadataKeys.ModelType] = Json("Segmentor"),
        [ModelMetadataKeys.ClassNames] = Json(card.Classes.Select((c, i) => (Key: $"{i}", c.Name)).ToDictionary(c => c.Key, c => c.Name)),
        [ModelMetadataKeys.ResolutionCentimetres] = Json(1000),
        [ModelMetadataKeys.TilesSizePixels] = Json(card.WindowPixels),
        [ModelMetadataKeys.TilesOverlapPercent] = Json(OverlapPercent),
        [ModelMetadataKeys.StandardizationMean] = Json(new double[card.BandNames.Length]),
        [ModelMetadataKeys.StandardizationDeviation] = Json(Enumerable.Repeat(DeepnessDeviation, card.BandNames.Length)),
        [ModelMetadataKeys.Bands] = Json(card.BandNames),
        [ModelMetadataKeys.Classes] = Json(card.Classes.Select((c, i) => new { code = i + 1, name = c.Name, color = c.Color })),
        [ModelMetadataKeys.Scale] = Json("reflectance 0..1"),
        [ModelMetadataKeys.WindowPixels] = Json(card.WindowPixels),
        [ModelMetadataKeys.AlignmentPixels] = Json(card.AlignmentPixels),
        [ModelMetadataKeys.BandMean] = Json(card.Statistics.Mean),
        [ModelMetadataKeys.BandDeviation] = Json(card.Statistics.Deviation),
        [ModelMetadataKeys.Architecture] = card.ArchitectureFacts.ToJsonString(),
        [ModelMetadataKeys.TrainedOn] = Json(card.TrainedOn),
        [ModelMetadataKeys.Name] = Json(card.Options.Name),
        [ModelMetadataKeys.ToolVersion] = Json($"asm-train {Provenance.ToolVersion}"),
        [ModelMetadataKeys.License] = Json(card.Options.License),
    };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
