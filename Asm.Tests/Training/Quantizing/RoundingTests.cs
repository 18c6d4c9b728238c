using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

public sealed class RoundingTests
{
    private static sbyte[] Round(double[] weights, double[] cholesky, int channels, int largest = 127)
    {
        var numbers = new sbyte[weights.Length];
        WeightRounding.Round(weights, cholesky, channels, largest, numbers);
        return numbers;
    }

    [Fact]
    public void Without_moments_every_weight_goes_to_the_nearest_step() => Assert.Equal([0, 1, -2], Round([0.4, 0.6, -1.6], [], 1));

    [Fact]
    public void Taps_of_a_channel_add_up_to_their_sum() => Assert.Equal([0, 1, 0], Round([0.4, 0.45, 0.35], [1], 1)); // 1.2, where single rounding gives 0

    [Fact]
    public void A_channel_makes_up_for_the_error_of_one_that_varies_with_it() =>
        Assert.Equal([1, 0], Round([0.4, 0.4], [1, 0, 1, 0.1], 2)); // E[x xT] = [[1, 1], [1, 1.01]]

    [Fact]
    public void Channels_that_do_not_vary_together_are_left_alone() => Assert.Equal([0, 0], Round([0.4, 0.4], [1, 0, 0, 1], 2));

    [Fact]
    public void Numbers_do_not_exceed_the_largest() => Assert.Equal([64], Round([70], [1], 1, largest: 64));

    [Fact]
    public void The_factor_is_that_of_the_mean_products()
    {
        var moments = new ChannelMoments(2);
        moments.Add([1, 3, 2, 6]); // channel 1 is twice channel 0; mean squares 5 and 20
        // damping 0.01 x 12.5 = 0.125: L = [[sqrt 5.125, 0], [10 / sqrt 5.125, sqrt(20.125 - 100 / 5.125)]]
        double[] factor = moments.Cholesky();
        Assert.Equal(2.263846, factor[0], 1e-5);
        Assert.Equal(4.417261, factor[2], 1e-5);
        Assert.Equal(0.782819, factor[3], 1e-5);
    }

    [Theory]
    [InlineData(0, 2.55, 0.01, 0)]
    [InlineData(-1, 1.55, 0.01, 100)]
    [InlineData(1, 2.55, 0.01, 0)]
    public void A_range_holds_0_and_has_255_steps(double low, double high, float scale, byte zeroPoint)
    {
        var range = ActivationRange.Of(low, high);
        Assert.Equal(scale, range.Scale, 1e-6f);
        Assert.Equal(zeroPoint, range.ZeroPoint);
    }

    [Fact]
    public void Weights_of_each_channel_fill_127_steps_and_biases_take_up_what_rounding_changes()
    {
        var input = new TensorStatistics(3, withMoments: false);
        input.Add([1, 1, 2, 2, 4, 4]); // means 1, 2, 4
        QuantisedWeights weights = QuantisedWeights.Of(QuantisedNetwork.Layer([1, -0.5f, 0.25f, 12.7f, 0, 0], 2, [0.5f, 0]), 127, input, 0.1f, new());
        Assert.Equal([1 / 127f, 0.1f], weights.Scale);
        Assert.Equal([127, -64, 32, 127, 0, 0], weights.Values); // -63.5 goes to the even number
        // 0.5 + ((-63.5 + 64) x 2 + (31.75 - 32) x 4) / 127
        Assert.Equal(0.5, weights.Bias[0], 1e-6);
    }

    [Fact]
    public void A_bias_that_int32_would_not_hold_makes_the_scale_coarser()
    {
        var input = new TensorStatistics(1, withMoments: false);
        input.Add([1]);
        QuantisedWeights weights = QuantisedWeights.Of(QuantisedNetwork.Layer([1e-12f], 1, [1]), 127, input, 1e-6f, new());
        Assert.True(1 / (weights.Scale[0] * 1e-6) <= 1 << 30, $"scale {weights.Scale[0]}");
    }
}
