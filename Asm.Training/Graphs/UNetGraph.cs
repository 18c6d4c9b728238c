using Asm.Inference.Model;
using Asm.Training.Network;
using static TorchSharp.torch;

namespace Asm.Training.Graphs;

/// <summary>The ONNX graph of a U-Net: reflectance in; label, confidence and probabilities out. Dropout has no part in it.</summary>
internal sealed class UNetGraph
{
    /// <summary>Operator set; 17 is the newest that readers of 2022 know.</summary>
    public const int Opset = 17;

    private readonly OnnxGraphBuilder _builder = new();
    private readonly Dictionary<string, (float[] Values, long[] Shape)> _weights;
    private readonly UNet _network;

    private UNetGraph(UNet network)
    {
        _network = network;
        _weights = network.named_parameters().ToDictionary(p => p.name, p =>
        {
            using Tensor onHost = p.parameter.detach().cpu();
            return (onHost.data<float>().ToArray(), onHost.shape);
        });
    }

    /// <summary>
    /// Builds the graph. Input "reflectance" float [N, bands, H, W]. Outputs: "label" uint8 [N, 1, H, W], class code from 1, the lowest
    /// where probabilities tie; "confidence" float [N, 1, H, W], the highest probability; "probabilities" float [N, classes, H, W].
    /// </summary>
    public static GraphProto Build(UNet network) => new UNetGraph(network).Build();

    private GraphProto Build()
    {
        (UNetShape shape, OnnxGraphBuilder b) = (_network.Shape, _builder);
        string x = b.Node("Sub", "centred", ["reflectance", b.Constant("band_mean", _network.Statistics.Mean, 1, shape.Bands, 1, 1)]);
        x = b.Node("Mul", "normalised", [x, b.Constant("band_inverse_std", _network.Statistics.InverseDeviation(), 1, shape.Bands, 1, 1)]);
        var skips = new Stack<string>();
        for (int stage = 0; stage < shape.Depth; stage++)
        {
            x = Pair($"encoder.{stage}", x);
            skips.Push(x);
            x = b.Node("MaxPool", $"pool.{stage}", [x], ("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2]));
        }

        x = Pair("bridge", x);
        for (int i = 0; i < shape.Depth; i++)
            x = Pair($"decoder.{i}", b.Node("Concat", $"joined.{i}", [Up($"up.{i}", x), skips.Pop()], ("axis", 1)));
        string logits = Convolution("last", x, padding: 0);
        string probabilities = b.Node("Softmax", "probabilities", [logits], ("axis", 1));
        b.Node("ReduceMax", "confidence", [probabilities], ("axes", (long[])[1]), ("keepdims", 1));
        string position = b.Node("ArgMax", "position", [probabilities], ("axis", 1), ("keepdims", 1));
        string code = b.Node("Add", "code", [position, b.Constant("one", [1L], 1)]);
        b.Node("Cast", "label", [code], ("to", OnnxGraphBuilder.UInt8));
        b.Graph.Name = "U-Net";
        b.Graph.Input.Add(OnnxGraphBuilder.Value("reflectance", OnnxGraphBuilder.Float, "N", shape.Bands, "H", "W"));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("label", OnnxGraphBuilder.UInt8, "N", 1, "H", "W"));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("confidence", OnnxGraphBuilder.Float, "N", 1, "H", "W"));
        b.Graph.Output.Add(OnnxGraphBuilder.Value("probabilities", OnnxGraphBuilder.Float, "N", shape.Classes, "H", "W"));
        return b.Graph;
    }

    private string Pair(string name, string x)
    {
        foreach (string half in (string[])["first", "second"])
            x = _builder.Node("Relu", $"{name}.{half}.relu", [Convolution($"{name}.{half}", x, padding: 1)]);
        return x;
    }

    private string Convolution(string name, string x, int padding)
    {
        (float[] weight, long[] shape) = _weights[$"{name}.weight"];
        string[] inputs = [x, _builder.Constant($"{name}.weight", weight, shape),
            _builder.Constant($"{name}.bias", _weights[$"{name}.bias"].Values, shape[0])];
        return _builder.Node("Conv", name, inputs, ("kernel_shape", (long[])[shape[2], shape[3]]),
            ("pads", (long[])[padding, padding, padding, padding]));
    }

    // A 2 x 2 transposed convolution of stride 2 gives every output one tap: it is a 1 x 1 convolution to 4 C channels whose quarters
    // become the pixels of each 2 x 2 block. DepthToSpace DCR takes channel (dy * 2 + dx) * C + c to pixel (dy, dx) of channel c.
    // Quantised, this form stays integer.
    private string Up(string name, string x)
    {
        (float[] weight, long[] shape) = _weights[$"{name}.weight"];
        float[] bias = _weights[$"{name}.bias"].Values;
        (int inputs, int filters) = ((int)shape[0], (int)shape[1]);
        float[] rearranged = new float[weight.Length];
        for (int from = 0; from < inputs; from++)
            for (int filter = 0; filter < filters; filter++)
                for (int tap = 0; tap < 4; tap++)
                    rearranged[(tap * filters + filter) * inputs + from] = weight[(from * filters + filter) * 4 + tap];
        string convolved = _builder.Node("Conv", name, [x,
            _builder.Constant($"{name}.weight", rearranged, 4 * filters, inputs, 1, 1),
            _builder.Constant($"{name}.bias", [.. bias, .. bias, .. bias, .. bias], 4 * filters)], ("kernel_shape", (long[])[1, 1]));
        string spread = _builder.Node("DepthToSpace", $"{name}.spread", [convolved], ("blocksize", 2), ("mode", "DCR"));
        return _builder.Node("Relu", $"{name}.relu", [spread]);
    }
}
