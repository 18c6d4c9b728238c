using System.Runtime.InteropServices;
using Asm.Inference.Model;
using Asm.Training.Graphs;

namespace Asm.Training.Quantizing;

/// <summary>A convolution of a network with its ReLU, if it has one, and a copy of its weights that may be changed.</summary>
/// <param name="node">The Conv node.</param>
/// <param name="output">Name of the tensor that it gives: of its ReLU where it has one.</param>
/// <param name="hasRelu">Whether a ReLU follows.</param>
/// <param name="weight">Output channels x input channels x height x width.</param>
/// <param name="bias">One value an output channel; null: none.</param>
internal sealed class ConvLayer(NodeProto node, string output, bool hasRelu, TensorProto weight, TensorProto? bias)
{
    /// <summary>The Conv node.</summary>
    public NodeProto Node => node;

    /// <summary>The node's name, or its output's where it has none.</summary>
    public string Name => node.Name.Length > 0 ? node.Name : node.Output[0];

    /// <summary>Name of the tensor that it reads.</summary>
    public string Input => node.Input[0];

    /// <summary>Name of the tensor that it gives, after its ReLU.</summary>
    public string Output => output;

    /// <summary>Whether a ReLU follows.</summary>
    public bool HasRelu => hasRelu;

    /// <summary>Shape of the weights.</summary>
    public long[] Shape { get; } = [.. weight.Dims];

    /// <summary>The weights, output channel after output channel.</summary>
    public float[] Weight { get; } = Floats(weight);

    /// <summary>One value an output channel; zeros where the node has none.</summary>
    public float[] Bias { get; } = bias is null ? new float[weight.Dims[0]] : Floats(bias);

    /// <summary>Number of output channels.</summary>
    public int Filters => (int)Shape[0];

    /// <summary>Weights of one output channel.</summary>
    public int WeightsPerFilter => Weight.Length / Filters;

    /// <summary>The values of one output channel's weights.</summary>
    public Span<float> FilterWeights(int filter) => Weight.AsSpan(filter * WeightsPerFilter, WeightsPerFilter);

    /// <summary>The largest magnitude of the weights on an input channel.</summary>
    public float LargestWeightOn(int inputChannel)
    {
        float largest = 0;
        for (int filter = 0; filter < Filters; filter++)
            foreach (float weight in WeightsOn(filter, inputChannel)) largest = Math.Max(largest, Math.Abs(weight));
        return largest;
    }

    /// <summary>Divides each output channel by a number above 0.</summary>
    public void DivideFilters(float[] by)
    {
        for (int filter = 0; filter < Filters; filter++)
        {
            foreach (ref float weight in FilterWeights(filter)) weight /= by[filter];
            Bias[filter] /= by[filter];
        }
    }

    /// <summary>Multiplies the weights on an input channel.</summary>
    public void MultiplyInput(int inputChannel, float by)
    {
        for (int filter = 0; filter < Filters; filter++)
            foreach (ref float weight in WeightsOn(filter, inputChannel)) weight *= by;
    }

    /// <summary>The weights of an output channel on an input channel.</summary>
    public Span<float> WeightsOn(int filter, int inputChannel)
    {
        int taps = (int)(Shape[2] * Shape[3]);
        return FilterWeights(filter).Slice(inputChannel * taps, taps);
    }

    /// <summary>The values of a float32 tensor, wherever the file keeps them.</summary>
    internal static float[] Floats(TensorProto tensor) =>
        tensor.FloatData.Count > 0 ? [.. tensor.FloatData] : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    /// <summary>Whether a tensor holds float32 values.</summary>
    internal static bool IsFloat(TensorProto tensor) => tensor.DataType == OnnxGraphBuilder.Float;
}
