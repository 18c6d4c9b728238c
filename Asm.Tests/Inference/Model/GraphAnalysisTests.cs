using Asm.Inference.Model;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Model;

public sealed class GraphAnalysisTests
{
    private static GraphFacts Analyse(Network network, string output = "probabilities") => GraphAnalysis.Of(network.Graph, Network.Input, output, 10, "test.onnx");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_paper_s_network_looks_107_pixels_around_and_needs_a_halo_of_112(bool depthToSpace)
    {
        ReceptiveField field = Analyse(Network.UNet(depth: 4, width: 2, depthToSpace: depthToSpace)).Field!;
        Assert.Equal(107, field.MarginPixels);
        Assert.Equal(16, field.AlignmentPixels);
        Assert.Equal(112, field.HaloPixels);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    public void Alignment_is_the_product_of_the_pooling_strides(int depth, int alignment) =>
        Assert.Equal(alignment, Analyse(Network.UNet(depth: depth, width: 2)).Field!.AlignmentPixels);

    [Fact]
    public void Plain_convolutions_add_up_with_dilation()
    {
        var net = new Network(10, 1);
        net.Finish(net.Softmax(net.Conv(net.Conv(Network.Input, 10, 4, 3), 4, 3, 5, dilation: 2), "probabilities"), 3);
        Assert.Equal(new ReceptiveField(5, 1), Analyse(net).Field); // 1 + 2 x 2
    }

    [Fact]
    public void A_node_that_looks_at_the_whole_window_is_named()
    {
        var net = new Network(10, 1);
        string pooled = net.Add("GlobalAveragePool", [Network.Input]);
        net.Finish(net.Softmax(net.Add("Add", [net.Conv(Network.Input, 10, 10, 3), pooled]), "probabilities"), 10);
        GraphFacts facts = Analyse(net);
        Assert.Null(facts.Field);
        Assert.Contains("GlobalAveragePool", facts.Unbounded, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_alive_at_once_are_counted_per_input_pixel()
    {
        var net = new Network(10, 1);
        net.Finish(net.Softmax(net.Conv(net.Conv(Network.Input, 10, 8, 3), 8, 3, 3), "probabilities"), 3);
        Assert.Equal(4 * (10 + 8), Analyse(net).PeakActivationBytesPerPixel); // input and the first layer's output
    }
}
