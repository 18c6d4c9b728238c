using System.Runtime.InteropServices;
using Asm.Inference.Model;
using Google.Protobuf;

namespace Asm.Tests.Support;

/// <summary>Builds small ONNX networks by hand, so that the engine is tested without the trainer.</summary>
internal sealed class Network
{
    private readonly GraphProto _graph = new() { Name = "test" };
    private readonly Random _random;
    private readonly int _bands;
    private int _next;

    public Network(int bands, int seed)
    {
        (_bands, _random) = (bands, new Random(seed));
        _graph.Input.Add(Value("reflectance", bands));
    }

    public static string Input => "reflectance";

    /// <summary>The graph so far.</summary>
    public GraphProto Graph => _graph;

    public string Conv(string from, int channelsIn, int channelsOut, int kernel, int stride = 1, int dilation = 1)
    {
        string weight = Constant([channelsOut, channelsIn, kernel, kernel], MathF.Sqrt(2f / (channelsIn * kernel * kernel))), bias = Constant([channelsOut], 0.1f);
        int pad = dilation * (kernel - 1) / 2;
        return Add("Conv", [from, weight, bias], Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride), Ints("dilations", dilation, dilation), Ints("pads", pad, pad, pad, pad));
    }

    public string Up(string from, int channelsIn, int channelsOut) =>
        Add("ConvTranspose", [from, Constant([channelsIn, channelsOut, 2, 2], 0.3f)], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2));

    public string UpByDepthToSpace(string from, int channelsIn, int channelsOut) =>
        Add("DepthToSpace", [Conv(from, channelsIn, 4 * channelsOut, 1)], new AttributeProto { Name = "blocksize", Type = 2, I = 2 });

    public string Pool(string from) => Add("MaxPool", [from], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2));

    public string Relu(string from) => Add("Relu", [from]);

    public string Concat(string first, string second) => Add("Concat", [first, second], new AttributeProto { Name = "axis", Type = 2, I = 1 });

    public string Softmax(string from, string output)
    {
        _graph.Node.Add(new NodeProto { OpType = "Softmax", Name = "softmax", Input = { from }, Output = { output }, Attribute = { new AttributeProto { Name = "axis", Type = 2, I = 1 } } });
        return output;
    }

    public string Add(string op, string[] inputs, params AttributeProto[] attributes) => As($"t{_next++}", op, inputs, attributes);

    /// <summary>Adds a node and names what it gives.</summary>
    public string As(string output, string op, string[] inputs, params AttributeProto[] attributes)
    {
        _graph.Node.Add(new NodeProto { OpType = op, Name = $"node{_graph.Node.Count + 1}", Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    /// <summary>Adds a constant list of whole numbers.</summary>
    public string Whole(params long[] values) => Tensor(7, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Adds a constant of one whole number.</summary>
    public string Single(long value) => Tensor(7, [], MemoryMarshal.AsBytes([value]));

    /// <summary>Adds a constant of one float32.</summary>
    public string Number(float value) => Tensor(1, [], MemoryMarshal.AsBytes([value]));

    /// <summary>Adds a constant list of float32.</summary>
    public string Numbers(params float[] values) => Tensor(1, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Type = 7, Ints = { values } };

    /// <summary>An attribute of one whole number.</summary>
    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = 2, I = value };

    /// <summary>A U-Net of random weights, as deep as the paper's by default but narrow.</summary>
    public static Network UNet(int bands = 10, int classes = 3, int depth = 4, int width = 4, int seed = 1, bool depthToSpace = true)
    {
        var net = new Network(bands, seed);
        string x = Input;
        int channels = bands;
        var skips = new Stack<(string Name, int Channels)>();
        for (int d = 0; d < depth; d++)
        {
            x = net.Block(x, channels, width << d);
            channels = width << d;
            skips.Push((x, channels));
            x = net.Pool(x);
        }
        x = net.Block(x, channels, width << depth);
        channels = width << depth;
        while (skips.TryPop(out (string Name, int Channels) skip))
        {
            x = net.Relu(depthToSpace ? net.UpByDepthToSpace(x, channels, skip.Channels) : net.Up(x, channels, skip.Channels));
            x = net.Block(net.Concat(x, skip.Name), 2 * skip.Channels, skip.Channels);
            channels = skip.Channels;
        }
        net.Finish(net.Softmax(net.Conv(x, channels, classes, 1), "probabilities"), classes);
        return net;
    }

    /// <summary>Declares the output and completes the graph.</summary>
    public void Finish(string output, int classes) => _graph.Output.Add(Value(output, classes));

    /// <summary>Writes the network with the metadata that the engine needs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bandNames">Names of the bands; null for the ten.</param>
    /// <param name="window">Side of the training windows.</param>
    /// <param name="metadata">Metadata in place of those, or beside them.</param>
    public string Save(string path, string[]? bandNames = null, int window = 256, params (string Key, string Value)[] metadata)
    {
        bandNames ??= ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];
        var model = new ModelProto { IrVersion = 8, ProducerName = "test", Graph = _graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        void Meta(string key, string value) => model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        Meta(ModelMetadataKeys.Bands, System.Text.Json.JsonSerializer.Serialize(bandNames));
        Meta(ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"built","color":"#56b4e9"},{"code":3,"name":"vegetation","color":"#009e73"}]""");
        Meta(ModelMetadataKeys.Scale, ModelMetadataKeys.ReflectanceScale);
        Meta(ModelMetadataKeys.WindowPixels, $"{window}");
        Meta(ModelMetadataKeys.BandMean, $"[{string.Join(',', Enumerable.Repeat("0.15", _bands))}]");
        Meta(ModelMetadataKeys.BandDeviation, $"[{string.Join(',', Enumerable.Repeat("0.1", _bands))}]");
        foreach ((string key, string value) in metadata)
            if (model.MetadataProps.FirstOrDefault(m => m.Key == key) is { } entry) entry.Value = value;
            else Meta(key, value);
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    private string Block(string from, int channelsIn, int channelsOut) =>
        Relu(Conv(Relu(Conv(from, channelsIn, channelsOut, 3)), channelsOut, channelsOut, 3));

    private string Constant(long[] shape, float sigma)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
            values[i] = sigma * (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        return Tensor(1, shape, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private string Tensor(int type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        string name = $"w{_next++}";
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }

    private static ValueInfoProto Value(string name, int channels)
    {
        static TensorShapeProto.Types.Dimension Free(string symbol) => new() { DimParam = symbol };
        return new()
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto { Dim = { Free("n"), new TensorShapeProto.Types.Dimension { DimValue = channels }, Free("h"), Free("w") } } } },
        };
    }
}
