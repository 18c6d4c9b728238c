using Asm.Inference.Model;
using Asm.Raster;

namespace Asm.Training.Quantizing;

/// <summary>
/// The graph of a convolutional network, arranged for quantisation. Between its convolutions stand only operators that carry values from
/// place to place (MaxPool, DepthToSpace, Concat of channels): their inputs and outputs share one range. What comes before the first
/// convolution and after the last stays as it is.
/// </summary>
internal sealed class ConvGraph
{
    private const int LeastOpset = 13; // QuantizeLinear by channel
    private const string FromExport = "quantise a model that asm-train export wrote";

    private static readonly HashSet<string> Carriers = ["MaxPool", "DepthToSpace", "Concat"];

    private readonly string _path;
    private readonly Dictionary<string, NodeProto> _producer = [];
    private readonly Dictionary<string, ConvLayer> _layerOf = [];

    private ConvGraph(GraphProto graph, string path)
    {
        (Graph, _path) = (graph, path);
        Constants = graph.Initializer.ToDictionary(t => t.Name);
    }

    /// <summary>The graph: a copy, with every ReLU moved to its convolution.</summary>
    public GraphProto Graph { get; }

    /// <summary>The initializers by name.</summary>
    public Dictionary<string, TensorProto> Constants { get; }

    /// <summary>The convolutions in the order of the graph.</summary>
    public List<ConvLayer> Layers { get; } = [];

    /// <summary>Reads a graph.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="AsmException">
    /// The model is quantised already, has no convolution, or an operator that is not foreseen stands between convolutions.
    /// </exception>
    public static ConvGraph Read(ModelProto model, string path)
    {
        if (model.Graph.Node.FirstOrDefault(n => n.OpType is "QuantizeLinear" or "DequantizeLinear" or "ConvInteger" or "MatMulInteger"
            || n.OpType.StartsWith("QLinear", StringComparison.Ordinal)) is { } integer)
            throw new AsmException(path, $"is quantised already: node {integer.Name} is {integer.OpType}",
                "a float32 model", FromExport);
        long opset = model.OpsetImport.FirstOrDefault(o => o.Domain.Length == 0)?.Version ?? 0;
        if (opset < LeastOpset)
            throw new AsmException(path, $"uses operator set {opset}",
                $"{LeastOpset} or newer", FromExport);
        var graph = new ConvGraph(model.Graph.Clone(), path);
        graph.MoveRelus();
        foreach (NodeProto node in graph.Graph.Node)
            foreach (string output in node.Output) graph._producer[output] = node;
        graph.FindLayers();
        graph.CheckBetween();
        return graph;
    }

    /// <summary>The graph with the weights that the layers have now.</summary>
    public GraphProto WithWeights() => QdqWriter.Write(this, new HashSet<ConvLayer>(),
        _ => throw new InvalidOperationException("no tensor is rounded"), _ => throw new InvalidOperationException("no layer is rounded"));

    /// <summary>The node that gives a tensor; null for inputs and constants.</summary>
    public NodeProto? Producer(string tensor) => _producer.GetValueOrDefault(tensor);

    /// <summary>The convolution whose result a tensor is, after its ReLU; null where it is none's.</summary>
    public ConvLayer? LayerOf(string tensor) => _layerOf.GetValueOrDefault(tensor);

    /// <summary>The node that carries values from place to place and gives this tensor; null where no such node does.</summary>
    public NodeProto? Carrier(string tensor) => Producer(tensor) is { } node && Carriers.Contains(node.OpType) ? node : null;

    /// <summary>The tensors that a tensor's values come from, through carriers.</summary>
    public IEnumerable<string> Sources(string tensor) => Carrier(tensor) is { } node ? node.Input.SelectMany(Sources) : [tensor];

    /// <summary>
    /// For each channel of a tensor, the source tensors' channels that it carries: one, or the four of a block where
    /// DepthToSpace spread them.
    /// </summary>
    public List<(string Source, int[] Channels)> Channels(string tensor)
    {
        if (Carrier(tensor) is not { } node)
        {
            int count = LayerOf(tensor)?.Filters ?? (int)Layers.First(l => l.Input == tensor).Shape[1];
            return [.. Enumerable.Range(0, count).Select(c => (tensor, (int[])[c]))];
        }
        if (node.OpType != "DepthToSpace") return [.. node.Input.SelectMany(Channels)];
        List<(string Source, int[] Channels)> from = Channels(node.Input[0]);
        int area = (int)Math.Pow(node.Attribute.First(a => a.Name == "blocksize").I, 2), filters = from.Count / area;
        bool columnsFirst = node.Attribute.FirstOrDefault(a => a.Name == "mode")?.S.ToStringUtf8() == "CRD";
        return [.. Enumerable.Range(0, filters).Select(c =>
        {
            var parts = Enumerable.Range(0, area).Select(tap => from[columnsFirst ? c * area + tap : tap * filters + c]).ToArray();
            return (parts[0].Source, parts.SelectMany(p => p.Channels).ToArray());
        })];
    }

    /// <summary>
    /// DepthToSpace then ReLU is ReLU then DepthToSpace; in this order a ReLU follows its convolution and its result has no
    /// negative values to store.
    /// </summary>
    private void MoveRelus()
    {
        for (int i = 0; i < Graph.Node.Count; i++)
        {
            NodeProto relu = Graph.Node[i];
            if (relu.OpType != "Relu") continue;
            int at = IndexOfProducer(relu.Input[0]);
            if (at < 0 || Graph.Node[at].OpType != "DepthToSpace" || Uses(relu.Input[0]) != 1) continue;
            NodeProto spread = Graph.Node[at];
            (relu.Input[0], relu.Output[0], spread.Input[0], spread.Output[0]) =
                (spread.Input[0], relu.Input[0], relu.Input[0], relu.Output[0]);
            (Graph.Node[at], Graph.Node[i]) = (relu, spread);
        }
    }

    private int IndexOfProducer(string tensor)
    {
        for (int i = 0; i < Graph.Node.Count; i++)
            if (Graph.Node[i].Output.Contains(tensor)) return i;
        return -1;
    }

    private int Uses(string tensor) => Graph.Node.Sum(n => n.Input.Count(i => i == tensor)) + Graph.Output.Count(o => o.Name == tensor);

    private void FindLayers()
    {
        foreach (NodeProto node in Graph.Node)
        {
            if (node.OpType != "Conv") continue;
            if (!Constants.TryGetValue(node.Input[1], out TensorProto? weight) || !ConvLayer.IsFloat(weight))
                throw Refuse(node, "its weights are no float32 constant of the file");
            TensorProto? bias = null;
            if (node.Input.Count > 2 && node.Input[2].Length > 0
                && (!Constants.TryGetValue(node.Input[2], out bias) || !ConvLayer.IsFloat(bias)))
                throw Refuse(node, "its bias is no float32 constant of the file");
            NodeProto? relu = Graph.Node.FirstOrDefault(n => n.OpType == "Relu" && n.Input[0] == node.Output[0]);
            if (relu is not null && Uses(node.Output[0]) != 1) throw Refuse(node, "its result is used before and after the Relu");
            if (node.Attribute.FirstOrDefault(a => a.Name == "group") is { I: > 1 }) throw Refuse(node, "its channels are grouped");
            var layer = new ConvLayer(node, relu?.Output[0] ?? node.Output[0], relu is not null, weight, bias);
            Layers.Add(layer);
            _layerOf[layer.Output] = layer;
        }
        if (Layers.Count == 0)
            throw new AsmException(_path, "has no Conv", "a convolutional network",
                "only networks of convolutions are quantised; use this model as it is");
    }

    private void CheckBetween()
    {
        var afterConv = new HashSet<string>();
        foreach (NodeProto node in Graph.Node)
            if (node.OpType == "Conv" || node.Input.Any(afterConv.Contains)) afterConv.UnionWith(node.Output);
        var beforeConv = new HashSet<string>();
        foreach (NodeProto node in Graph.Node.Reverse())
            if (node.OpType == "Conv" || node.Output.Any(beforeConv.Contains)) beforeConv.UnionWith(node.Input);
        foreach (NodeProto node in Graph.Node)
        {
            if (node.OpType == "Conv" || !node.Input.Any(afterConv.Contains) || !node.Output.Any(beforeConv.Contains)) continue;
            bool known = Carriers.Contains(node.OpType) || node.OpType == "Relu" && Producer(node.Input[0])?.OpType == "Conv";
            if (!known) throw Refuse(node, "it stands between convolutions");
            if (node.OpType == "Concat" && node.Attribute.First(a => a.Name == "axis").I is not (1 or -3))
                throw Refuse(node, "it joins other than channels");
        }
    }

    private AsmException Refuse(NodeProto node, string why) => new(_path, $"node {node.Name} is {node.OpType}, and {why}",
        "between convolutions: Conv, Relu after Conv, MaxPool, DepthToSpace and Concat of channels, with constant weights",
        FromExport);
}
