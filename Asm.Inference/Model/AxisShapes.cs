namespace Asm.Inference.Model;

/// <summary>Sizes of the operators that join, cut, order or make axes, and move numbers without changing them.</summary>
internal static class AxisShapes
{
    public static GraphTensor Concat(OperatorNode n)
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
        return n.Like(dims, GraphValues.Joined(n, dims, axis));
    }

    public static GraphTensor[] Split(OperatorNode n)
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
            return n.Like(piece, GraphValues.Picked(n.Data, piece, at => [.. at.Select((x, i) => i == axis ? x + start : x)]));
        })];
    }

    public static GraphTensor Slice(OperatorNode n)
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
            if (by is 0 or < -OperatorShapes.MostPixels or > int.MaxValue) throw n.Refuse($"its steps hold {by}");
            long From(long at, long least, long most) => Math.Clamp(at < 0 ? at + size : at, least, most);
            long start = by > 0 ? From(starts[i], 0, size) : From(starts[i], -1, size - 1);
            long end = by > 0 ? From(ends[i], 0, size) : From(ends[i], -1, size - 1);
            dims[axis] = by > 0 ? Math.Max(0, (end - start + by - 1) / by) : Math.Max(0, (start - end - by - 1) / -by);
            (first[axis], step[axis]) = (start, by);
        }
        return n.Like(dims, GraphValues.Picked(n.Data, dims, at => [.. at.Select((x, i) => first[i] + x * step[i])]));
    }

    public static GraphTensor Gather(OperatorNode n)
    {
        long[] dims = n.Data.Dims, indices = n.Need(1).Dims;
        int axis = n.Axis(n.Int("axis", 0), dims.Length), rank = indices.Length;
        long[] result = [.. dims[..axis], .. indices, .. dims[(axis + 1)..]];
        double[]? which = n.Need(1).Values;
        return n.Like(result, which is null ? null : GraphValues.Picked(n.Data, result, at =>
        {
            long index = (long)which[GraphValues.Offset(at[axis..(axis + rank)], indices)];
            return [.. at[..axis], index < 0 ? index + dims[axis] : index, .. at[(axis + rank)..]];
        }));
    }

    public static GraphTensor Transpose(OperatorNode n)
    {
        int rank = n.Data.Dims.Length;
        long[] order = n.Ints("perm") is { Length: > 0 } given ? given : [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
        if (order.Length != rank || !order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(i => (long)i)))
            throw n.Refuse($"its perm is {OnnxText.Quote(string.Join(' ', order))} for {rank} axes");
        long[] dims = [.. order.Select(i => n.Data.Dims[i])];
        return n.Like(dims, GraphValues.Picked(n.Data, dims, at =>
        {
            var from = new long[rank];
            for (int i = 0; i < rank; i++) from[order[i]] = at[i];
            return from;
        }));
    }

    public static long[] Reshaped(OperatorNode n)
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

    public static GraphTensor Expand(OperatorNode n)
    {
        long[] dims = Broadcast(n, n.Data.Dims, n.Sizes(1));
        return n.Like(dims, GraphValues.Broadcast(n.Data, dims));
    }

    public static GraphTensor Tile(OperatorNode n)
    {
        long[] repeats = n.Sizes(1), dims = n.Data.Dims;
        if (repeats.Length != dims.Length || repeats.Any(r => r is < 0 or > int.MaxValue))
            throw n.Refuse("its repeats are not one for each axis");
        long[] result = [.. dims.Select((size, i) => Saturated((double)size * repeats[i]))];
        return n.Like(result, GraphValues.Picked(n.Data, result, at => [.. at.Select((x, i) => x % dims[i])]));
    }

    public static GraphTensor Range(OperatorNode n)
    {
        (double start, double limit, double delta) = (Scalar(n, 0), Scalar(n, 1), Scalar(n, 2));
        double count = Math.Max(0, Math.Ceiling((limit - start) / delta));
        if (double.IsNaN(count)) throw n.Refuse("its step is 0");
        double[]? values = count <= GraphTensor.MostValues ? [.. Enumerable.Range(0, (int)count).Select(i => start + i * delta)] : null;
        return n.Like([Saturated(count)], values);
    }

    private static double Scalar(OperatorNode n, int input) =>
        n.Numbers(input) is [var value] ? value : throw n.Refuse($"its input {input + 1} is no single number");

    private static long Saturated(double size) => (long)Math.Min(size, 1L << 62);

    public static GraphTensor ConstantOfShape(OperatorNode n)
    {
        long[] dims = n.Sizes(0);
        GraphTensor? value = n.Attribute("value", AttributeType.Tensor)?.T is { } tensor ? GraphTensor.Of(tensor) : null;
        double fill = value?.Values is [var only, ..] ? only : 0;
        GraphTensor result = n.Like(dims) with { Type = value?.Type ?? GraphTensor.Float };
        return result.Count <= GraphTensor.MostValues && dims.All(size => size >= 0)
            ? result with { Values = [.. Enumerable.Repeat(fill, (int)result.Count)] }
            : result;
    }

    public static GraphTensor Shape(OperatorNode n)
    {
        int rank = n.Data.Dims.Length;
        int Bound(long at) => (int)Math.Clamp(at < 0 ? at + rank : at, 0, rank);
        (int start, int end) = (Bound(n.Int("start", 0)), Bound(n.Int("end", rank)));
        double[] values = [.. n.Data.Dims[start..Math.Max(start, end)].Select(size => (double)size)];
        n.Work = 1;
        return new(GraphTensor.Int64, [values.Length], values, n.Data.Depends);
    }

    /// <summary>The sizes of what two tensors make together: an axis of size 1 fits any.</summary>
    public static long[] Broadcast(OperatorNode n, long[] one, long[] other)
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
