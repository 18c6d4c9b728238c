namespace Asm.Inference.Model;

/// <summary>Sizes and work of the operators that look at windows of pixels, or change how many there are.</summary>
internal static class WindowShapes
{
    private const long MostPixels = OperatorShapes.MostPixels, MostStride = GraphAnalysis.MostAlignment;

    /// <summary>Sizes along the axes after N and C; there are one or more.</summary>
    private static long[] Spatial(OperatorNode n, GraphTensor tensor) => tensor.Dims.Length >= 3
        ? tensor.Dims[2..]
        : throw n.Refuse($"it is given a tensor of {tensor.Dims.Length} axes", "N x C x H x W");

    public static GraphTensor Conv(OperatorNode n)
    {
        GraphTensor data = n.Data, weight = n.Need(n.Operator == "QLinearConv" ? 3 : 1);
        long[] sizes = Spatial(n, data), kernel = Kernel(n, weight, sizes.Length);
        long group = Group(n);
        if (weight.Dims[1] * group != data.Dims[1])
            throw n.Refuse($"it takes {weight.Dims[1] * group} channels and is given {data.Dims[1]}", "as many as it takes");
        if (weight.Dims[0] % group != 0) throw n.Refuse($"its {weight.Dims[0]} filters are no multiple of {group} groups");
        GraphTensor result = n.Like([data.Dims[0], weight.Dims[0], .. Windows(n, sizes, kernel)]);
        n.Work = result.Count * weight.Dims[1] * GraphTensor.CountOf(kernel);
        return result;
    }

    public static GraphTensor ConvTranspose(OperatorNode n)
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
        GraphTensor output = n.Like([data.Dims[0], weight.Dims[1] * group, .. result]);
        double columns = weight.Dims[1] * GraphTensor.CountOf(kernel) * GraphTensor.CountOf(sizes);
        (n.Work, n.Scratch) = (columns * data.Dims[0] * weight.Dims[0], 4 * columns);
        return output;
    }

    public static GraphTensor Pool(OperatorNode n)
    {
        long[] sizes = Spatial(n, n.Data);
        if (n.Ints("kernel_shape") is null) throw n.Refuse("it has no kernel_shape");
        long[] kernel = n.Ints("kernel_shape", sizes.Length, 1, 1, MostPixels);
        GraphTensor result = n.Like([n.Data.Dims[0], n.Data.Dims[1], .. Windows(n, sizes, kernel)]);
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

    public static GraphTensor Resize(OperatorNode n)
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
        GraphTensor output = n.Like(result);
        n.Work = (output.Count + n.Data.Count) * OperatorShapes.Function;
        return output;
    }

    public static GraphTensor Blocks(OperatorNode n)
    {
        long[] sizes = Spatial(n, n.Data);
        long block = n.Int("blocksize", 0), channels = n.Data.Dims[1];
        if (block is < 1 or > MostStride) throw n.Refuse($"its blocksize is {block}", $"1 to {MostStride}");
        bool spreads = n.Operator == "DepthToSpace";
        if (spreads ? channels % (block * block) != 0 : sizes.Any(size => size % block != 0))
            throw n.Refuse($"{OnnxText.Sizes(n.Data.Dims)} cannot be taken apart into blocks of {block} x {block}");
        return n.Like(spreads
            ? [n.Data.Dims[0], channels / (block * block), .. sizes.Select(size => size * block)]
            : [n.Data.Dims[0], channels * block * block, .. sizes.Select(size => size / block)]);
    }

    public static GraphTensor Pad(OperatorNode n)
    {
        long[] dims = [.. n.Data.Dims];
        long[] pads = n.SizesOrAttribute(1, "pads") ?? throw n.Refuse("it has no pads");
        int[] axes = n.Maybe(3) is null ? [.. Enumerable.Range(0, dims.Length)] : [.. n.Sizes(3).Select(a => n.Axis(a, dims.Length))];
        if (pads.Length != 2 * axes.Length) throw n.Refuse($"its pads are {pads.Length} numbers for {axes.Length} axes");
        foreach (long pad in pads)
            if (pad is < -MostPixels or > MostPixels) throw n.Refuse($"its pads hold {pad}", $"{-MostPixels} to {MostPixels}");
        for (int i = 0; i < axes.Length; i++) dims[axes[i]] += pads[i] + pads[axes.Length + i];
        return n.Like(dims);
    }
}
