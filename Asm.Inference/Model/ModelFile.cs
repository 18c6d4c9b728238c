using System.Security.Cryptography;
using System.Text.Json;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Google.Protobuf;

namespace Asm.Inference.Model;

/// <summary>Reads what an ONNX file says of itself: the metadata of docs/model-format.md, and the geometry of its graph.</summary>
public static class ModelFile
{
    private const long LargestFileBytes = int.MaxValue;

    /// <summary>Describes a model without loading it into ONNX Runtime.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="AsmException">The file is missing, is no ONNX model, or lacks metadata; the message names what.</exception>
    public static ModelDescription Describe(string path) => Describe(path, ReadBytes(path));

    internal static byte[] ReadBytes(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new AsmException(path, "there is no such file", "an ONNX model", "check the path", AsmErrorCode.InputMissing);
        if (file.Length > LargestFileBytes)
            throw new AsmException(path, $"is {file.Length / 1e9:0.0} GB",
                "an ONNX file below 2 GB", "export a smaller model", AsmErrorCode.Model);
        try
        {
            return InputPath.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e, AsmErrorCode.InputMissing);
        }
    }

    internal static ModelDescription Describe(string path, byte[] bytes)
    {
        ModelProto model = Parse(path, bytes);
        GraphProto graph = model.Graph;
        var metadata = new Dictionary<string, string>();
        foreach (StringStringEntryProto entry in model.MetadataProps) metadata[entry.Key] = entry.Value;
        string[] bands = Json<string[]>(path, metadata, ModelMetadataKeys.Bands);
        MapClass[] classes = Classes(path, metadata);
        float[] mean = Json<float[]>(path, metadata, ModelMetadataKeys.BandMean),
            deviation = Json<float[]>(path, metadata, ModelMetadataKeys.BandDeviation);
        if (bands.Length == 0 || mean.Length != bands.Length || deviation.Length != bands.Length)
            throw new AsmException(path, $"names {bands.Length} bands, {mean.Length} means and {deviation.Length} deviations",
                "one mean and one deviation for each band", "export the model again with asm-train export", AsmErrorCode.Model);
        int window = Json<int>(path, metadata, ModelMetadataKeys.WindowPixels);
        if (window is < 16 or > 8192)
            throw new AsmException(path, $"{ModelMetadataKeys.WindowPixels} is {window}",
                "16 to 8192", "export the model again with asm-train export", AsmErrorCode.Model);
        var initializers = graph.Initializer.Select(i => i.Name).ToHashSet();
        ValueInfoProto input = graph.Input.FirstOrDefault(i => !initializers.Contains(i.Name))
            ?? throw new AsmException(path, "its graph has no input", "one input of bands",
                "export the model again with asm-train export", AsmErrorCode.Model);
        GraphFacts facts = GraphAnalysis.Of(graph, input.Name, ProbabilityOutput(graph, path), bands.Length, path);
        return new()
        {
            Name = Path.GetFileName(path),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Bands = bands,
            Classes = classes,
            WindowPixels = window,
            BandMean = mean,
            BandStandardDeviation = deviation,
            ReceptiveField = facts.Field,
            Unbounded = facts.Unbounded,
            PeakActivationBytesPerPixel = facts.PeakActivationBytesPerPixel,
            FileBytes = bytes.LongLength,
            Metadata = metadata,
        };
    }

    /// <summary>The output of class probabilities: the one of that name, else the first float one.</summary>
    internal static string ProbabilityOutput(GraphProto graph, string path) =>
        (graph.Output.FirstOrDefault(o => o.Name == "probabilities")
            ?? graph.Output.FirstOrDefault(o => o.Type?.TensorType?.ElemType == 1))?.Name
        ?? throw new AsmException(path, "its graph has no float output", "an output named probabilities",
            "export the model again with asm-train export", AsmErrorCode.Model);

    internal static ModelProto Parse(string path, byte[] bytes)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            if (model.Graph is not null && model.Graph.Node.Count > 0) return model;
        }
        catch (InvalidProtocolBufferException) { }
        throw new AsmException(path, "is not an ONNX model, or is damaged", "a file that asm-train export or another ONNX exporter wrote",
            "copy the file again, or export it again", AsmErrorCode.InputFormat);
    }

    private static MapClass[] Classes(string path, Dictionary<string, string> metadata)
    {
        ClassEntry[] entries = Json<ClassEntry[]>(path, metadata, ModelMetadataKeys.Classes);
        MapClass[] classes = [.. entries.Select(e => new MapClass(e.Code, e.Name ?? "", ParseColor(path, e.Color)))];
        for (int i = 0; i < classes.Length; i++)
            if (classes[i].Code != i + 1 || classes[i].Name.Length == 0)
                throw new AsmException(path,
                    $"class {i + 1} of {ModelMetadataKeys.Classes} has code {classes[i].Code} and name '{classes[i].Name}'",
                    "codes 1, 2, 3, ... in order, each with a name", "export the model again with asm-train export", AsmErrorCode.Model);
        if (classes.Length is < 2 or > 254)
            throw new AsmException(path, $"names {classes.Length} classes", "2 to 254",
                "export the model again with asm-train export", AsmErrorCode.Model);
        return classes;
    }

    private static Rgb ParseColor(string path, string? color)
    {
        try
        {
            return Rgb.Parse(color ?? "");
        }
        catch (FormatException e)
        {
            throw new AsmException($"{path}: {ModelMetadataKeys.Classes}: {e.Message}", e, AsmErrorCode.Model);
        }
    }

    private static T Json<T>(string path, Dictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            throw new AsmException(path, $"its metadata has no {key}",
                "a model that says what its bands and classes are (docs/model-format.md)",
                "export it with asm-train export, or add the metadata to the ONNX file", AsmErrorCode.Model);
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new AsmException(
                $"{path}: its metadata {key} is not the JSON expected: {e.Message}\n  fix: export the model again with asm-train export",
                e, AsmErrorCode.Model);
        }
    }

    private sealed record ClassEntry(int Code, string? Name, string? Color);
}
