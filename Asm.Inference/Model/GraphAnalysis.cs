using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>
/// What the graph of a fully convolutional network says of its geometry and its need of memory, without running it.
/// Tensors are N x C x H x W; both spatial axes are followed and the larger figure counts.
/// </summary>
internal sealed class GraphAnalysis
{
    private static readonly HashSet<string> Pointwise =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "HardSwish", "HardSigmoid",
        "Sigmoid", "Tanh", "Softplus", "Clip", "Abs", "Exp", "Log", "Sqrt", "Neg",
        "Add", "Sub", "Mul", "Div", "Min", "Max", "Pow", "Sum", "Cast", "Identity", "Dropout",
        "BatchNormalization", "QuantizeLinear", "DequantizeLinear", "Where", "Greater", "Less", "Equal",
    ];

    /// <summary>Deeper pooling is in no network; every phase of it is walked.</summary>
    public const int MostAlignment = 256;

    /// <summary>A network that looks farther sees the whole of any window.</summary>
    private const int MostMargin = 16_384;

    /// <summary>Nodes that are walked for all phases, at most.</summary>
    private const long MostSteps = 1_000_000;

    private readonly GraphProto _graph;
    private readonly string _path;
    private readonly Dictionary<string, NodeProto> _producers = [];
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, double> _scale = [];
    private readonly Dictionary<string, long> _channels = [];
    private readonly PixelLayout _layout;

    private GraphAnalysis(GraphProto graph, string path)
    {
        (_graph, _path) = (graph, path);
        _constants = graph.Initializer.ToDictionary(t => t.Name);
        _layout = new(_constants.GetValueOrDefault);
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == "Constant" && Attribute(node, "value")?.T is { } value) _constants[node.Output[0]] = value;
            foreach (string output in node.Output) _producers[output] = node;
        }
    }

    public static GraphFacts Of(GraphProto graph, string input, string output, int bands, string path)
    {
        var walk = new GraphAnalysis(graph, path);
        double bytes = walk.Forward(input, bands);
        int alignment = walk.Alignment(output);
        try
        {
            if ((long)alignment * graph.Node.Count > MostSteps)
                throw new UnboundedException($"its {graph.Node.Count:N0} nodes are too many to follow");
            int margin = 0;
            for (int axis = 0; axis < 2; axis++)
                for (int phase = 0; phase < alignment; phase++) margin = Math.Max(margin, walk.Margin(input, output, phase, axis));
            return new(new(margin, alignment), null, bytes, alignment);
        }
        catch (UnboundedException e)
        {
            return new(null, e.Message, bytes, alignment);
        }
    }

    /// <summary>Follows the nodes in order: scale and channels of each tensor, and the peak of what is alive.</summary>
    private double Forward(string input, int bands)
    {
        (_scale[input], _channels[input]) = (1, bands);
        var lastUse = new Dictionary<string, int>();
        for (int i = 0; i < _graph.Node.Count; i++)
            foreach (string name in _graph.Node[i].Input) lastUse[name] = i;
        double alive = 4.0 * bands, peak = alive;
        for (int i = 0; i < _graph.Node.Count; i++)
        {
            NodeProto node = _graph.Node[i];
            string? data = node.OpType == "Shape" ? null : node.Input.FirstOrDefault(_scale.ContainsKey);
            _layout.Follow(node, data, data is null ? 0 : _channels[data]);
            if (data is null) continue;
            double scale = _scale[data] * Growth(node);
            long channels = Channels(node, data);
            foreach (string name in node.Output)
            {
                (_scale[name], _channels[name]) = (scale, channels);
                alive += 4 * channels * scale * scale;
            }
            peak = Math.Max(peak, alive);
            foreach (string name in node.Input.Distinct())
                if (_scale.TryGetValue(name, out double s) && lastUse[name] == i) alive -= 4 * _channels[name] * s * s;
        }
        return peak;
    }

    private long Channels(NodeProto node, string data) => node.OpType switch
    {
        "Conv" => _constants.TryGetValue(node.Input[1], out TensorProto? w) ? w.Dims[0] : QuantisedWeight(node)?.Dims[0] ?? _channels[data],
        "ConvTranspose" => _constants.TryGetValue(node.Input[1], out TensorProto? w) ? w.Dims[1] * Int(node, "group", 1) : _channels[data],
        "Concat" => node.Input.Where(_channels.ContainsKey).Sum(n => _channels[n]),
        "DepthToSpace" => _channels[data] / (Int(node, "blocksize", 1) * Int(node, "blocksize", 1)),
        "SpaceToDepth" => _channels[data] * Int(node, "blocksize", 1) * Int(node, "blocksize", 1),
        "ArgMax" or "ReduceMax" => 1,
        "TreeEnsembleRegressor" => Int(node, "n_targets", 1),
        "TreeEnsembleClassifier" =>
            Attribute(node, "classlabels_int64s")?.Ints.Count ?? Attribute(node, "classlabels_strings")?.Strings.Count ?? 1,
        _ => _channels[data],
    };

    /// <summary>A quantised model feeds its weights through DequantizeLinear.</summary>
    private TensorProto? QuantisedWeight(NodeProto node) =>
        _producers.GetValueOrDefault(node.Input[1]) is { OpType: "DequantizeLinear" } source
            ? _constants.GetValueOrDefault(source.Input[0])
            : null;

    private double Growth(NodeProto node) => node.OpType switch
    {
        "Conv" or "MaxPool" or "AveragePool" => 1.0 / Math.Max(At(node, "strides", 0, 1), At(node, "strides", 1, 1)),
        "ConvTranspose" => Math.Max(At(node, "strides", 0, 1), At(node, "strides", 1, 1)),
        "DepthToSpace" => Int(node, "blocksize", 1),
        "SpaceToDepth" => 1.0 / Int(node, "blocksize", 1),
        "Resize" or "Upsample" => ResizeScale(node, 0) ?? 1,
        _ => 1,
    };

    private int Alignment(string output)
    {
        if (!_scale.TryGetValue(output, out double outputScale))
            throw new AsmException(_path, $"its output '{OnnxText.Quote(output)}' does not depend on the input",
                "probabilities of the window", "export the model again, or use another one", AsmErrorCode.Model);
        if (Math.Abs(outputScale - 1) > 1e-9)
            throw new AsmException(_path, $"the output {output} has {outputScale:0.###} times the input's resolution",
                "an output at the input's resolution", "export the model with an output of the input's size", AsmErrorCode.Model);
        double smallest = _scale.Values.Min();
        if (!(1 / smallest <= MostAlignment))
            throw new AsmException(_path, $"its graph makes the resolution {1 / smallest:0} times coarser",
                $"{MostAlignment} times at most", "use a network with less pooling", AsmErrorCode.Model);
        return Math.Max(1, (int)Math.Round(1 / smallest));
    }

    /// <summary>Walks back from one output position to the interval of input positions that it depends on.</summary>
    private int Margin(string input, string output, int phase, int axis)
    {
        long position = (1L << 24) + phase; // far from 0, so that integer division is floor
        var need = new Dictionary<string, (long Low, long High)> { [output] = (position, position) };
        for (int i = _graph.Node.Count - 1; i >= 0; i--)
        {
            NodeProto node = _graph.Node[i];
            if (node.OpType == "Constant") continue;
            foreach (string name in node.Output)
            {
                if (!need.TryGetValue(name, out (long Low, long High) wanted)) continue;
                foreach (string from in node.Input)
                {
                    if (!_scale.ContainsKey(from)) continue;
                    (long low, long high) = KeepsPixels(node, from, name) ? wanted : Backward(node, wanted.Low, wanted.High, axis);
                    need[from] = need.TryGetValue(from, out var old) ? (Math.Min(old.Low, low), Math.Max(old.High, high)) : (low, high);
                }
            }
        }
        if (!need.TryGetValue(input, out (long Low, long High) all))
            throw new UnboundedException($"output {output} does not depend on the input");
        long margin = Math.Max(position - all.Low, all.High - position);
        return margin <= MostMargin ? (int)margin : throw new UnboundedException($"it looks {margin:N0} pixels far");
    }

    private bool KeepsPixels(NodeProto node, string from, string to)
    {
        if (_layout.KeepsPixels(node)) return true;
        bool pointwise = Pointwise.Contains(node.OpType);
        if (pointwise ? !_layout.AreAlike(from, to) : !_layout.IsPlanes(from) || !_layout.IsPlanes(to))
            throw new UnboundedException($"node {OnnxText.Quote(node.Name)} ({node.OpType}) may move pixels");
        return pointwise;
    }

    private (long Low, long High) Backward(NodeProto node, long low, long high, int axis)
    {
        long block = Int(node, "blocksize", 1);
        switch (node.OpType)
        {
            case "Conv" or "MaxPool" or "AveragePool":
                long stride = At(node, "strides", axis, 1), reach = (Kernel(node, axis) - 1) * At(node, "dilations", axis, 1);
                bool automatic = Attribute(node, "auto_pad") is { } mode && mode.S.ToStringUtf8() is not ("NOTSET" or "VALID" or "");
                return automatic
                    ? (low * stride - reach, high * stride + reach)
                    : (low * stride - At(node, "pads", axis, 0), high * stride - At(node, "pads", axis, 0) + reach);
            case "ConvTranspose":
                long step = At(node, "strides", axis, 1), pad = At(node, "pads", axis, 0),
                    span = (Kernel(node, axis) - 1) * At(node, "dilations", axis, 1);
                return ((low + pad - span + step - 1) / step, (high + pad) / step);
            case "DepthToSpace": return (low / block, high / block);
            case "SpaceToDepth": return (low * block, high * block + block - 1);
            case "Resize" or "Upsample":
                double scale = ResizeScale(node, axis)
                    ?? throw new UnboundedException($"node {OnnxText.Quote(node.Name)} ({node.OpType}) resizes to a size, not by a factor");
                int taps = Attribute(node, "mode")?.S.ToStringUtf8() == "cubic" ? 2 : 1;
                return ((long)Math.Floor(low / scale) - taps, (long)Math.Floor(high / scale) + taps);
            case "Concat" when Int(node, "axis", 1) is 1 or -3:
            case "Softmax" or "LogSoftmax" when Int(node, "axis", -1) is 1 or -3:
            case "ArgMax" when Int(node, "axis", 0) is 1 or -3:
            case "ReduceMax" or "ReduceMean" or "ReduceSum" when ReducesChannels(node):
                return (low, high);
            default:
                throw new UnboundedException($"node {OnnxText.Quote(node.Name)} ({node.OpType}) may look at the whole window");
        }
    }

    private bool ReducesChannels(NodeProto node)
    {
        long[] axes = [.. Attribute(node, "axes")?.Ints ?? []];
        if (axes.Length == 0 && node.Input.Count > 1 && _constants.TryGetValue(node.Input[1], out TensorProto? tensor))
            axes = [.. Int64s(tensor)];
        return axes is [1] or [-3];
    }

    private long Kernel(NodeProto node, int axis) =>
        Attribute(node, "kernel_shape") is { } shape && shape.Ints.Count > axis ? shape.Ints[axis]
        : node.Input.Count > 1 && (_constants.GetValueOrDefault(node.Input[1]) ?? QuantisedWeight(node)) is { } weight
            && weight.Dims.Count > 2 + axis ? weight.Dims[2 + axis]
            : throw new UnboundedException($"node {OnnxText.Quote(node.Name)} ({node.OpType}) states no kernel size");

    private double? ResizeScale(NodeProto node, int axis)
    {
        int at = node.OpType == "Resize" ? 2 : 1;
        if (node.Input.Count <= at || !_constants.TryGetValue(node.Input[at], out TensorProto? scales)) return null;
        float[] values = scales.FloatData.Count > 0
            ? [.. scales.FloatData]
            : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(scales.RawData.Span).ToArray();
        return values.Length == 4 ? values[2 + axis] : null;
    }

    internal static IEnumerable<long> Int64s(TensorProto tensor) =>
        tensor.Int64Data.Count > 0
            ? tensor.Int64Data
            : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray();

    private static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);

    private static long Int(NodeProto node, string name, long otherwise) => Attribute(node, name)?.I ?? otherwise;

    private static long At(NodeProto node, string name, int axis, long otherwise) =>
        Attribute(node, name) is { } attribute && attribute.Ints.Count > axis ? attribute.Ints[axis] : otherwise;

    /// <summary>Ends a walk that meets a node without a bounded view.</summary>
    private sealed class UnboundedException(string message) : Exception(message);
}
