using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

public sealed class ChannelHistogramTests
{
    private static ChannelHistogram Of(int count, float value, params float[] more)
    {
        var histogram = new ChannelHistogram();
        histogram.Add([.. Enumerable.Repeat(value, count), .. more]);
        return histogram;
    }

    [Theory]
    [InlineData(0.99, 1.0625)] // the upper edge of the bin of 1
    [InlineData(1, 106)] // 100 lies in 100 to 104 or so
    public void A_quantile_is_the_upper_edge_of_its_bin(double share, double most) => Assert.InRange(Of(999, 1, 100).Quantile(share), 1, most);

    [Fact]
    public void Zeros_and_negative_values_count_but_have_no_bin()
    {
        ChannelHistogram histogram = Of(99, 0, -1);
        Assert.Equal(100, histogram.Count);
        Assert.Equal(0, histogram.Quantile(0.999));
    }

    [Fact]
    public void A_rare_high_value_is_cut_off_where_rounding_the_rest_would_cost_more()
    {
        Assert.Equal(2, Of(10_000, 1, 2).LeastSquaresTop(255));
        Assert.Equal(1.0625, Of(1_000_000, 1, 2).LeastSquaresTop(255));
    }
}
