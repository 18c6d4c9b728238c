using System.Runtime.InteropServices;
using System.Text.Json;
using Asm.Inference.Model;
using Asm.Raster;
using Asm.Training.Graphs;
using Asm.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>The way back from <see cref="UNetGraph"/>: the network of an ONNX file that asm-train exported, bit for bit.</summary>
internal static class OnnxWeights
{
    /// <summary>Reads the network and what the file says of it.</summary>
    /// <exception cref="AsmException">The file cannot be read, or is no float32 U-Net that asm-train exported.</exception>
    public static InitialModel Read(string path)
    {
        try
        {
            OnnxFile file = OnnxFile.Read(path);
            ModelDescription description = ModelFile.Describe(file);
            using var architecture =
                JsonDocument.Parse(description.Metadata.GetValueOrDefault(ModelMetadataKeys.Architecture, "{}"));
            if (architecture.RootElement.ValueKind != JsonValueKind.Object
                || !architecture.RootElement.TryGetProperty("type", out JsonElement type)
                || type.ValueKind != JsonValueKind.String || type.GetString() != "U-Net")
                throw new AsmException(path, "is no U-Net that asm-train exported",
                    "a checkpoint of asm-train fit, or a float32 U-Net of asm-train export", "give another model");
            int Size(string key) => architecture.RootElement.GetProperty(key).GetInt32();
            var shape = new UNetShape { Bands = Size("bands"), Classes = Size("classes"), Width = Size("width"), Depth = Size("depth") };
            shape.RequireWithin(file.Bytes);
            var network = new UNet(shape, new BandStatistics([.. description.BandMean], [.. description.BandStandardDeviation]));
            Fill(network, file.Model.Graph.Initializer.ToDictionary(t => t.Name));
            return new InitialModel(path, network, description.Bands, [.. description.Classes.Select(c => c.Name)],
                JsonSerializer.Deserialize<string>(description.Metadata[ModelMetadataKeys.TrainedOn]) ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidDataException or ArgumentException
            or FormatException or InvalidOperationException)
        {
            throw new AsmException($"{path}: its weights cannot be taken ({e.Message})\n  expected: a checkpoint of asm-train fit, "
                + "or a float32 U-Net of asm-train export\n  fix: give the model as it was before quantisation, or its checkpoint", e);
        }
    }

    private static void Fill(UNet network, Dictionary<string, TensorProto> initialisers)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, var parameter) in network.named_parameters())
        {
            bool up = name.StartsWith("up.", StringComparison.Ordinal), bias = name.EndsWith("bias", StringComparison.Ordinal);
            int count = (int)parameter.numel();
            float[] stored = Values(initialisers, name, up && bias ? 4 * count : count);
            // UNetGraph writes the bias of a transposed convolution once for each of the four pixels
            float[] values = !up ? stored : bias ? stored[..count] : Transposed(stored, (int)parameter.shape[0], (int)parameter.shape[1]);
            parameter.copy_(tensor(values).reshape(parameter.shape));
        }
    }

    private static float[] Values(Dictionary<string, TensorProto> initialisers, string name, int count)
    {
        if (!initialisers.TryGetValue(name, out TensorProto? tensor)) throw new InvalidDataException($"it has no {name}");
        if (tensor.DataType != OnnxGraphBuilder.Float || tensor.RawData.Length != 4L * count)
            throw new InvalidDataException($"{name} is no float32 tensor of {count} values");
        return MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
    }

    // The inverse of UNetGraph.Up: [4 filters, inputs, 1, 1] with channel (dy * 2 + dx) * filters + filter back to
    // [inputs, filters, dy, dx].
    private static float[] Transposed(float[] stored, int inputs, int filters)
    {
        float[] weight = new float[stored.Length];
        for (int from = 0; from < inputs; from++)
            for (int filter = 0; filter < filters; filter++)
                for (int tap = 0; tap < 4; tap++)
                    weight[(from * filters + filter) * 4 + tap] = stored[(tap * filters + filter) * inputs + from];
        return weight;
    }
}
