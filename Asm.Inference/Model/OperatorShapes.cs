namespace Asm.Inference.Model;

/// <summary>
/// The operators of feed-forward segmentation networks: the sizes of what each gives, and the work that it is, from the sizes of what it
/// takes (https://onnx.ai/onnx/operators). Operators that repeat, branch, draw lots or look for values have no size that is known
/// before they run, and are not here.
/// </summary>
internal static class OperatorShapes
{
    /// <summary>What no network's layer reaches, and sums of such numbers stay far from the limits of integers.</summary>
    public const long MostPixels = 8192;

    /// <summary>A function such as exp, in multiplications.</summary>
    public const int Function = 16;

    private static readonly HashSet<string> Alike =
    [
        "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Gelu", "Mish", "HardSwish", "HardSigmoid", "Sigmoid", "Tanh", "Softplus", "Softsign",
        "ThresholdedRelu", "Shrink", "Clip", "Abs", "Exp", "Log", "Sqrt", "Neg", "Reciprocal", "Floor", "Ceil", "Round", "Sign", "Erf",
        "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Not", "Identity", "Dropout", "Softmax", "LogSoftmax", "Hardmax",
        "BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization", "LpNormalization", "LRN",
        "MeanVarianceNormalization", "CumSum", "Trilu",
    ];

    private static readonly HashSet<string> Paired =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Mod", "And", "Or", "Xor", "Equal", "Greater", "GreaterOrEqual",
        "Less", "LessOrEqual", "Where", "PRelu",
    ];

    private static readonly HashSet<string> Reducing =
    [
        "ReduceMax", "ReduceMin", "ReduceMean", "ReduceSum", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum",
        "ReduceLogSumExp", "ArgMax", "ArgMin",
    ];

    private static readonly HashSet<string> Others =
    [
        "Conv", "ConvTranspose", "QLinearConv", "ConvInteger", "MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool",
        "Resize", "Upsample", "DepthToSpace", "SpaceToDepth", "Pad", "Concat", "Split", "Slice", "Gather", "Transpose", "Reshape",
        "Flatten", "Squeeze", "Unsqueeze", "Expand", "Tile", "Range", "ConstantOfShape", "Shape", "Size", "Cast", "MatMul", "Gemm",
        "QLinearMatMul", "MatMulInteger", "QuantizeLinear", "DequantizeLinear",
    ];

    /// <summary>True for the operators that are known.</summary>
    public static bool Knows(NodeProto node) => node.Domain switch
    {
        "" or "ai.onnx" => Alike.Contains(node.OpType) || Paired.Contains(node.OpType) || Reducing.Contains(node.OpType)
            || Others.Contains(node.OpType) || node.OpType == "Constant",
        TreeCheck.Domain => TreeCheck.IsTree(node),
        _ => false,
    };

    /// <summary>What is known of the node's first output; any others have its size or less.</summary>
    public static GraphTensor[] Of(OperatorNode node) => node.Operator switch
    {
        "Split" => AxisShapes.Split(node),
        "Dropout" or "MaxPool" or "LayerNormalization" or "BatchNormalization" =>
            [One(node), .. Enumerable.Repeat(node.Data, node.Outputs - 1)],
        _ => [One(node)],
    };

    private static GraphTensor One(OperatorNode n)
    {
        GraphTensor result = n.Operator switch
        {
            "Conv" or "QLinearConv" or "ConvInteger" => WindowShapes.Conv(n),
            "ConvTranspose" => WindowShapes.ConvTranspose(n),
            "MaxPool" or "AveragePool" or "LpPool" => WindowShapes.Pool(n),
            "GlobalAveragePool" or "GlobalMaxPool" => n.Like([.. n.Data.Dims.Select((size, i) => i < 2 ? size : 1)]),
            "Resize" or "Upsample" => WindowShapes.Resize(n),
            "DepthToSpace" or "SpaceToDepth" => WindowShapes.Blocks(n),
            "Pad" => WindowShapes.Pad(n),
            "Concat" => AxisShapes.Concat(n),
            "Slice" => AxisShapes.Slice(n),
            "Gather" => AxisShapes.Gather(n),
            "Transpose" => AxisShapes.Transpose(n),
            "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => n.Like(AxisShapes.Reshaped(n), n.Data.Values),
            "Expand" => AxisShapes.Expand(n),
            "Tile" => AxisShapes.Tile(n),
            "Range" => AxisShapes.Range(n),
            "ConstantOfShape" => AxisShapes.ConstantOfShape(n),
            "Shape" => AxisShapes.Shape(n),
            "Size" => new(GraphTensor.Int64, [], [n.Data.Count], n.Data.Depends),
            "MatMul" or "QLinearMatMul" or "MatMulInteger" => MatMul(n),
            "Gemm" => Gemm(n),
            "TreeEnsembleRegressor" or "TreeEnsembleClassifier" => Trees(n),
            _ when Reducing.Contains(n.Operator) => Reduce(n),
            _ when Paired.Contains(n.Operator) => Pair(n),
            _ => n.Like(n.Data.Dims, GraphValues.OfOne(n)),
        };
        if (n.Work == 0)
            n.Work = Math.Max(result.Count, n.Inputs.Max(i => i?.Count ?? 0))
                * (Alike.Contains(n.Operator) || n.Operator == "Pow" ? Function : 1);
        return result with { Type = TypeOf(n, result.Type) };
    }

    private static int TypeOf(OperatorNode n, int otherwise) => n.Operator switch
    {
        "Cast" => (int)n.Int("to", GraphTensor.Float),
        "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "Not" => GraphTensor.Bool,
        "Where" => n.Need(1).Type,
        "QuantizeLinear" => n.Maybe(2)?.Type ?? GraphTensor.UInt8,
        "DequantizeLinear" => GraphTensor.Float,
        "ConvInteger" or "MatMulInteger" => GraphTensor.Int32,
        "ArgMax" or "ArgMin" => GraphTensor.Int64,
        _ => otherwise,
    };

    private static GraphTensor MatMul(OperatorNode n)
    {
        long[] left = n.Data.Dims, right = n.Need(n.Operator == "QLinearMatMul" ? 3 : 1).Dims;
        if (left.Length == 0 || right.Length == 0) throw n.Refuse("it multiplies a single number");
        (bool row, bool column) = (left.Length == 1, right.Length == 1);
        if (row) left = [1, .. left];
        if (column) right = [.. right, 1];
        if (left[^1] != right[^2]) throw n.Refuse($"it multiplies {OnnxText.Sizes(left)} by {OnnxText.Sizes(right)}", "matrices that fit");
        List<long> dims = [.. AxisShapes.Broadcast(n, left[..^2], right[..^2])];
        if (!row) dims.Add(left[^2]);
        if (!column) dims.Add(right[^1]);
        GraphTensor result = n.Like([.. dims]);
        n.Work = result.Count * left[^1];
        return result;
    }

    private static GraphTensor Gemm(OperatorNode n)
    {
        long[] left = n.Data.Dims, right = n.Need(1).Dims;
        if (left.Length != 2 || right.Length != 2) throw n.Refuse("it multiplies what is no matrix");
        if (n.Int("transA", 0) != 0) left = [left[1], left[0]];
        if (n.Int("transB", 0) != 0) right = [right[1], right[0]];
        if (left[1] != right[0]) throw n.Refuse($"it multiplies {OnnxText.Sizes(left)} by {OnnxText.Sizes(right)}", "matrices that fit");
        GraphTensor result = n.Like([left[0], right[1]]);
        n.Work = result.Count * left[1];
        return result;
    }

    private static GraphTensor Trees(OperatorNode n)
    {
        if (n.Data.Dims is not [var rows, var columns]) throw n.Refuse("it is given no table of one row a pixel");
        if (columns < n.Int(TreeCheck.ColumnsName, 0))
            throw n.Refuse($"it asks for value {n.Int(TreeCheck.ColumnsName, 0)} of {columns}", "bands that there are");
        n.Work = (double)rows * n.Int(TreeCheck.DepthName, 1) * 4;
        return new(GraphTensor.Float, [rows, n.Int(TreeCheck.TargetsName, 1)], null, n.Data.Depends);
    }

    private static GraphTensor Reduce(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        bool one = n.Operator.StartsWith("Arg", StringComparison.Ordinal), keeps = n.Int("keepdims", 1) != 0;
        long[] axes = one ? [n.Int("axis", 0)] : n.SizesOrAttribute(1, "axes") ?? [];
        if (axes.Length == 0 && n.Int("noop_with_empty_axes", 0) != 0) return n.Like(dims);
        HashSet<int> reduced = axes.Length == 0 ? [.. Enumerable.Range(0, dims.Length)] : [.. axes.Select(a => n.Axis(a, dims.Length))];
        long[] result = [.. dims.Select((size, i) => reduced.Contains(i) ? 1 : size).Where((_, i) => keeps || !reduced.Contains(i))];
        return n.Like(result, reduced.Count == dims.Length ? GraphValues.Reduced(n) : null);
    }

    private static GraphTensor Pair(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        for (int i = 1; i < n.Inputs.Length; i++) dims = AxisShapes.Broadcast(n, dims, n.Need(i).Dims);
        return n.Like(dims, GraphValues.OfSeveral(n, dims));
    }
}
