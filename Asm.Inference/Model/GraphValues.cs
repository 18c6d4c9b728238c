namespace Asm.Inference.Model;

/// <summary>
/// Small tensors worked out before a graph runs: exporters compute the sizes of later tensors from those of earlier ones. Each gives null
/// where a value is not known, or there are too many.
/// </summary>
internal static class GraphValues
{
    /// <summary>The values at other places of the same tensor.</summary>
    /// <param name="from">The tensor.</param>
    /// <param name="dims">The sizes of the result.</param>
    /// <param name="place">From a place in the result to the place in the tensor.</param>
    public static double[]? Picked(GraphTensor from, long[] dims, Func<long[], long[]> place)
    {
        if (from.Values is not { } values || !(GraphTensor.CountOf(dims) <= GraphTensor.MostValues)) return null;
        var result = new double[(int)GraphTensor.CountOf(dims)];
        var at = new long[dims.Length];
        for (int i = 0; i < result.Length; i++)
        {
            long offset = Offset(place(at), from.Dims);
            if (offset < 0 || offset >= values.Length) return null;
            result[i] = values[offset];
            for (int axis = dims.Length - 1; axis >= 0 && ++at[axis] == dims[axis]; axis--) at[axis] = 0;
        }
        return result;
    }

    /// <summary>Where a place lies in a tensor's values.</summary>
    public static long Offset(long[] at, long[] dims)
    {
        long offset = 0;
        for (int i = 0; i < at.Length; i++) offset = offset * dims[i] + at[i];
        return offset;
    }

    /// <summary>The tensor repeated along axes of size 1.</summary>
    public static double[]? Broadcast(GraphTensor tensor, long[] dims)
    {
        int lead = dims.Length - tensor.Dims.Length;
        return Picked(tensor, dims, at => [.. tensor.Dims.Select((size, i) => size == 1 ? 0 : at[lead + i])]);
    }

    /// <summary>The inputs of a node one after the other along an axis.</summary>
    public static double[]? Joined(OperatorNode node, long[] dims, int axis)
    {
        if (node.Inputs.Any(i => i?.Values is null) || GraphTensor.CountOf(dims) > GraphTensor.MostValues) return null;
        double outer = GraphTensor.CountOf(dims[..axis]);
        var result = new List<double>();
        for (int o = 0; o < outer; o++)
            foreach (GraphTensor? input in node.Inputs)
            {
                int run = (int)GraphTensor.CountOf(input!.Dims[axis..]);
                result.AddRange(input.Values.AsSpan(o * run, run));
            }
        return [.. result];
    }

    /// <summary>The result of an operator that takes each value by itself.</summary>
    public static double[]? OfOne(OperatorNode node)
    {
        if (node.Data.Values is not { } values) return null;
        Func<double, double>? change = node.Operator switch
        {
            "Identity" or "Dropout" => v => v,
            "Cast" => (int)node.Int("to", GraphTensor.Float) is GraphTensor.Float or GraphTensor.Double ? v => v : Math.Truncate,
            "Neg" => v => -v,
            "Abs" => Math.Abs,
            "Floor" => Math.Floor,
            "Ceil" => Math.Ceiling,
            "Round" => v => Math.Round(v, MidpointRounding.ToEven),
            "Sqrt" => Math.Sqrt,
            "Reciprocal" => v => 1 / v,
            "Not" => v => v == 0 ? 1 : 0,
            _ => null,
        };
        return change is null ? null : [.. values.Select(change)];
    }

    /// <summary>The result of an operator that takes values of several tensors, place by place.</summary>
    public static double[]? OfSeveral(OperatorNode node, long[] dims)
    {
        bool whole = node.Operator != "Where" && node.Data.IsWhole;
        Func<double, double, double>? join = node.Operator switch
        {
            "Add" or "Sum" => (a, b) => a + b,
            "Sub" => (a, b) => a - b,
            "Mul" => (a, b) => a * b,
            "Div" => whole ? (a, b) => Math.Truncate(a / b) : (a, b) => a / b,
            "Pow" => Math.Pow,
            "Min" => Math.Min,
            "Max" => Math.Max,
            "Mod" => (a, b) => a - b * Math.Floor(a / b),
            "And" => (a, b) => a != 0 && b != 0 ? 1 : 0,
            "Or" => (a, b) => a != 0 || b != 0 ? 1 : 0,
            "Xor" => (a, b) => a != 0 != (b != 0) ? 1 : 0,
            "Equal" => (a, b) => a == b ? 1 : 0,
            "Greater" => (a, b) => a > b ? 1 : 0,
            "GreaterOrEqual" => (a, b) => a >= b ? 1 : 0,
            "Less" => (a, b) => a < b ? 1 : 0,
            "LessOrEqual" => (a, b) => a <= b ? 1 : 0,
            _ => null,
        };
        if (join is null && node.Operator != "Where") return null;
        var inputs = new List<double[]>();
        foreach (GraphTensor? input in node.Inputs)
            if (input is not null && Broadcast(input, dims) is { } values) inputs.Add(values);
            else return null;
        return join is null
            ? inputs is [var test, var yes, var no] ? [.. test.Select((t, i) => t != 0 ? yes[i] : no[i])] : null
            : inputs.Aggregate((a, b) => [.. a.Zip(b, join)]);
    }

    /// <summary>All values of a node's input as one.</summary>
    public static double[]? Reduced(OperatorNode node) => (node.Operator, node.Data.Values) switch
    {
        (_, null or []) => null,
        ("ReduceProd", var values) => [values.Aggregate(1.0, (a, b) => a * b)],
        ("ReduceSum", var values) => [values.Sum()],
        ("ReduceMax", var values) => [values.Max()],
        ("ReduceMin", var values) => [values.Min()],
        _ => null,
    };
}
