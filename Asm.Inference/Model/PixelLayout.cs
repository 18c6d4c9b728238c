namespace Asm.Inference.Model;

/// <summary>
/// Follows which axes of a tensor are the raster's. Decision trees take one row a pixel, so their graphs turn planes (N x C x H x W) into N
/// x H x W x C, that into rows (NHW x C), and the trees' sums back. Only this exact way is known here; it leaves every pixel in its place.
/// </summary>
internal sealed class PixelLayout(Func<string, TensorProto?> constant)
{
    private readonly Dictionary<string, Layout> _layouts = [];
    // Values that are N, H and W of a tensor (0), or those and this number of channels.
    private readonly Dictionary<string, long> _sizes = [];

    private enum Layout { Planes, PixelsLast, Rows, Unknown }

    /// <summary>Takes up the next node, in the graph's order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="data">Its input that depends on the raster; null where none does.</param>
    /// <param name="channels">Channels of that input.</param>
    public void Follow(NodeProto node, string? data, long channels)
    {
        if (node.OpType == "Shape" && Of(node.Input[0]) == Layout.PixelsLast && Int(node, "start", 0) == 0 && Int(node, "end", -1) == 3)
            _sizes[node.Output[0]] = 0;
        if (node.OpType == "Concat" && node.Input.Count == 2 && _sizes.ContainsKey(node.Input[0]) && Constant(node.Input[1]) is [var width])
            _sizes[node.Output[0]] = width;
        if (data is null) return;
        Layout layout = After(node, Of(data), channels);
        foreach (string output in node.Output) _layouts[output] = layout;
    }

    /// <summary>True where the node keeps every pixel in its place by a change of layout, or computes within rows.</summary>
    public bool KeepsPixels(NodeProto node) =>
        node.OpType is "Transpose" or "Reshape" or "TreeEnsembleRegressor" or "TreeEnsembleClassifier"
        && Of(node.Output[0]) != Layout.Unknown;

    /// <summary>True where two tensors have the same axes.</summary>
    public bool AreAlike(string one, string other) => Of(one) == Of(other) && Of(one) != Layout.Unknown;

    /// <summary>True where a tensor is N x C x H x W, as all operators but the pointwise ones take for granted.</summary>
    public bool IsPlanes(string name) => Of(name) == Layout.Planes;

    private Layout After(NodeProto node, Layout before, long channels) => (node.OpType, before) switch
    {
        ("Transpose", Layout.Planes) when Perm(node) is [0, 2, 3, 1] => Layout.PixelsLast,
        ("Transpose", Layout.PixelsLast) when Perm(node) is [0, 3, 1, 2] => Layout.Planes,
        ("Transpose", _) => Layout.Unknown,
        ("Reshape", Layout.PixelsLast) when Constant(node.Input[1]) is [-1, var width] && width == channels => Layout.Rows,
        ("Reshape", Layout.Rows) when _sizes.GetValueOrDefault(node.Input[1]) == channels => Layout.PixelsLast,
        ("Reshape", _) => Layout.Unknown,
        ("TreeEnsembleRegressor" or "TreeEnsembleClassifier", Layout.Rows) => Layout.Rows,
        ("TreeEnsembleRegressor" or "TreeEnsembleClassifier", _) => Layout.Unknown,
        _ => before,
    };

    private Layout Of(string name) => _layouts.GetValueOrDefault(name, Layout.Planes);

    private static long[] Perm(NodeProto node) => [.. node.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints ?? []];

    private long[] Constant(string name) => constant(name) is { } tensor ? [.. GraphAnalysis.Int64s(tensor)] : [];

    private static long Int(NodeProto node, string name, long otherwise) =>
        node.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? otherwise;
}
