using Asm.Inference.Model;
using Asm.Training.Graphs;
using Google.Protobuf;

namespace Asm.Training.Baselines;

/// <summary>
/// The ONNX graph of a forest. Trees take one row a pixel: planes are turned into rows, and the sums of the trees' votes back into planes.
/// A regressor with a target for each class is used, not the classifier: it gives the same sums without labels that nobody asked for.
/// </summary>
/// <remarks>
/// ONNX Runtime takes a batch of rows through all trees of an operator before the next batch, so a large forest comes from memory again and
/// again. A few trees an operator stay in the processor's cache while all rows pass: measured three times as fast, with the same sums.
/// </remarks>
internal static class ForestGraph
{
    /// <summary>Version of the operator set ai.onnx.ml; 3 is the one of 2021 that readers know.</summary>
    public const int TreeOpset = 3;

    /// <summary>Its name.</summary>
    public const string TreeDomain = "ai.onnx.ml";

    // AttributeProto.AttributeType
    private const int AttributeInt = 2, AttributeText = 3, AttributeFloats = 6, AttributeInts = 7, AttributeTexts = 8;

    // About 200 kB in ONNX Runtime: a part of the second-level cache. A tree that is larger has an operator of its own.
    private const int NodesPerOperator = 8192;

    /// <summary>The factor that makes sums of votes, in units of one tree, probabilities.</summary>
    public static float VoteShare(int trees) => 1f / trees;

    /// <summary>Writes the nodes; see <see cref="IPixelClassifier.Write"/>.</summary>
    public static void Write(DecisionTree[] trees, OnnxGraphBuilder builder, string output)
    {
        int bands = (int)builder.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue,
            classes = trees[0].Votes.Length / trees[0].Band.Count(b => b < 0);
        string last = builder.Node("Transpose", "pixels_last", ["reflectance"], ("perm", (long[])[0, 2, 3, 1]));
        string size = builder.Node("Shape", "size", [last], ("start", 0), ("end", 3));
        string planes = builder.Node("Concat", "shape", [size, builder.Constant("classes", [(long)classes], 1)], ("axis", 0));
        string rows = builder.Node("Reshape", "rows", [last, builder.Constant("row_shape", [-1L, bands], 2)]);
        string votes = Votes(trees, classes, builder, rows);
        string share = builder.Node("Mul", "share", [votes, builder.Constant("vote_share", [VoteShare(trees.Length)], 1)]);
        builder.Node("Transpose", output, [builder.Node("Reshape", "planes_last", [share, planes])], ("perm", (long[])[0, 3, 1, 2]));
    }

    // Where ONNX Runtime may choose, it runs the node that was written later first. A sum is written after the part that follows it, so
    // that it is run before: otherwise the parts of all operators would be in memory before the first two are added.
    private static string Votes(DecisionTree[] trees, int classes, OnnxGraphBuilder builder, string rows)
    {
        string? sum = null, waiting = null;
        foreach (DecisionTree[] group in Groups(trees))
        {
            string part = $"votes.{builder.Graph.Node.Count}";
            builder.Graph.Node.Add(Operator(group, classes, rows, part));
            if (waiting is not null) sum = Added(sum, waiting, builder);
            waiting = part;
        }

        return Added(sum, waiting!, builder);
    }

    private static string Added(string? sum, string part, OnnxGraphBuilder builder) =>
        sum is null ? part : builder.Node("Add", $"sum.{builder.Graph.Node.Count}", [sum, part]);

    private static IEnumerable<DecisionTree[]> Groups(DecisionTree[] trees)
    {
        for (int from = 0, to; from < trees.Length; from = to)
        {
            int nodes = trees[from].Nodes;
            for (to = from + 1; to < trees.Length && (nodes += trees[to].Nodes) <= NodesPerOperator;) to++;
            yield return trees[from..to];
        }
    }

    private static NodeProto Operator(DecisionTree[] trees, int classes, string rows, string output)
    {
        ByteString leaf = ByteString.CopyFromUtf8("LEAF"), branch = ByteString.CopyFromUtf8("BRANCH_LEQ");
        AttributeProto tree = Ints("nodes_treeids"), number = Ints("nodes_nodeids"),
            band = Ints("nodes_featureids"), yes = Ints("nodes_truenodeids"), no = Ints("nodes_falsenodeids");
        AttributeProto threshold = new() { Name = "nodes_values", Type = AttributeFloats },
            mode = new() { Name = "nodes_modes", Type = AttributeTexts };
        AttributeProto targetTree = Ints("target_treeids"), targetNode = Ints("target_nodeids"),
            target = Ints("target_ids"), weight = new() { Name = "target_weights", Type = AttributeFloats };
        for (int t = 0; t < trees.Length; t++)
            for (int n = 0; n < trees[t].Nodes; n++)
            {
                DecisionTree grown = trees[t];
                bool isLeaf = grown.Band[n] < 0;
                tree.Ints.Add(t);
                number.Ints.Add(n);
                band.Ints.Add(Math.Max((short)0, grown.Band[n]));
                threshold.Floats.Add(grown.Threshold[n]);
                mode.Strings.Add(isLeaf ? leaf : branch);
                yes.Ints.Add(isLeaf ? 0 : grown.Child[n]);
                no.Ints.Add(isLeaf ? 0 : grown.Child[n] + 1);
                for (int k = 0; isLeaf && k < classes; k++)
                {
                    ushort votes = grown.Votes[grown.Child[n] * classes + k];
                    if (votes == 0) continue;
                    targetTree.Ints.Add(t);
                    targetNode.Ints.Add(n);
                    target.Ints.Add(k);
                    weight.Floats.Add(votes * (1f / DecisionTree.Whole));
                }
            }

        var node = new NodeProto
        {
            OpType = "TreeEnsembleRegressor",
            Domain = TreeDomain,
            Name = output,
            Input = { rows },
            Output = { output }
        };
        node.Attribute.Add([tree, number, band, threshold, mode, yes, no, targetTree, targetNode, target, weight,
            new() { Name = "n_targets", Type = AttributeInt, I = classes },
            Text("aggregate_function", "SUM"), Text("post_transform", "NONE")]);
        return node;
    }

    private static AttributeProto Ints(string name) => new() { Name = name, Type = AttributeInts };

    private static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeText, S = ByteString.CopyFromUtf8(value) };
}
