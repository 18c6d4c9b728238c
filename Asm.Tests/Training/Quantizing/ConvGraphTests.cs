using Asm.Inference.Model;
using Asm.Raster;
using Asm.Training.Quantizing;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Quantizing;

public sealed class ConvGraphTests
{
    private static string Refusal(ModelProto model) => Assert.Throws<AsmException>(() => ConvGraph.Read(model, "m.onnx")).Message;

    [Fact]
    public void ReLUs_move_before_DepthToSpace_and_the_network_computes_the_same()
    {
        ModelProto model = QuantisedNetwork.Model(OnnxNetwork.UNet(depth: 2, width: 4));
        var graph = ConvGraph.Read(model, "m.onnx");
        Assert.All(graph.Layers.SkipLast(1), l => Assert.True(l.HasRelu));
        CalibrationWindow window = QuantisedNetwork.Window(10, 32, 1);
        Assert.Equal(QuantisedNetwork.Run(model, window), QuantisedNetwork.Run(QuantisedNetwork.With(model, graph.WithWeights()), window));
    }

    [Fact]
    public void Channels_are_followed_through_DepthToSpace_and_Concat()
    {
        var net = new OnnxNetwork(2, 1);
        string wide = net.Relu(net.Conv(OnnxNetwork.Input, 2, 8, 1)), spread = net.Add("DepthToSpace", [wide], new AttributeProto { Name = "blocksize", Type = 2, I = 2 });
        string skip = net.Relu(net.Conv(OnnxNetwork.Input, 2, 3, 1));
        string joined = net.Concat(spread, skip);
        net.Finish(net.Softmax(net.Conv(joined, 5, 3, 1), "probabilities"), 3);
        List<(string Source, int[] Channels)> channels = ConvGraph.Read(QuantisedNetwork.Model(net), "m.onnx").Channels(joined);
        Assert.Equal([wide, wide, skip, skip, skip], channels.Select(c => c.Source));
        // DCR: channel c of the image is made of channels c, c + 2, c + 4, c + 6
        Assert.Equal([0, 2, 4, 6], channels[0].Channels);
        Assert.Equal([1, 3, 5, 7], channels[1].Channels);
        Assert.Equal([2], channels[4].Channels);
    }

    [Fact]
    public void An_operator_between_convolutions_that_is_not_foreseen_is_named()
    {
        var net = new OnnxNetwork(2, 1);
        net.Finish(net.Softmax(net.Conv(net.Add("Sigmoid", [net.Conv(OnnxNetwork.Input, 2, 4, 3)]), 4, 3, 1), "probabilities"), 3);
        Assert.StartsWith("m.onnx: node node2 is Sigmoid, and it stands between convolutions\n", Refusal(QuantisedNetwork.Model(net)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_convolution_is_named()
    {
        string message = Refusal(QuantisedNetwork.Model(OnnxNetwork.UNet(depth: 1, width: 2, depthToSpace: false)));
        Assert.Contains("is ConvTranspose, and it stands between convolutions", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_convolutions_is_refused()
    {
        var net = new OnnxNetwork(3, 1);
        net.Finish(net.Softmax(net.Relu(OnnxNetwork.Input), "probabilities"), 3);
        Assert.StartsWith("m.onnx: has no Conv\n", Refusal(QuantisedNetwork.Model(net)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_operator_set_is_refused() =>
        Assert.StartsWith("m.onnx: uses operator set 12\n", Refusal(QuantisedNetwork.Model(OnnxNetwork.UNet(depth: 1, width: 2), opset: 12)), StringComparison.Ordinal);
}
