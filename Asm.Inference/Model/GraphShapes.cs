using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>What a window takes of a graph.</summary>
/// <param name="Output">Sizes of the probabilities.</param>
/// <param name="PeakBytes">The most bytes of tensors alive at once, by the order of the nodes; what is constant stays alive.</param>
/// <param name="Work">Multiplications, about.</param>
/// <param name="Largest">The node that takes the most memory, for messages.</param>
/// <param name="Slowest">The node that takes the most work.</param>
internal sealed record WindowNeed(long[] Output, double PeakBytes, double Work, string Largest, string Slowest);

/// <summary>
/// The sizes of all tensors of a graph, for a window of any size, before anything runs. A graph passes only if every node is of a kind
/// whose sizes are known, so that no file makes ONNX Runtime take memory or time that was not foreseen.
/// </summary>
internal sealed class GraphShapes
{
    /// <summary>Constants aside. ONNX Runtime's time to load a chain of nodes grows with the square of its length.</summary>
    private const int MostNodes = 2000;

    private readonly string _path, _input, _output;
    private readonly int _bands;
    private readonly Dictionary<string, GraphTensor> _constants = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _nodes = [];
    private readonly Dictionary<string, int> _lastUse = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    private GraphShapes(string path, string input, string output, int bands) =>
        (_path, _input, _output, _bands) = (path, input, output, bands);

    /// <summary>Checks what does not depend on the window: operators, names, order, constants. Keeps nothing of the weights.</summary>
    /// <exception cref="AsmException">The graph is damaged, or holds what is not run; the message names the node.</exception>
    public static GraphShapes Of(GraphProto graph, string input, string output, int bands, string path)
    {
        var shapes = new GraphShapes(path, input, output, bands);
        int nodes = graph.Node.Count(node => node.OpType != "Constant");
        if (nodes > MostNodes) throw shapes.Refuse($"its graph has {nodes:N0} nodes", $"{MostNodes:N0} at most");
        foreach (TensorProto tensor in graph.Initializer) shapes.AddConstant(tensor, tensor.Name);
        if (shapes._constants.ContainsKey(input)) throw shapes.Refuse($"'{OnnxText.Quote(input)}' is input and constant", "one of both");
        foreach (NodeProto node in graph.Node) shapes.AddNode(node);
        return shapes;
    }

    /// <summary>The sizes of all tensors for a window.</summary>
    /// <exception cref="AsmException">The graph cannot run on such a window; the message names the node.</exception>
    public WindowNeed At(int height, int width)
    {
        var known = new Dictionary<string, GraphTensor>(_constants, StringComparer.Ordinal)
        {
            [_input] = new(GraphTensor.Float, [1, _bands, height, width], null, Depends: true),
        };
        double alive = known[_input].Bytes, peak = alive, work = 0, most = 0, longest = 0;
        string largest = "", slowest = "";
        for (int i = 0; i < _nodes.Count; i++)
        {
            NodeProto proto = _nodes[i];
            var node = new OperatorNode(proto, [.. proto.Input.Select(name => name.Length == 0 ? null : Find(known, name, proto))], _path);
            GraphTensor[] results = OperatorShapes.Of(node);
            for (int o = 0; o < proto.Output.Count; o++)
            {
                GraphTensor result = results[Math.Min(o, results.Length - 1)];
                // An empty list of sizes is one all the same.
                if (result.Dims.Any(size => size < 0 || size == 0 && result.Values is null))
                    throw node.Refuse($"it gives a tensor of {OnnxText.Sizes(result.Dims)} on a window of {height} x {width} px",
                        "sizes of 1 or more");
                known[proto.Output[o]] = result;
                // The weights of a quantised layer, as floats: they count as weights.
                if (proto.OpType != "DequantizeLinear" || result.Depends) alive += result.Bytes;
            }
            work += node.Work;
            if (node.Work > longest) (longest, slowest) = (node.Work, Told(node));
            double taken = proto.Output.Sum(name => known[name].Bytes) + node.Scratch;
            if (taken > most) (most, largest) = (taken, Told(node));
            peak = Math.Max(peak, alive + node.Scratch);
            foreach (string name in proto.Input.Distinct())
                if (_lastUse.GetValueOrDefault(name, -1) == i && known[name].Depends) alive -= known[name].Bytes;
        }
        return new(Find(known, _output, null).Dims, peak, work, largest, slowest);
    }

    private static string Told(OperatorNode node) => $"'{OnnxText.Quote(node.Name)}' ({node.Operator})";

    private void AddConstant(TensorProto tensor, string name)
    {
        int width = GraphTensor.WidthOf(tensor.DataType);
        if (width == 0) throw Refuse($"its constant '{OnnxText.Quote(name)}' is of type {tensor.DataType}", "numbers");
        double count = GraphTensor.CountOf(tensor.Dims);
        int listed = tensor.DataType switch
        {
            GraphTensor.Float => tensor.FloatData.Count,
            GraphTensor.Double => tensor.DoubleData.Count,
            GraphTensor.Int64 => tensor.Int64Data.Count,
            GraphTensor.UInt32 or GraphTensor.UInt64 => tensor.Uint64Data.Count,
            _ => tensor.Int32Data.Count,
        };
        double held = tensor.RawData.Length > 0 ? tensor.RawData.Length / (double)width : listed;
        if (tensor.Dims.Any(size => size < 0) || count != held)
            throw Refuse(
                $"its constant '{OnnxText.Quote(name)}' states {OnnxText.Quote(OnnxText.Sizes(tensor.Dims))} values and holds {held:0.##}",
                "as many as it states");
        if (!_constants.TryAdd(name, GraphTensor.Of(tensor)))
            throw Refuse($"it has two constants '{OnnxText.Quote(name)}'", "one of a name");
    }

    private void AddNode(NodeProto node)
    {
        var plain = new OperatorNode(node, [], _path);
        if (!OperatorShapes.Knows(node))
            throw plain.Refuse(
                node.OpType is "Loop" or "If" or "Scan" ? "it repeats or branches" : "that operator is not one that is run"
                    + (node.Domain.Length > 0 ? $", of the domain '{OnnxText.Quote(node.Domain)}'" : ""),
                "the operators of feed-forward networks: docs/model-format.md lists them");
        if (node.Output.Count == 0 || node.Output[0].Length == 0) throw plain.Refuse("it has no output");
        if (node.Attribute.DistinctBy(a => a.Name).Count() != node.Attribute.Count) throw plain.Refuse("it has an attribute twice");
        if (node.OpType == "Constant")
        {
            AddConstant(ConstantOf(node, plain), node.Output[0]);
            return;
        }
        if (node.Input.Count == 0 || node.Input[0].Length == 0) throw plain.Refuse("it has no input");
        foreach (string output in node.Output)
            if (output.Length > 0 && (output == _input || _constants.ContainsKey(output) || !_given.Add(output)))
                throw plain.Refuse($"it gives '{OnnxText.Quote(output)}', which something else gives too");
        foreach (string name in node.Input)
            if (name.Length > 0) _lastUse[name] = _nodes.Count;
        _nodes.Add(node.Domain == TreeCheck.Domain ? TreeCheck.Summarise(node, _path) : node);
    }

    private static TensorProto ConstantOf(NodeProto node, OperatorNode plain)
    {
        if (plain.Attribute("value", AttributeType.Tensor)?.T is { } tensor) return tensor;
        if (plain.Attribute("value_int", AttributeType.Int) is { } number)
            return new() { DataType = GraphTensor.Int64, Int64Data = { number.I } };
        if (plain.Attribute("value_ints", AttributeType.Ints) is { } numbers)
            return new() { DataType = GraphTensor.Int64, Dims = { numbers.Ints.Count }, Int64Data = { numbers.Ints } };
        if (plain.Attribute("value_float", AttributeType.Float) is { } real)
            return new() { DataType = GraphTensor.Float, FloatData = { real.F } };
        if (plain.Attribute("value_floats", AttributeType.Floats) is { } reals)
            return new() { DataType = GraphTensor.Float, Dims = { reals.Floats.Count }, FloatData = { reals.Floats } };
        throw plain.Refuse("it has no value");
    }

    private GraphTensor Find(Dictionary<string, GraphTensor> known, string name, NodeProto? node) =>
        known.TryGetValue(name, out GraphTensor? tensor) ? tensor
        : node is null ? throw Refuse($"no node gives its output '{OnnxText.Quote(name)}'", "an output that a node gives")
        : throw new OperatorNode(node, [], _path).Refuse(
            $"it takes '{OnnxText.Quote(name)}', which nothing before it gives",
            "nodes in order, without a circle, and all weights in the file");

    private AsmException Refuse(string found, string expected) => new(_path, found, expected,
        "export the model again, or use another one", AsmErrorCode.Model);
}
