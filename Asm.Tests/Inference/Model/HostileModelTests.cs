using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Google.Protobuf;

namespace Asm.Tests.Inference.Model;

/// <summary>Graphs that would take a machine down are refused before ONNX Runtime sees them.</summary>
public sealed class HostileModelTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly Dictionary<string, (Action<Network, string> Build, string Found)> Graphs = new()
    {
        ["stride"] = ((n, x) => Ends(n, n.Add("ConvTranspose", [n.Add("MaxPool", [x], Network.Ints("kernel_shape", 1, 1), Network.Ints("strides", 1 << 24, 1 << 24)), Weight(n)],
            Network.Ints("strides", 1 << 24, 1 << 24))), "is MaxPool, and its strides hold 16777216"),
        ["dilation"] = ((n, x) => Ends(n, n.Add("MaxPool", [x], Network.Ints("kernel_shape", 3, 3), Network.Ints("dilations", 1 << 30, 1 << 30), Network.Ints("pads", 1 << 30, 1 << 30, 1 << 30, 1 << 30))),
            "its dilations hold 1073741824"),
        ["pads"] = ((n, x) => Ends(n, n.Add("Pad", [x, n.Whole(0, 0, 1L << 40, 0, 0, 0, 0, 0)])), "is Pad, and its pads hold 1099511627776"),
        ["constant of shape"] = ((n, x) => Adds(n, x, n.Add("ConstantOfShape", [n.Whole(60_000, 60_000)])), "MB for a window of 64 x 64 px, the most of it node"),
        ["constant of a shape beyond all integers"] = ((n, x) => Adds(n, x, n.Add("ConstantOfShape", [n.Whole(long.MaxValue, long.MaxValue, long.MaxValue)])), "MB for a window"),
        ["constant of a shape below 0"] = ((n, x) => Adds(n, x, n.Add("ConstantOfShape", [n.Whole(-5, 4)])), "it gives a tensor of -5 x 4"),
        ["expand"] = ((n, x) => Adds(n, x, n.Add("Expand", [n.Number(1), n.Whole(100_000, 100_000)])), "(Expand)"),
        ["tile"] = ((n, x) => Adds(n, x, n.Add("Tile", [x, n.Whole(1, 1, 3_000, 3_000)])), "(Tile)"),
        ["resize"] = ((n, x) => Adds(n, x, n.Add("Resize", [x, "", "", n.Whole(1, 3, 90_000, 90_000)])), "(Resize)"),
        ["range"] = ((n, x) => Adds(n, x, n.Add("Cast", [n.Add("Range", [n.Single(0), n.Single(1L << 50), n.Single(1)])], Network.Int("to", 1))), "(Range)"),
        ["range of the pixels"] = ((n, x) => Adds(n, x, n.Add("Cast", [n.Add("Range", [n.Single(0), n.Add("Cast", [n.Add("ReduceMax", [x], Network.Int("keepdims", 0))], Network.Int("to", 7)), n.Single(1)])],
            Network.Int("to", 1))), "sizes of it depend on the values of pixels"),
        ["work"] = ((n, x) => Adds(n, x, n.Add("MatMul", [Big(n, 64, 100_000), Big(n, 100_000, 64)]), times: 300), "billion multiplications for a window of 64 x 64 px, the most of them node"),
        ["loop"] = ((n, x) => Ends(n, n.Add("Loop", [n.Single(1L << 40), "", x])), "is Loop, and it repeats or branches"),
        ["another domain"] = ((n, x) =>
        {
            Ends(n, n.Add("Relu", [x]));
            n.Graph.Node[1].Domain = "com.microsoft";
        }, "of the domain 'com.microsoft'"),
        ["lots"] = ((n, x) => Adds(n, x, n.Add("RandomNormalLike", [x])), "is RandomNormalLike, and that operator is not one that is run"),
        ["block of 0"] = ((n, x) => Ends(n, n.Add("DepthToSpace", [x], Network.Int("blocksize", 0))), "its blocksize is 0"),
        ["attribute of another type"] = ((n, x) => Ends(n, n.Add("MaxPool", [x], Network.Ints("kernel_shape", 1, 1), new AttributeProto { Name = "strides", Type = 2, I = 2 })), "its strides is of type 2"),
        ["attribute twice"] = ((n, x) => Ends(n, n.Add("MaxPool", [x], Network.Ints("kernel_shape", 1, 1), Network.Ints("kernel_shape", 64, 64))), "it has an attribute twice"),
        ["weights that are computed"] = ((n, x) => Ends(n, n.Add("Conv", [Network.Input, n.Add("Expand", [n.Number(1), n.Whole(3, 10, 4001, 4001)])], Network.Ints("pads", 2000, 2000, 2000, 2000))), "(Expand)"),
        ["too many nodes"] = ((n, x) => Ends(n, Enumerable.Range(0, 2001).Aggregate(x, (last, _) => n.Add("Relu", [last]))), "its graph has 2,003 nodes"),
        ["trees that are chains"] = ((n, x) => Chain(n, x, 5000), "tree 0 is 5,001 nodes deep"),
        ["no input"] = ((n, x) => Ends(n, n.Add("Relu", [])), "is Relu, and it has no input"),
        ["no weights"] = ((n, x) => Ends(n, n.Add("Conv", [x])), "is Conv, and it has no input 2"),
        ["weights that are not there"] = ((n, x) => Ends(n, n.Add("Conv", [x, "nowhere"])), "it takes 'nowhere', which nothing before it gives"),
        ["circle"] = ((n, x) => Ends(n, n.As("a", "Add", [x, n.As("b", "Relu", ["a"])])), "it takes 'a', which nothing before it gives"),
        ["no output"] = ((n, x) =>
        {
            Ends(n, n.Add("Relu", [x]));
            n.Graph.Node.Add(new NodeProto { OpType = "Constant" });
        }, "is Constant, and it has no output"),
        ["constant of little data"] = ((n, x) =>
        {
            Adds(n, x, "big");
            n.Graph.Initializer.Add(new TensorProto { Name = "big", DataType = 1, Dims = { 1 << 20, 1 << 20 }, RawData = ByteString.CopyFrom(new byte[12]) });
        }, "its constant 'big' states 1048576 x 1048576 values and holds 3"),
        ["axis"] = ((n, x) => Ends(n, n.Add("Concat", [x, x], Network.Int("axis", 1L << 40))), "its axis 1099511627776 is none of 4"),
        ["name that turns the line"] = ((n, x) => Ends(n, n.As("\u202egnirts\u001b[2J", "Loop", [x])), "is Loop, and it repeats"),
        ["trees in a circle"] = ((n, x) => Trees(n, x, children: [1, 0]), "which is not there or has two parents"),
        ["trees without leaves"] = ((n, x) => Trees(n, x, children: [1, 2]), "which is not there or has two parents"),
    };

    public static TheoryData<string> Names => [.. Graphs.Keys];

    private static string Weight(Network net)
    {
        net.Conv("none", 3, 3, 1);
        net.Graph.Node.RemoveAt(net.Graph.Node.Count - 1);
        return net.Graph.Initializer[^2].Name;
    }

    private static string Big(Network net, long rows, long columns) => net.Add("Expand", [net.Number(1), net.Whole(rows, columns)]);

    private static void Ends(Network net, string last) => net.As("probabilities", "Softmax", [last], Network.Int("axis", 1));

    private static void Adds(Network net, string x, string other, int times = 1)
    {
        string sum = x;
        for (int i = 0; i < times; i++) sum = net.Add("Add", [sum, net.Add("ReduceSum", [times == 1 ? other : net.Add("MatMul", [.. net.Graph.Node.First(n => n.OpType == "MatMul").Input])], Network.Int("keepdims", 0))]);
        Ends(net, sum);
    }

    private static void Trees(Network net, string x, long[] children)
    {
        string rows = net.Add("Reshape", [net.Add("Transpose", [x], Network.Ints("perm", 0, 2, 3, 1)), net.Whole(-1, 3)]);
        ByteString branch = ByteString.CopyFromUtf8("BRANCH_LEQ");
        Ends(net, net.Add("TreeEnsembleRegressor", [rows], Network.Ints("nodes_treeids", 0, 0), Network.Ints("nodes_nodeids", 0, 1), Network.Ints("nodes_featureids", 0, 0),
            Network.Ints("nodes_truenodeids", children[0], children[0]), Network.Ints("nodes_falsenodeids", children[1], children[1]),
            new AttributeProto { Name = "nodes_values", Type = 6, Floats = { 0, 0 } }, new AttributeProto { Name = "nodes_modes", Type = 8, Strings = { branch, branch } }, Network.Int("n_targets", 3)));
        net.Graph.Node.Single(n => n.OpType == "TreeEnsembleRegressor").Domain = "ai.onnx.ml";
    }

    private static void Chain(Network net, string x, int length)
    {
        string rows = net.Add("Reshape", [net.Add("Transpose", [x], Network.Ints("perm", 0, 2, 3, 1)), net.Whole(-1, 3)]);
        int nodes = 2 * length + 1;
        long[] Each(Func<int, long> value) => [.. Enumerable.Range(0, nodes).Select(value)];
        Ends(net, net.Add("TreeEnsembleRegressor", [rows], Network.Ints("nodes_treeids", new long[nodes]), Network.Ints("nodes_nodeids", Each(i => i)), Network.Ints("nodes_featureids", new long[nodes]),
            Network.Ints("nodes_truenodeids", Each(i => i < length ? i + 1 : 0)), Network.Ints("nodes_falsenodeids", Each(i => i < length ? length + 1 + i : 0)),
            new AttributeProto { Name = "nodes_values", Type = 6, Floats = { new float[nodes] } },
            new AttributeProto { Name = "nodes_modes", Type = 8, Strings = { Each(i => i).Select(i => ByteString.CopyFromUtf8(i < length ? "BRANCH_LEQ" : "LEAF")) } }, Network.Int("n_targets", 3)));
        net.Graph.Node.Single(n => n.OpType == "TreeEnsembleRegressor").Domain = "ai.onnx.ml";
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_is_refused_by_what_is_wrong_with_it(string name)
    {
        (Action<Network, string> build, string found) = Graphs[name];
        var net = new Network(10, 1);
        build(net, net.Conv(Network.Input, 10, 3, 1));
        net.Finish("probabilities", 3);
        string path = net.Save(_folder.File("m.onnx"));
        var error = Assert.Throws<AsmException>(() => SegmentationModel.Load(path, 1).Dispose());
        Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  fix: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.DoesNotContain('\u202e', error.Message);
    }

    [Fact]
    public void Many_small_messages_and_deep_ones_are_no_model()
    {
        // 2 bytes a node, 100 in memory: within the graph (field 7), nodes of nothing (field 1).
        byte[] nodes = [.. Enumerable.Repeat((byte[])[0x0a, 0x00], 600_000).SelectMany(n => n)];
        File.WriteAllBytes(_folder.File("many.onnx"), [0x3a, .. Varint(nodes.Length), .. nodes]);
        // A graph in an attribute of a node of a graph in ...
        byte[] deep = [0x0a, 0x00];
        for (int i = 0; i < 400; i++) deep = Within(0x0a, Within(0x2a, Within(0x32, deep)));
        File.WriteAllBytes(_folder.File("deep.onnx"), Within(0x3a, deep));
        File.WriteAllBytes(_folder.File("zeros.onnx"), new byte[1 << 20]);
        foreach (string name in (string[])["many.onnx", "deep.onnx", "zeros.onnx"])
            Assert.Contains("is not an ONNX model, or is damaged\n", Assert.Throws<AsmException>(() => ModelFile.Describe(_folder.File(name))).Message, StringComparison.Ordinal);
    }

    private static byte[] Within(byte tag, byte[] message) => [tag, .. Varint(message.Length), .. message];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    [Fact]
    public void What_grows_faster_than_the_window_is_refused_by_the_memory_limit_before_it_runs()
    {
        // Attention: every block of 4 x 4 pixels with every other one.
        var net = new Network(10, 1);
        string blocks = net.Conv(Network.Input, 10, 48, 4, stride: 4);
        AttributeProto pads = net.Graph.Node[^1].Attribute.Single(at => at.Name == "pads");
        for (int i = 0; i < 4; i++) pads.Ints[i] = 0;
        string rows = net.Add("Reshape", [blocks, net.Whole(1, 48, -1)]);
        string pairs = net.Add("Softmax", [net.Add("MatMul", [net.Add("Transpose", [rows], Network.Ints("perm", 0, 2, 1)), rows])], Network.Int("axis", -1));
        string seen = net.Add("Reshape", [net.Add("MatMul", [rows, pairs]), net.Add("Shape", [blocks])]);
        net.As("probabilities", "Softmax", [net.Add("DepthToSpace", [seen], Network.Int("blocksize", 4))], Network.Int("axis", 1));
        net.Finish("probabilities", 3);
        using SegmentationModel model = SegmentationModel.Load(net.Save(_folder.File("attention.onnx")), 1);
        Assert.Null(model.Description.ReceptiveField);
        Assert.Equal(4, model.Description.Alignment);
        // The products of all pairs, before and after the softmax, and what is small beside them.
        Assert.InRange(model.Description.Shapes!.At(256, 256).PeakBytes, 2 * 4.0 * 4096 * 4096, 2.1 * 4.0 * 4096 * 4096);
        Assert.InRange(model.Description.Shapes!.At(2048, 2048).PeakBytes, 2 * 4.0 * 262_144 * 262_144, 2.1 * 4.0 * 262_144 * 262_144);
        using var stack = new MemoryRaster<ushort>(Stacks.Grid(2048, 2048), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })]);
        var error = Assert.Throws<SettingException>(() => Predictor.Run(stack, model, new(), new() { WindowPixels = 2048 }, new() { MaxMemoryBytes = 600_000_000 }));
        Assert.Contains("600 MB allowed, about 11", error.Message, StringComparison.Ordinal);
        Assert.Equal(AsmErrorCode.Memory, error.Code);
    }

    [Fact]
    public void Every_model_of_the_shared_cases_is_refused_by_name_or_read()
    {
        string[] files = [.. Directory.EnumerateFiles(SharedData.Require("cases/hostile"), "onnx-*.onnx")];
        Assert.NotEmpty(files);
        foreach (string file in files)
            if (Path.GetFileName(file) == "onnx-ext3.onnx") Assert.EndsWith("w.bin", ModelFile.Describe(file).Files[1], StringComparison.Ordinal);
            else Assert.StartsWith($"{file}: ", Assert.Throws<AsmException>(() => SegmentationModel.Load(file, 1).Dispose()).Message, StringComparison.Ordinal);
    }
}
