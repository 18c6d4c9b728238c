using Asm.Analysis.Accuracy.Sampling;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class ApportionmentTests
{
    [Theory]
    [InlineData(509, "0.5 0.25 0.25", "0 0 0", "255 127 127")]
    [InlineData(641, "0.02 0.015 0.32 0.645", "0 0 0 0", "13 10 205 413")]
    [InlineData(641, "0.02 0.015 0.32 0.645", "75 75 0 0", "75 75 163 328")]
    [InlineData(10, "0 0 0", "0 0 0", "4 3 3")]
    [InlineData(5, "1 1", "3 3", "3 3")]
    public void Points_add_up_by_largest_remainders_above_the_minimums(int sum, string weights, string least, string expected)
    {
        double[] w = [.. weights.Split(' ').Select(double.Parse)];
        Assert.Equal(expected, string.Join(' ', Apportionment.Share(sum, w, [.. least.Split(' ').Select(int.Parse)], [.. w.Select(_ => 100_000)])));
    }

    [Fact]
    public void Any_shares_add_up_and_keep_their_bounds()
    {
        var random = new Random(9);
        for (int t = 0; t < 5000; t++)
        {
            int classes = random.Next(1, 8);
            double[] weights = [.. Enumerable.Range(0, classes).Select(_ => random.Next(0, 4) == 0 ? 0 : Math.Pow(random.NextDouble(), 6))];
            int[] least = [.. Enumerable.Range(0, classes).Select(_ => random.Next(0, 60))], most = [.. least.Select(n => n + random.Next(0, 500))];
            int sum = random.Next(least.Sum(), most.Sum() + 1);
            int[] shares = Apportionment.Share(sum, weights, least, most);
            Assert.Equal(sum, shares.Sum());
            for (int i = 0; i < classes; i++) Assert.InRange(shares[i], least[i], most[i]);
        }
    }
}
