using System.Runtime.InteropServices;
using Asm.Inference.Model;
using Asm.Training.Graphs;
using Google.Protobuf;

namespace Asm.Training.Quantizing;

/// <summary>
/// Writes a graph whose chosen convolutions are integer ones, in the QDQ form of ONNX: uint8 activations, int8 weights by output channel,
/// int32 biases whose scale is input scale x weight scale. The rest stays float32. Operators that carry values between integer
/// convolutions carry uint8.
/// </summary>
internal sealed class QdqWriter
{
    private readonly ConvGraph _graph;
    private readonly IReadOnlySet<ConvLayer> _integer;
    private readonly Func<string, ActivationRange> _range;
    private readonly Func<ConvLayer, QuantisedWeights> _weights;
    private readonly GraphProto _out;
    private readonly Dictionary<string, string> _float = [];
    private readonly Dictionary<string, string> _quantised = [];
    private readonly HashSet<string> _constants = [];

    private QdqWriter(ConvGraph graph, IReadOnlySet<ConvLayer> integer,
        Func<string, ActivationRange> range, Func<ConvLayer, QuantisedWeights> weights)
    {
        (_graph, _integer, _range, _weights) = (graph, integer, range, weights);
        _out = new GraphProto
        {
            Name = graph.Graph.Name,
            DocString = graph.Graph.DocString,
            Input = { graph.Graph.Input },
            Output = { graph.Graph.Output }
        };
    }

    /// <summary>Writes the graph.</summary>
    /// <param name="graph">The float graph.</param>
    /// <param name="integer">The layers that become integer ones.</param>
    /// <param name="range">The range of a tensor; the same for all tensors that carriers connect.</param>
    /// <param name="weights">The weights of an integer layer.</param>
    public static GraphProto Write(ConvGraph graph, IReadOnlySet<ConvLayer> integer,
        Func<string, ActivationRange> range, Func<ConvLayer, QuantisedWeights> weights)
    {
        var writer = new QdqWriter(graph, integer, range, weights);
        foreach (ValueInfoProto output in graph.Graph.Output) writer.Float(output.Name);
        return writer._out;
    }

    /// <summary>Makes a tensor available as float32 and returns its name.</summary>
    private string Float(string tensor)
    {
        if (_float.TryGetValue(tensor, out string? known)) return known;
        return _float[tensor] = MakeFloat(tensor);
    }

    private string MakeFloat(string tensor)
    {
        if (_graph.LayerOf(tensor) is { } layer) return Layer(layer);
        if (_graph.Carrier(tensor) is not null && _graph.Sources(tensor).All(IsInteger)) return Quantised(tensor);
        if (_graph.Producer(tensor) is not { } node)
        {
            if (_graph.Constants.TryGetValue(tensor, out TensorProto? constant) && _constants.Add(tensor)) _out.Initializer.Add(constant);
            return tensor;
        }
        NodeProto copy = node.Clone();
        for (int i = 0; i < copy.Input.Count; i++)
            if (copy.Input[i].Length > 0) copy.Input[i] = Float(copy.Input[i]);
        _out.Node.Add(copy);
        return tensor;
    }

    /// <summary>Makes a tensor available rounded to its range, behind a DequantizeLinear, and returns its name.</summary>
    private string Quantised(string tensor)
    {
        if (_quantised.TryGetValue(tensor, out string? known)) return known;
        if (IsInteger(tensor)) return _quantised[tensor] = Float(tensor);
        if (_graph.Carrier(tensor) is not { } carrier) return _quantised[tensor] = Round(Float(tensor), tensor);
        NodeProto copy = carrier.Clone();
        for (int i = 0; i < copy.Input.Count; i++) copy.Input[i] = Quantised(copy.Input[i]);
        copy.Output[0] = $"{tensor}.carried";
        _out.Node.Add(copy);
        return _quantised[tensor] = Round(copy.Output[0], tensor);
    }

    private bool IsInteger(string tensor) => _graph.LayerOf(tensor) is { } layer && _integer.Contains(layer);

    private string Layer(ConvLayer layer)
    {
        bool integer = _integer.Contains(layer);
        NodeProto convolution = layer.Node.Clone();
        convolution.Input.Clear();
        convolution.Input.Add(integer ? Quantised(layer.Input) : Float(layer.Input));
        convolution.Input.AddRange(integer ? IntegerWeights(layer) : FloatWeights(layer));
        string result = layer.HasRelu ? $"{layer.Name}.before_relu" : integer ? $"{layer.Output}.unrounded" : layer.Output;
        convolution.Output[0] = result;
        _out.Node.Add(convolution);
        if (layer.HasRelu)
        {
            NodeProto relu = _graph.Producer(layer.Output)!.Clone();
            relu.Input[0] = result;
            relu.Output[0] = result = integer ? $"{layer.Output}.unrounded" : layer.Output;
            _out.Node.Add(relu);
        }
        return integer ? Round(result, layer.Output) : result;
    }

    private string[] FloatWeights(ConvLayer layer) =>
    [
        Constant($"{layer.Name}.weight", OnnxGraphBuilder.Float, MemoryMarshal.AsBytes(layer.Weight.AsSpan()), layer.Shape),
        Constant($"{layer.Name}.bias", OnnxGraphBuilder.Float, MemoryMarshal.AsBytes(layer.Bias.AsSpan()), layer.Filters),
    ];

    private string[] IntegerWeights(ConvLayer layer)
    {
        float inputScale = _range(layer.Input).Scale;
        QuantisedWeights weights = _weights(layer);
        float[] biasScale = [.. weights.Scale.Select(s => s * inputScale)];
        int[] bias = [.. weights.Bias.Select((b, i) => (int)Math.Clamp(Math.Round(b / biasScale[i]), int.MinValue, int.MaxValue))];
        string name = layer.Name, weightScale = Constant($"{name}.weight.scale",
            OnnxGraphBuilder.Float, MemoryMarshal.AsBytes(weights.Scale.AsSpan()), layer.Filters);
        string zeros = Constant($"{name}.weight.zero", OnnxGraphBuilder.Int8, new byte[layer.Filters], layer.Filters);
        string values = Constant($"{name}.weight.int8", OnnxGraphBuilder.Int8, MemoryMarshal.AsBytes(weights.Values.AsSpan()), layer.Shape);
        string biases = Constant($"{name}.bias.int32", OnnxGraphBuilder.Int32, MemoryMarshal.AsBytes(bias.AsSpan()), layer.Filters);
        string scales = Constant($"{name}.bias.scale", OnnxGraphBuilder.Float, MemoryMarshal.AsBytes(biasScale.AsSpan()), layer.Filters);
        return [Node("DequantizeLinear", $"{name}.weight", [values, weightScale, zeros], byChannel: true),
            Node("DequantizeLinear", $"{name}.bias", [biases, scales], byChannel: true)];
    }

    /// <summary>QuantizeLinear and DequantizeLinear.</summary>
    private string Round(string value, string tensor)
    {
        ActivationRange range = _range(tensor);
        string scale = Constant($"{tensor}.scale", OnnxGraphBuilder.Float, MemoryMarshal.AsBytes([range.Scale])),
            zero = Constant($"{tensor}.zero", OnnxGraphBuilder.UInt8, [range.ZeroPoint]);
        return Node("DequantizeLinear", $"{tensor}.rounded",
            [Node("QuantizeLinear", $"{tensor}.uint8", [value, scale, zero]), scale, zero]);
    }

    private string Node(string operation, string name, string[] inputs, bool byChannel = false)
    {
        var node = new NodeProto { OpType = operation, Name = name, Input = { inputs }, Output = { name } };
        if (byChannel) node.Attribute.Add(new AttributeProto { Name = "axis", Type = OnnxGraphBuilder.AttributeInt, I = 0 });
        _out.Node.Add(node);
        return name;
    }

    private string Constant(string name, int elementType, ReadOnlySpan<byte> data, params long[] shape)
    {
        if (_constants.Add(name))
            _out.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = elementType,
                Dims = { shape },
                RawData = ByteString.CopyFrom(data)
            });
        return name;
    }
}
