using System.Runtime.InteropServices;
using Asm.Inference.Model;
using Asm.Training.Quantizing;
using Google.Protobuf;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Quantizing;

/// <summary>Networks and windows that several tests of quantisation share.</summary>
internal static class QuantisedNetwork
{
    /// <summary>A graph as a model of operator set 17.</summary>
    public static ModelProto Model(OnnxNetwork network, long opset = 17) => new() { IrVersion = 8, Graph = network.Graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };

    /// <summary>A window of smooth random reflectance.</summary>
    public static CalibrationWindow Window(int bands, int side, int seed)
    {
        var random = new Random(seed);
        float[] phase = [.. Enumerable.Range(0, bands).Select(_ => random.NextSingle())];
        var values = new float[bands * side * side];
        for (int i = 0; i < values.Length; i++)
            values[i] = 0.2f + 0.1f * MathF.Sin(0.3f * (i % side) + 0.2f * (i / side % side) + 6 * phase[i / (side * side)]) + 0.02f * random.NextSingle();
        byte[] valid = new byte[side * side];
        valid.AsSpan().Fill(1);
        return new(values, valid, side, side);
    }

    /// <summary>Runs a network.</summary>
    public static float[] Run(ModelProto model, CalibrationWindow window)
    {
        using var session = new NetworkSession(model, ["probabilities"], 1);
        using var outputs = session.Run(window);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>The model with another graph.</summary>
    public static ModelProto With(ModelProto model, GraphProto graph)
    {
        ModelProto copy = model.Clone();
        copy.Graph = graph;
        return copy;
    }

    /// <summary>A convolution of given weights, one tap each.</summary>
    public static ConvLayer Layer(float[] weight, int filters, float[] bias) => new(
        new NodeProto { Name = "conv", OpType = "Conv", Input = { "x", "w", "b" }, Output = { "y" } }, "y", false,
        Tensor("w", weight, filters, weight.Length / filters, 1, 1), Tensor("b", bias, bias.Length));

    private static TensorProto Tensor(string name, float[] values, params long[] shape) =>
        new() { Name = name, DataType = 1, Dims = { shape }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())) };
}
