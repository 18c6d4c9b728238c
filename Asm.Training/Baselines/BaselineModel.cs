using System.Text.Json.Nodes;
using Asm.Inference.Model;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Training.Export;
using Asm.Training.Graphs;
using Google.Protobuf;

namespace Asm.Training.Baselines;

/// <summary>
/// A trained pixel classifier as an ONNX model in the form of docs/model-format.md: the engine runs it like any network, with a halo of 0.
/// </summary>
internal static class BaselineModel
{
    // A pixel classifier has no window of its own. 512 keeps the overlap of blended windows small, and is the height
    // of the tiles that are read.
    private const int WindowPixels = 512;

    /// <summary>What the model says of itself.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="samples">What it was trained on.</param>
    /// <param name="options">Name, licence and origin of the samples.</param>
    public static ModelCard Card(IPixelClassifier classifier, PixelSamples samples, ExportOptions options)
    {
        var facts = new JsonObject
        {
            ["type"] = classifier.Architecture,
            ["bands"] = samples.BandNames.Length,
            ["classes"] = samples.Classes.Length,
            ["parameters"] = classifier.Parameters
        };
        foreach ((string key, JsonNode? value) in classifier.Facts) facts[key] = value?.DeepClone();
        JsonObject hyperparameters = classifier.Facts;
        hyperparameters["samples"] = samples.Count;
        return new()
        {
            Options = options,
            TrainedOn = options.TrainedOn ?? "labelled pixels",
            Architecture = classifier.Architecture,
            ArchitectureFacts = facts,
            Hyperparameters = hyperparameters,
            Parameters = classifier.Parameters,
            BandNames = samples.BandNames,
            Statistics = samples.Statistics(),
            Classes = samples.Classes,
            WindowPixels = WindowPixels,
            AlignmentPixels = 1,
        };
    }

    /// <summary>The whole file's content.</summary>
    public static byte[] Build(IPixelClassifier classifier, ModelCard card)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            ProducerName = "asm-train",
            ProducerVersion = Provenance.ToolVersion,
            DocString = $"{card.Options.Name}: a {card.Architecture} for {card.BandNames.Length} bands of "
                + $"Sentinel-2 ({string.Join(' ', card.BandNames)}), reflectance 0..1, any height and width.",
            Graph = Graph(classifier, card),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = UNetGraph.Opset });
        if (model.Graph.Node.Any(n => n.Domain == ForestGraph.TreeDomain))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = ForestGraph.TreeDomain, Version = ForestGraph.TreeOpset });
        foreach ((string key, string value) in ModelCardMetadata.Of(card))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }

    /// <summary>Writes the model and its STAC item beside it; both get their names when both are whole.</summary>
    /// <exception cref="AsmException">A file is there and may not be replaced, or cannot be written.</exception>
    public static void Write(string path, byte[] model, ModelCard card, bool overwrite)
    {
        using AsideFile file = AsideFile.Create(path, overwrite), item = AsideFile.Create(Path.ChangeExtension(path, ".json"), overwrite);
        file.Stream.Write(model);
        item.Stream.Write(System.Text.Encoding.UTF8.GetBytes(StacModelItem.Write(card, Path.GetFileName(path), model)));
        file.Flush();
        item.Complete();
        file.Complete();
    }

    private static GraphProto Graph(IPixelClassifier classifier, ModelCard card)
    {
        var b = new OnnxGraphBuilder();
        b.Graph.Name = card.Architecture;
        b.Graph.Input.Add(OnnxGraphBuilder.Value("reflectance", OnnxGraphBuilder.Float, "N", card.BandNames.Length, "H", "W"));
        classifier.Write(b, "probabilities");
        b.Node("ReduceMax", "confidence", ["probabilities"], ("axes", (long[])[1]), ("keepdims", 1));
        string position = b.Node("ArgMax", "position", ["probabilities"], ("axis", 1), ("keepdims", 1));
        b.Node("Cast", "label", [b.Node("Add", "code", [position, b.Constant("one", [1L], 1)])], ("to", OnnxGraphBuilder.UInt8));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("label", OnnxGraphBuilder.UInt8, "N", 1, "H", "W"));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("confidence", OnnxGraphBuilder.Float, "N", 1, "H", "W"));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("probabilities", OnnxGraphBuilder.Float, "N", card.Classes.Length, "H", "W"));
        return b.Graph;
    }
}
