namespace Asm.Inference.Model;

/// <summary>
/// The operators of feed-forward segmentation networks: the sizes of what each gives, and the work that it is, from the sizes of what it
/// takes (https://onnx.ai/onnx/operators). Operators that repeat, branch, draw lots or look for values have no size that is known
/// before they run, and are not here.
/// </summary>
internal static class OperatorShapes
{
    // What no network's layer reaches, and sums of such numbers stay far from the limits of integers.
    private const long MostPixels = 8192, MostStride = GraphAnalysis.MostAlignment;

    // A function such as exp, in multiplications.
    private const int Function = 16;

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
        "Split" => Split(node),
        "Dropout" or "MaxPool" or "LayerNormalization" or "BatchNormalization" =>
            [One(node), .. Enumerable.Repeat(node.Data, node.Outputs - 1)],
        _ => [One(node)],
    };

    private static GraphTensor One(OperatorNode n)
    {
        GraphTensor result = n.Operator switch
        {
            "Conv" or "QLinearConv" or "ConvInteger" => Conv(n),
            "ConvTranspose" => ConvTranspose(n),
            "MaxPool" or "AveragePool" or "LpPool" => Pool(n),
            "GlobalAveragePool" or "GlobalMaxPool" => Like(n, [.. n.Data.Dims.Select((size, i) => i < 2 ? size : 1)]),
            "Resize" or "Upsample" => Resize(n),
            "DepthToSpace" or "SpaceToDepth" => Blocks(n),
            "Pad" => Pad(n),
            "Concat" => Concat(n),
            "Slice" => Slice(n),
            "Gather" => Gather(n),
            "Transpose" => Transpose(n),
            "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => Like(n, Reshaped(n), n.Data.Values),
            "Expand" => Expand(n),
            "Tile" => Tile(n),
            "Range" => Range(n),
            "ConstantOfShape" => ConstantOfShape(n),
            "Shape" => Shape(n),
            "Size" => new(GraphTensor.Int64, [], [n.Data.Count], n.Data.Depends),
            "MatMul" or "QLinearMatMul" or "MatMulInteger" => MatMul(n),
            "Gemm" => Gemm(n),
            "TreeEnsembleRegressor" or "TreeEnsembleClassifier" => Trees(n),
            _ when Reducing.Contains(n.Operator) => Reduce(n),
            _ when Paired.Contains(n.Operator) => Pair(n),
            _ => Like(n, n.Data.Dims, GraphValues.OfOne(n)),
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

    private static GraphTensor Like(OperatorNode n, long[] dims, double[]? values = null) =>
        new(n.Data.Type, dims, values, n.Inputs.Any(i => i?.Depends == true));

    /// <summary>Sizes along the axes after N and C; there are one or more.</summary>
    private static long[] Spatial(OperatorNode n, GraphTensor tensor) => tensor.Dims.Length >= 3
        ? tensor.Dims[2..]
        : throw n.Refuse($"it is given a tensor of {tensor.Dims.Length} axes", "N x C x H x W");

    private static GraphTensor Conv(OperatorNode n)
    {
        GraphTensor data = n.Data, weight = n.Need(n.Operator == "QLinearConv" ? 3 : 1);
        long[] sizes = Spatial(n, data), kernel = Kernel(n, weight, sizes.Length);
        long group = Group(n);
        if (weight.Dims[1] * group != data.Dims[1])
            throw n.Refuse($"it takes {weight.Dims[1] * group} channels and is given {data.Dims[1]}", "as many as it takes");
        if (weight.Dims[0] % group != 0) throw n.Refuse($"its {weight.Dims[0]} filters are no multiple of {group} groups");
        GraphTensor result = Like(n, [data.Dims[0], weight.Dims[0], .. Windows(n, sizes, kernel)]);
        n.Work = result.Count * weight.Dims[1] * GraphTensor.CountOf(kernel);
        return result;
    }

    private static GraphTensor ConvTranspose(OperatorNode n)
    {
        GraphTensor data = n.Data, weight = n.Need(1);
        long[] sizes = Spatial(n, data), kernel = Kernel(n, weight, sizes.Length);
        int rank = sizes.Length;
        long group = Group(n);
        if (weight.Dims[0] != data.Dims[1])
            throw n.Refuse($"it takes {weight.Dims[0]} channels and is given {data.Dims[1]}", "as many as it takes");
        if (weight.Dims[0] % group != 0) throw n.Refuse($"its {weight.Dims[0]} channels are no multiple of {group} groups");
        long[] strides = n.Ints("strides", rank, 1, 1, MostStride), dilations = n.Ints("dilations", rank, 1, 1, MostPixels),
            pads = n.Ints("pads", 2 * rank, 0, 0, MostPixels), more = n.Ints("output_padding", rank, 0, 0, MostStride);
        long[]? stated = n.Ints("output_shape");
        if (stated is not null && stated.Length != rank) throw n.Refuse($"its output_shape holds {stated.Length} numbers, not {rank}");
        bool same = n.Text("auto_pad", "NOTSET").StartsWith("SAME", StringComparison.Ordinal);
        var result = new long[rank];
        for (int i = 0; i < rank; i++)
            result[i] = stated?[i] ?? (same ? sizes[i] * strides[i]
                : strides[i] * (sizes[i] - 1) + more[i] + dilations[i] * (kernel[i] - 1) + 1 - pads[i] - pads[rank + i]);
        GraphTensor output = Like(n, [data.Dims[0], weight.Dims[1] * group, .. result]);
        double columns = weight.Dims[1] * GraphTensor.CountOf(kernel) * GraphTensor.CountOf(sizes);
        (n.Work, n.Scratch) = (columns * data.Dims[0] * weight.Dims[0], 4 * columns);
        return output;
    }

    private static GraphTensor Pool(OperatorNode n)
    {
        long[] sizes = Spatial(n, n.Data);
        if (n.Ints("kernel_shape") is null) throw n.Refuse("it has no kernel_shape");
        long[] kernel = n.Ints("kernel_shape", sizes.Length, 1, 1, MostPixels);
        GraphTensor result = Like(n, [n.Data.Dims[0], n.Data.Dims[1], .. Windows(n, sizes, kernel)]);
        n.Work = result.Count * GraphTensor.CountOf(kernel);
        return result;
    }

    private static long Group(OperatorNode n) =>
        n.Int("group", 1) is var group and >= 1 and <= 1 << 20 ? group : throw n.Refuse($"its group is {n.Int("group", 1)}");

    private static long[] Kernel(OperatorNode n, GraphTensor weight, int rank)
    {
        if (weight.Dims.Length != rank + 2)
            throw n.Refuse($"its weights have {weight.Dims.Length} axes, its data {rank + 2}", "weights of as many axes as the data");
        long[] kernel = weight.Dims[2..];
        if (n.Ints("kernel_shape") is { Length: > 0 }
            && n.Ints("kernel_shape", rank, 0, 1, MostPixels) is var stated && !stated.SequenceEqual(kernel))
            throw n.Refuse($"its kernel_shape is {OnnxText.Sizes(stated)}, its weights are {OnnxText.Sizes(weight.Dims)}", "the same size");
        return kernel;
    }

    private static long[] Windows(OperatorNode n, long[] sizes, long[] kernel)
    {
        int rank = sizes.Length;
        long[] strides = n.Ints("strides", rank, 1, 1, MostStride), dilations = n.Ints("dilations", rank, 1, 1, MostPixels),
            pads = n.Ints("pads", 2 * rank, 0, 0, MostPixels);
        string automatic = n.Text("auto_pad", "NOTSET");
        bool up = n.Int("ceil_mode", 0) != 0;
        var result = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            long span = dilations[i] * (kernel[i] - 1) + 1;
            long room = sizes[i] - span + (automatic == "VALID" ? 0 : pads[i] + pads[rank + i]);
            result[i] = automatic.StartsWith("SAME", StringComparison.Ordinal) ? (sizes[i] + strides[i] - 1) / strides[i]
                : room < 0 ? 0 : (room + (up ? strides[i] - 1 : 0)) / strides[i] + 1;
        }
        return result;
    }

    private static GraphTensor Resize(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        int at = n.Operator == "Resize" && n.Inputs.Length > 2 ? 2 : 1;
        if (n.Text("keep_aspect_ratio_policy", "stretch") != "stretch" || n.Ints("axes") is not null)
            throw n.Refuse("it resizes some axes, or to a shape of its own", "scales or sizes for all axes");
        double[]? scales = n.Maybe(at) is { Count: > 0 }
            ? n.Numbers(at)
            : n.Attribute("scales", AttributeType.Floats)?.Floats.Select(f => (double)f).ToArray();
        double[]? sizes = n.Maybe(3) is { Count: > 0 } ? n.Numbers(3) : null;
        if ((sizes ?? scales)?.Length != dims.Length) throw n.Refuse("its scales or sizes are missing, or not one for each axis");
        long[] result = [.. dims.Select((size, i) => sizes is not null ? (long)sizes[i] : (long)Math.Floor(size * scales![i]))];
        GraphTensor output = Like(n, result);
        n.Work = (output.Count + n.Data.Count) * Function;
        return output;
    }

    private static GraphTensor Blocks(OperatorNode n)
    {
        long[] sizes = Spatial(n, n.Data);
        long block = n.Int("blocksize", 0), channels = n.Data.Dims[1];
        if (block is < 1 or > MostStride) throw n.Refuse($"its blocksize is {block}", $"1 to {MostStride}");
        bool spreads = n.Operator == "DepthToSpace";
        if (spreads ? channels % (block * block) != 0 : sizes.Any(size => size % block != 0))
            throw n.Refuse($"{OnnxText.Sizes(n.Data.Dims)} cannot be taken apart into blocks of {block} x {block}");
        return Like(n, spreads
            ? [n.Data.Dims[0], channels / (block * block), .. sizes.Select(size => size * block)]
            : [n.Data.Dims[0], channels * block * block, .. sizes.Select(size => size / block)]);
    }

    private static GraphTensor Pad(OperatorNode n)
    {
        long[] dims = [.. n.Data.Dims];
        long[] pads = n.SizesOrAttribute(1, "pads") ?? throw n.Refuse("it has no pads");
        int[] axes = n.Maybe(3) is null ? [.. Enumerable.Range(0, dims.Length)] : [.. n.Sizes(3).Select(a => n.Axis(a, dims.Length))];
        if (pads.Length != 2 * axes.Length) throw n.Refuse($"its pads are {pads.Length} numbers for {axes.Length} axes");
        foreach (long pad in pads)
            if (pad is < -MostPixels or > MostPixels) throw n.Refuse($"its pads hold {pad}", $"{-MostPixels} to {MostPixels}");
        for (int i = 0; i < axes.Length; i++) dims[axes[i]] += pads[i] + pads[axes.Length + i];
        return Like(n, dims);
    }

    private static GraphTensor Concat(OperatorNode n)
    {
        if (n.Attribute("axis", AttributeType.Int) is null) throw n.Refuse("it has no axis");
        int axis = n.Axis(n.Int("axis", 0), n.Data.Dims.Length);
        long[] dims = [.. n.Data.Dims];
        for (int i = 1; i < n.Inputs.Length; i++)
        {
            long[] more = n.Need(i).Dims;
            if (more.Length != dims.Length || more.Where((size, at) => at != axis && size != dims[at]).Any())
                throw n.Refuse(
                    $"it joins {OnnxText.Sizes(n.Data.Dims)} and {OnnxText.Sizes(more)}", "tensors that differ along one axis only");
            dims[axis] += more[axis];
        }
        return Like(n, dims, GraphValues.Joined(n, dims, axis));
    }

    private static GraphTensor[] Split(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        int axis = n.Axis(n.Int("axis", 0), dims.Length), count = n.Outputs;
        long part = (dims[axis] + count - 1) / count;
        long[] sizes = n.SizesOrAttribute(1, "split")
            ?? [.. Enumerable.Range(0, count).Select(i => Math.Clamp(dims[axis] - i * part, 0, part))];
        if (sizes.Length != count || sizes.Any(s => s < 0 || s > dims[axis]) || sizes.Sum() != dims[axis])
            throw n.Refuse($"it splits {dims[axis]} into {OnnxText.Quote(string.Join(" + ", sizes))} for {count} outputs");
        n.Work = n.Data.Count;
        long from = 0;
        return [.. sizes.Select(size =>
        {
            long start = from;
            from += size;
            long[] piece = [.. dims.Select((s, i) => i == axis ? size : s)];
            return Like(n, piece, GraphValues.Picked(n.Data, piece, at => [.. at.Select((x, i) => i == axis ? x + start : x)]));
        })];
    }

    private static GraphTensor Slice(OperatorNode n)
    {
        long[] dims = [.. n.Data.Dims], first = new long[dims.Length], step = [.. Enumerable.Repeat(1L, dims.Length)];
        long[]? starts = n.SizesOrAttribute(1, "starts"), ends = n.SizesOrAttribute(2, "ends");
        if (starts is null || ends is null || starts.Length != ends.Length) throw n.Refuse("its starts and ends are not one of each");
        long[] axes = n.SizesOrAttribute(3, "axes") ?? [.. Enumerable.Range(0, starts.Length)];
        long[] steps = n.Maybe(4) is null ? [.. Enumerable.Repeat(1L, starts.Length)] : n.Sizes(4);
        if (axes.Length != starts.Length || steps.Length != starts.Length) throw n.Refuse("its axes and steps are not one for each start");
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = n.Axis(axes[i], dims.Length);
            long size = dims[axis], by = steps[i];
            if (by is 0 or < -MostPixels or > int.MaxValue) throw n.Refuse($"its steps hold {by}");
            long From(long at, long least, long most) => Math.Clamp(at < 0 ? at + size : at, least, most);
            long start = by > 0 ? From(starts[i], 0, size) : From(starts[i], -1, size - 1);
            long end = by > 0 ? From(ends[i], 0, size) : From(ends[i], -1, size - 1);
            dims[axis] = by > 0 ? Math.Max(0, (end - start + by - 1) / by) : Math.Max(0, (start - end - by - 1) / -by);
            (first[axis], step[axis]) = (start, by);
        }
        return Like(n, dims, GraphValues.Picked(n.Data, dims, at => [.. at.Select((x, i) => first[i] + x * step[i])]));
    }

    private static GraphTensor Gather(OperatorNode n)
    {
        long[] dims = n.Data.Dims, indices = n.Need(1).Dims;
        int axis = n.Axis(n.Int("axis", 0), dims.Length), rank = indices.Length;
        long[] result = [.. dims[..axis], .. indices, .. dims[(axis + 1)..]];
        double[]? which = n.Need(1).Values;
        return Like(n, result, which is null ? null : GraphValues.Picked(n.Data, result, at =>
        {
            long index = (long)which[GraphValues.Offset(at[axis..(axis + rank)], indices)];
            return [.. at[..axis], index < 0 ? index + dims[axis] : index, .. at[(axis + rank)..]];
        }));
    }

    private static GraphTensor Transpose(OperatorNode n)
    {
        int rank = n.Data.Dims.Length;
        long[] order = n.Ints("perm") is { Length: > 0 } given ? given : [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
        if (order.Length != rank || !order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(i => (long)i)))
            throw n.Refuse($"its perm is {OnnxText.Quote(string.Join(' ', order))} for {rank} axes");
        long[] dims = [.. order.Select(i => n.Data.Dims[i])];
        return Like(n, dims, GraphValues.Picked(n.Data, dims, at =>
        {
            var from = new long[rank];
            for (int i = 0; i < rank; i++) from[order[i]] = at[i];
            return from;
        }));
    }

    private static long[] Reshaped(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        int rank = dims.Length;
        switch (n.Operator)
        {
            case "Flatten":
                int at = n.Int("axis", 1) == rank ? rank : n.Axis(n.Int("axis", 1), Math.Max(1, rank));
                return [(long)GraphTensor.CountOf(dims[..at]), (long)GraphTensor.CountOf(dims[at..])];
            case "Squeeze":
                HashSet<int> gone = n.SizesOrAttribute(1, "axes") is { } named
                    ? [.. named.Select(a => n.Axis(a, rank))]
                    : [.. Enumerable.Range(0, rank).Where(i => dims[i] == 1)];
                if (gone.Any(i => dims[i] != 1)) throw n.Refuse($"it takes away an axis of {OnnxText.Sizes(dims)} that is not 1");
                return [.. dims.Where((_, i) => !gone.Contains(i))];
            case "Unsqueeze":
                long[] axes = n.SizesOrAttribute(1, "axes") ?? throw n.Refuse("it has no axes");
                HashSet<int> added = [.. axes.Select(a => n.Axis(a, rank + axes.Length))];
                var rest = new Queue<long>(dims);
                return added.Count == axes.Length
                    ? [.. Enumerable.Range(0, rank + axes.Length).Select(i => added.Contains(i) ? 1 : rest.Dequeue())]
                    : throw n.Refuse("it adds an axis twice");
        }
        long[] shape = n.SizesOrAttribute(1, "shape") ?? throw n.Refuse("it has no shape");
        bool copies = n.Int("allowzero", 0) == 0;
        long[] result = [.. shape.Select((size, i) => size == 0 && copies && i < rank ? dims[i] : size)];
        int free = Array.IndexOf(result, -1);
        if (free >= 0)
        {
            double others = GraphTensor.CountOf(result.Where((_, i) => i != free));
            result[free] = others > 0 ? (long)(n.Data.Count / others) : 0;
        }
        return result.All(size => size >= 0) && GraphTensor.CountOf(result) == n.Data.Count
            ? result
            : throw n.Refuse($"it makes {OnnxText.Quote(OnnxText.Sizes(shape))} of {OnnxText.Sizes(dims)}", "a shape of as many values");
    }

    private static GraphTensor Expand(OperatorNode n)
    {
        long[] dims = Broadcast(n, n.Data.Dims, n.Sizes(1));
        return Like(n, dims, GraphValues.Broadcast(n.Data, dims));
    }

    private static GraphTensor Tile(OperatorNode n)
    {
        long[] repeats = n.Sizes(1), dims = n.Data.Dims;
        if (repeats.Length != dims.Length || repeats.Any(r => r is < 0 or > int.MaxValue))
            throw n.Refuse("its repeats are not one for each axis");
        long[] result = [.. dims.Select((size, i) => Saturated((double)size * repeats[i]))];
        return Like(n, result, GraphValues.Picked(n.Data, result, at => [.. at.Select((x, i) => x % dims[i])]));
    }

    private static GraphTensor Range(OperatorNode n)
    {
        (double start, double limit, double delta) = (Scalar(n, 0), Scalar(n, 1), Scalar(n, 2));
        double count = Math.Max(0, Math.Ceiling((limit - start) / delta));
        if (double.IsNaN(count)) throw n.Refuse("its step is 0");
        double[]? values = count <= GraphTensor.MostValues ? [.. Enumerable.Range(0, (int)count).Select(i => start + i * delta)] : null;
        return Like(n, [Saturated(count)], values);
    }

    private static double Scalar(OperatorNode n, int input) =>
        n.Numbers(input) is [var value] ? value : throw n.Refuse($"its input {input + 1} is no single number");

    private static long Saturated(double size) => (long)Math.Min(size, 1L << 62);

    private static GraphTensor ConstantOfShape(OperatorNode n)
    {
        long[] dims = n.Sizes(0);
        GraphTensor? value = n.Attribute("value", AttributeType.Tensor)?.T is { } tensor ? GraphTensor.Of(tensor) : null;
        double fill = value?.Values is [var only, ..] ? only : 0;
        GraphTensor result = Like(n, dims) with { Type = value?.Type ?? GraphTensor.Float };
        return result.Count <= GraphTensor.MostValues && dims.All(size => size >= 0)
            ? result with { Values = [.. Enumerable.Repeat(fill, (int)result.Count)] }
            : result;
    }

    private static GraphTensor Shape(OperatorNode n)
    {
        int rank = n.Data.Dims.Length;
        int Bound(long at) => (int)Math.Clamp(at < 0 ? at + rank : at, 0, rank);
        (int start, int end) = (Bound(n.Int("start", 0)), Bound(n.Int("end", rank)));
        double[] values = [.. n.Data.Dims[start..Math.Max(start, end)].Select(size => (double)size)];
        n.Work = 1;
        return new(GraphTensor.Int64, [values.Length], values, n.Data.Depends);
    }

    private static GraphTensor MatMul(OperatorNode n)
    {
        long[] left = n.Data.Dims, right = n.Need(n.Operator == "QLinearMatMul" ? 3 : 1).Dims;
        if (left.Length == 0 || right.Length == 0) throw n.Refuse("it multiplies a single number");
        (bool row, bool column) = (left.Length == 1, right.Length == 1);
        if (row) left = [1, .. left];
        if (column) right = [.. right, 1];
        if (left[^1] != right[^2]) throw n.Refuse($"it multiplies {OnnxText.Sizes(left)} by {OnnxText.Sizes(right)}", "matrices that fit");
        List<long> dims = [.. Broadcast(n, left[..^2], right[..^2])];
        if (!row) dims.Add(left[^2]);
        if (!column) dims.Add(right[^1]);
        GraphTensor result = Like(n, [.. dims]);
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
        GraphTensor result = Like(n, [left[0], right[1]]);
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
        if (axes.Length == 0 && n.Int("noop_with_empty_axes", 0) != 0) return Like(n, dims);
        HashSet<int> reduced = axes.Length == 0 ? [.. Enumerable.Range(0, dims.Length)] : [.. axes.Select(a => n.Axis(a, dims.Length))];
        long[] result = [.. dims.Select((size, i) => reduced.Contains(i) ? 1 : size).Where((_, i) => keeps || !reduced.Contains(i))];
        return Like(n, result, reduced.Count == dims.Length ? GraphValues.Reduced(n) : null);
    }

    private static GraphTensor Pair(OperatorNode n)
    {
        long[] dims = n.Data.Dims;
        for (int i = 1; i < n.Inputs.Length; i++) dims = Broadcast(n, dims, n.Need(i).Dims);
        return Like(n, dims, GraphValues.OfSeveral(n, dims));
    }

    private static long[] Broadcast(OperatorNode n, long[] one, long[] other)
    {
        var result = new long[Math.Max(one.Length, other.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            long a = i <= one.Length ? one[^i] : 1, b = i <= other.Length ? other[^i] : 1;
            if (a != b && a != 1 && b != 1)
                throw n.Refuse($"it joins {OnnxText.Quote(OnnxText.Sizes(one))} and {OnnxText.Quote(OnnxText.Sizes(other))}",
                    "sizes that are equal, or 1");
            result[^i] = a == 1 ? b : a;
        }
        return result;
    }
}
