using Asm.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Network;

public sealed class InitialiserTests : TorchTests
{
    // 16 filters, 10 bands: sqrt(2/90), sqrt(2/144), ..., of a transposed convolution sqrt(2/channels in).
    [Theory]
    [InlineData("encoder.0.first.weight", 0.149071)]
    [InlineData("encoder.0.second.weight", 0.117851)]
    [InlineData("encoder.3.second.weight", 0.041667)]
    [InlineData("bridge.first.weight", 0.041667)]
    [InlineData("up.0.weight", 0.088388)]
    [InlineData("decoder.0.first.weight", 0.029463)]
    [InlineData("last.weight", 0.353553)]
    public void He_weights_have_deviation_root_two_over_fan_in(string name, double expected) => CheckDeviation(Initialisation.He, name, expected);

    // MathWorks createUnet: sqrt(2 / (9 Cin Cout)) in the encoder's first convolutions, 1 in the last.
    [Theory]
    [InlineData("encoder.0.first.weight", 0.037268)]
    [InlineData("encoder.0.second.weight", 0.117851)]
    [InlineData("bridge.first.weight", 0.029463)]
    [InlineData("up.0.weight", 0.044194)]
    [InlineData("decoder.0.first.weight", 0.029463)]
    [InlineData("decoder.0.second.weight", 0.041667)]
    [InlineData("last.weight", 1.0)]
    public void MathWorks_weights_have_the_examples_deviation(string name, double expected) => CheckDeviation(Initialisation.MathWorks, name, expected);

    [Fact]
    public void He_biases_are_0_and_MathWorks_biases_near_1()
    {
        using UNet network = Network();
        Initialiser.Draw(network, Initialisation.He);
        Assert.All(network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)), p => Assert.Equal(0, p.parameter.abs().max().ToSingle()));
        Initialiser.Draw(network, Initialisation.MathWorks);
        Assert.All(network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)), p => Assert.Equal(0, (p.parameter - 1).abs().max().ToSingle(), 1e-4));
        Assert.Equal(0, (network.get_parameter("bridge.second.bias")! - 1).abs().max().ToSingle());
    }

    private static UNet Network() => new(new UNetShape { Width = 16 }, BandStatistics.Identity(10));

    private static void CheckDeviation(Initialisation initialisation, string name, double expected)
    {
        using UNet network = Network();
        random.manual_seed(1);
        Initialiser.Draw(network, initialisation);
        Tensor weight = network.get_parameter(name)!;
        long count = weight.numel();
        double found = Math.Sqrt(weight.square().mean().ToDouble());
        // four standard errors of a standard deviation
        Assert.InRange(found / expected, 1 - 4 / Math.Sqrt(2.0 * count), 1 + 4 / Math.Sqrt(2.0 * count));
        Assert.Equal(0, weight.mean().ToDouble(), 5 * expected / Math.Sqrt(count));
    }
}
