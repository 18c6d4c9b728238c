using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>
/// Decision trees of a graph: every node of a tree is to be reached once from its root, for ONNX Runtime follows them without a
/// look back. What sizes depend on is kept as a few attributes; the nodes, which may be millions, are not.
/// </summary>
internal static class TreeCheck
{
    public const string Domain = "ai.onnx.ml";

    /// <summary>
    /// Attributes of what <see cref="Summarise"/> returns: values of a row asked for, nodes from the roots to the deepest leaves, outputs.
    /// </summary>
    public const string ColumnsName = "columns", DepthName = "depth", TargetsName = "targets";

    /// <summary>ONNX Runtime builds trees by recursion, which ends the process where a tree is a chain.</summary>
    private const int MostDepth = 1000;

    public static bool IsTree(NodeProto node) => node.OpType is "TreeEnsembleRegressor" or "TreeEnsembleClassifier";

    /// <summary>Checks the trees of a node.</summary>
    /// <returns>A node of the same name and place that holds sums only.</returns>
    /// <exception cref="AsmException">Nodes are missing, lead in a circle, or to what is not there.</exception>
    public static NodeProto Summarise(NodeProto node, string path)
    {
        AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
        IList<long> Ints(string name) => Find(name)?.Ints ?? (IList<long>)[];
        AsmException Refuse(string found) => new OperatorNode(node, [], path).Refuse(found, "trees, each node of which one other leads to");
        IList<long> trees = Ints("nodes_treeids"), numbers = Ints("nodes_nodeids"), bands = Ints("nodes_featureids"),
            yes = Ints("nodes_truenodeids"), no = Ints("nodes_falsenodeids");
        string[] modes = [.. (Find("nodes_modes")?.Strings ?? []).Select(s => s.ToStringUtf8())];
        int count = trees.Count;
        if (count == 0 || numbers.Count != count || bands.Count != count || yes.Count != count || no.Count != count || modes.Length != count
            || Find("nodes_values")?.Floats.Count != count)
            throw Refuse("its lists of nodes are empty, or not of one length");
        var at = new Dictionary<(long Tree, long Node), int>(count);
        for (int i = 0; i < count; i++)
            if (!at.TryAdd((trees[i], numbers[i]), i)) throw Refuse($"tree {trees[i]} has two nodes {numbers[i]}");
        var parents = new byte[count];
        var children = new (int Yes, int No)[count];
        for (int i = 0; i < count; i++)
        {
            children[i] = (-1, -1);
            if (modes[i] == "LEAF") continue;
            if (bands[i] is < 0 or > int.MaxValue - 1) throw Refuse($"it asks for value {bands[i]}");
            int Child(long number) => at.TryGetValue((trees[i], number), out int child) && parents[child]++ == 0
                ? child
                : throw Refuse($"node {numbers[i]} of tree {trees[i]} leads to node {number}, which is not there or has two parents");
            children[i] = (Child(yes[i]), Child(no[i]));
        }
        // Without two parents a circle has no root; whatever the roots do not reach lies on one.
        long depth = 0, reached = 0;
        for (int root = 0; root < count; root++)
        {
            if (parents[root] != 0) continue;
            int deepest = 0;
            var waiting = new Stack<(int Node, int Depth)>([(root, 1)]);
            while (waiting.TryPop(out (int Node, int Depth) next))
            {
                reached++;
                deepest = Math.Max(deepest, next.Depth);
                if (children[next.Node].Yes < 0) continue;
                waiting.Push((children[next.Node].Yes, next.Depth + 1));
                waiting.Push((children[next.Node].No, next.Depth + 1));
            }
            if (deepest > MostDepth) throw Refuse($"tree {trees[root]} is {deepest:N0} nodes deep");
            depth += deepest;
        }
        if (reached != count) throw Refuse($"{count - reached} of its nodes lead in a circle");
        long targets = node.OpType == "TreeEnsembleRegressor"
            ? Find("n_targets")?.I ?? 1
            : Find("classlabels_int64s")?.Ints.Count ?? Find("classlabels_strings")?.Strings.Count ?? 1;
        if (targets is < 1 or > 1 << 16 || Ints("target_ids").Concat(Ints("class_ids")).Any(id => id < 0 || id >= Math.Max(targets, 2)))
            throw Refuse($"its leaves vote for other than its {targets} classes");
        var summary = new NodeProto
        {
            OpType = node.OpType,
            Domain = node.Domain,
            Name = node.Name,
            Input = { node.Input },
            Output = { node.Output },
        };
        foreach ((string name, long value) in new[] { (ColumnsName, bands.Max() + 1), (DepthName, depth), (TargetsName, targets) })
            summary.Attribute.Add(new AttributeProto { Name = name, Type = (int)AttributeType.Int, I = value });
        return summary;
    }
}
