using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

public sealed class LayerChoiceTests
{
    private static readonly ConvLayer[] Layers = [.. Enumerable.Range(0, 4).Select(_ => QuantisedNetwork.Layer([1], 1, [0]))];

    // Label errors of layers 0 to 3, of 1,000 pixels.
    private static readonly int[] Errors = [1, 8, 4, 0];

    [Theory]
    [InlineData(0.98, new[] { 0, 1, 2, 3 }, true)]
    [InlineData(0.995, new[] { 0, 2, 3 }, true)]
    [InlineData(0.999, new[] { 0, 3 }, true)]
    [InlineData(1, new[] { 0, 3 }, false)] // one layer more in float32 would be more than half
    public void The_most_sensitive_layers_stay_float_until_the_target_is_reached(double target, int[] expected, bool reached)
    {
        (HashSet<ConvLayer> integer, bool targetReached) = LayerChoice.Choose(Layers, _ => 1, Measure, target);
        Assert.Equal(reached, targetReached);
        Assert.Equal(expected, integer.Select(l => Array.IndexOf(Layers, l)).Order());
    }

    [Fact]
    public void Of_layers_as_sensitive_the_cheaper_one_stays_float()
    {
        (HashSet<ConvLayer> integer, _) = LayerChoice.Choose([Layers[1], Layers[2]], l => l == Layers[1] ? 10 : 2, Measure, 0.995);
        Assert.Equal([Layers[1]], integer);
    }

    private static Agreement Measure(HashSet<ConvLayer> integer)
    {
        int errors = integer.Sum(l => Errors[Array.IndexOf(Layers, l)]);
        var agreement = new Agreement(2);
        float[] expected = [.. Enumerable.Repeat(1f, 1000), .. Enumerable.Repeat(0f, 1000)];
        float[] found = [.. expected];
        for (int i = 0; i < errors; i++) (found[i], found[1000 + i]) = (0, 1);
        agreement.Add(expected, found, [.. Enumerable.Repeat((byte)1, 1000)]);
        return agreement;
    }
}
