using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>The input and the output of a graph. What is not as docs/model-format.md has it is named as what it is.</summary>
internal sealed record GraphEnds(string Input, string Output, string Path)
{
    /// <summary>What makes two classes of one channel p.</summary>
    public const string OneChannelFix =
        "end the graph with Concat(p, 1 - p) along axis 1, and name both classes in the metadata asm_classes";

    /// <summary>Finds and checks them, as far as the graph states them.</summary>
    /// <exception cref="AsmException">There is none, or it is of another form.</exception>
    public static GraphEnds Of(GraphProto graph, int bands, string path)
    {
        AsmException Refuse(string found, string expected, string fix) => new(path, found, expected, fix, AsmErrorCode.Model);
        var constants = graph.Initializer.Select(i => i.Name).ToHashSet();
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !constants.Contains(i.Name))];
        if (inputs.Length != 1)
            throw Refuse(inputs.Length == 0 ? "its graph has no input"
                    : $"its graph has {inputs.Length} inputs: {string.Join(", ", inputs.Take(8).Select(Named))}",
                "one input, the bands of a window",
                "join the inputs into one of all bands (Split in the graph takes them apart again), "
                + "and make what is the same for all windows a constant");
        ValueInfoProto input = inputs[0];
        if (input.Type?.TensorType is not { } type || type.ElemType != GraphTensor.Float)
            throw Refuse($"its input {Named(input)} is of type {input.Type?.TensorType?.ElemType ?? 0}, not float32",
                "float32 N x bands x height x width", "export the model with a float32 input, or put a Cast behind such an input");
        if (type.Shape is { } shape)
        {
            string stated = string.Join(" x ", shape.Dim.Select(Stated));
            long[] sizes = [.. shape.Dim.Select(d => d.DimValue)];
            string found = $"its input {Named(input)} is {stated}";
            if (sizes.Length != 4) throw Refuse(found, "four axes: N x bands x height x width", "export the model with such an input");
            if (sizes[3] == bands && sizes[1] != bands)
                throw Refuse($"{found}: channels last", "channels first, N x bands x height x width",
                    "export it with channels first (tf2onnx: --inputs-as-nchw INPUT --outputs-as-nchw OUTPUT), "
                    + "or put a Transpose of perm 0,2,3,1 behind such an input and one of perm 0,3,1,2 before the output");
            if (sizes[1] > 0 && sizes[1] != bands)
                throw Refuse($"{found}, and its metadata name {bands} bands", "as many bands as channels",
                    $"write the names of all channels, in their order, into the metadata {ModelMetadataKeys.Bands}");
            if (sizes[0] > 1 || sizes[2] > 0 || sizes[3] > 0)
                throw Refuse($"{found}: {(sizes[0] > 1 ? "a fixed batch" : "a fixed size")}",
                    "free height and width: windows of a scene are of several sizes",
                    $"export it with free axes (torch.onnx.export: dynamic_axes={{{Named(input)}: "
                    + "{0: 'n', 2: 'h', 3: 'w'}, OUTPUT: the same})");
        }
        string output = (graph.Output.FirstOrDefault(o => o.Name == "probabilities")
                ?? graph.Output.FirstOrDefault(o => o.Type?.TensorType?.ElemType == GraphTensor.Float))?.Name
            ?? throw Refuse(
                "its graph has no float output", "an output named probabilities", "export the model again with asm-train export");
        if (graph.Output.First(o => o.Name == output).Type?.TensorType is { } given && given.ElemType != GraphTensor.Float)
            throw Refuse($"its output '{OnnxText.Quote(output)}' is of type {given.ElemType}, not float32", "float32 probabilities",
                "end the graph with a Cast to float32 (1)");
        return new(input.Name, output, path);
    }

    private static string Named(ValueInfoProto value) => $"'{OnnxText.Quote(value.Name)}'";

    private static string Stated(TensorShapeProto.Types.Dimension size) =>
        size.DimParam.Length > 0 ? OnnxText.Quote(size.DimParam) : size.DimValue > 0 ? $"{size.DimValue}" : "free";

    /// <summary>Checks the output of a window.</summary>
    /// <param name="found">Its sizes.</param>
    /// <param name="classes">Classes that the metadata name.</param>
    /// <param name="side">Side of the window.</param>
    /// <exception cref="AsmException">It is not N x classes x height x width.</exception>
    public void RequireSizes(long[] found, int classes, int side)
    {
        if (found.SequenceEqual([1, classes, side, side])) return;
        string what = $"its output '{OnnxText.Quote(Output)}' is {OnnxText.Sizes(found)} for a window of {side} x {side} px";
        AsmException Refuse(string wrong, string expected, string fix) => new(Path, wrong, expected, fix, AsmErrorCode.Model);
        throw found switch
        {
            [1, 1, _, _] or [1, _, _] or [1, _, _, 1] => Refuse(
                $"{what}: one channel, as of a sigmoid",
                "a channel for each class, the background too, that sum to 1",
                OneChannelFix),
            [1, var height, var width, var channels] when channels == classes && height == side && width == side => Refuse(
                $"{what}: channels last",
                "channels first, N x classes x height x width", "end the graph with a Transpose of perm 0,3,1,2"),
            [1, var channels, var height, var width] when height == side && width == side => Refuse(
                $"{what}, {channels} channels, and its metadata name {classes} classes", "a class for each channel",
                $"write the names of all {channels} classes, in the order of the channels, into the metadata {ModelMetadataKeys.Classes}"),
            _ => Refuse(what, $"1 x {classes} x {side} x {side}: probabilities at the input's resolution",
                "pad the convolutions, and end the graph with a Resize to the input's size"),
        };
    }
}
