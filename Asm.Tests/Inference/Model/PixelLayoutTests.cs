using Asm.Inference.Model;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Model;

/// <summary>Decision trees over rows of pixels: which graphs keep every pixel in its place.</summary>
public sealed class PixelLayoutTests
{
    private static readonly long[] Last = [0, 2, 3, 1], First = [0, 3, 1, 2];

    [Fact]
    public void Planes_to_rows_through_trees_and_back_look_at_one_pixel() =>
        Assert.Equal(new ReceptiveField(0, 1), Analyse(Last, [-1, 10], 3, 3, First).Field);

    [Fact]
    public void A_convolution_before_the_trees_still_counts()
    {
        GraphFacts facts = Analyse(Last, [-1, 10], 3, 3, First, convolution: true);
        Assert.Equal(new ReceptiveField(2, 1), facts.Field);
    }

    [Theory]
    [InlineData(new long[] { 0, 3, 2, 1 }, 10, 3, new long[] { 0, 3, 1, 2 })] // rows and columns swapped
    [InlineData(new long[] { 0, 2, 3, 1 }, 20, 3, new long[] { 0, 3, 1, 2 })] // a row of two pixels
    [InlineData(new long[] { 0, 2, 3, 1 }, 10, 6, new long[] { 0, 3, 1, 2 })] // sums of two pixels together
    [InlineData(new long[] { 0, 2, 3, 1 }, 10, 3, new long[] { 0, 3, 2, 1 })]
    public void What_may_move_pixels_is_not_bounded(long[] toRows, long width, long outputs, long[] toPlanes)
    {
        GraphFacts facts = Analyse(toRows, [-1, width], 3, outputs, toPlanes);
        Assert.Null(facts.Field);
        Assert.Contains("may move pixels", facts.Unbounded, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sums_count_as_many_channels_as_there_are_targets() =>
        Assert.Equal(4 * (10 + 10), Analyse(Last, [-1, 10], 3, 3, First).PeakActivationBytesPerPixel);

    private static GraphFacts Analyse(long[] toRows, long[] rowShape, int targets, long outputs, long[] toPlanes, bool convolution = false)
    {
        var net = new Network(10, 1);
        string input = convolution ? net.Conv(Network.Input, 10, 10, 5) : Network.Input;
        string last = net.Add("Transpose", [input], Ints("perm", toRows));
        string size = net.Add("Shape", [last], Int("start", 0), Int("end", 3));
        string shape = net.Add("Concat", [size, Constant(net, "outputs", outputs)], Int("axis", 0));
        string rows = net.Add("Reshape", [last, Constant(net, "row_shape", rowShape)]);
        string votes = net.Add("TreeEnsembleRegressor", [rows], Int("n_targets", targets));
        string share = net.Add("Mul", [votes, Constant(net, "share", 1)]);
        net.Finish(net.Add("Transpose", [net.Add("Reshape", [share, shape])], Ints("perm", toPlanes)), 3);
        return GraphAnalysis.Of(net.Graph, Network.Input, net.Graph.Output[0].Name, 10, "test.onnx");
    }

    private static string Constant(Network net, string name, params long[] values)
    {
        net.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Dims = { values.Length }, Int64Data = { values } });
        return name;
    }

    private static AttributeProto Int(string name, long value) => new() { Name = name, Type = 2, I = value };

    private static AttributeProto Ints(string name, long[] values) => new() { Name = name, Type = 7, Ints = { values } };
}
