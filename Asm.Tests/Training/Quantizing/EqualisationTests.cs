using Asm.Inference.Model;
using Asm.Training.Quantizing;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Quantizing;

public sealed class EqualisationTests
{
    [Fact]
    public void Channels_get_nearer_ranges_and_the_network_computes_the_same()
    {
        ModelProto model = QuantisedNetwork.Model(OnnxNetwork.UNet(depth: 2, width: 4, seed: 5));
        CalibrationWindow window = QuantisedNetwork.Window(10, 32, 2);
        var graph = ConvGraph.Read(model, "m.onnx");
        Calibration before = Calibrate(model, graph, window);
        Equalisation.Apply(graph, before, 0.7);
        Calibration after = Calibrate(model, graph, window);
        double Spread(Calibration calibration) => graph.Layers.SkipLast(1).Average(l =>
        {
            float[] tops = [.. calibration.Of(l.Output).Max.Where(m => m > 0)];
            return Math.Log(tops.Max() / tops.Average());
        });
        Assert.True(Spread(after) < 0.8 * Spread(before), $"spread {Spread(before):0.00} before, {Spread(after):0.00} after");
        float[] expected = QuantisedNetwork.Run(model, window), found = QuantisedNetwork.Run(QuantisedNetwork.With(model, graph.WithWeights()), window);
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-4f));
    }

    private static Calibration Calibrate(ModelProto model, ConvGraph graph, CalibrationWindow window) =>
        Calibration.Run(model, graph, [window], RangeRule.MinMax, withMoments: false, threads: 1, () => { });
}
