using Asm.Analysis.Accuracy.Sampling;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class SampleSizeTests
{
    // Olofsson et al. 2014, section 5.1.1: W = (.02, .015, .32, .645), U = (.7, .6, .9, .95), S(O) = 0.01.
    private static readonly long[] Pixels = [200_000, 150_000, 3_200_000, 6_450_000];
    private static readonly double[] Users = [0.70, 0.60, 0.90, 0.95];

    [Fact]
    public void The_example_of_Olofsson_2014_needs_641_points()
    {
        Assert.Equal(640.493, SampleSize.For(Pixels, Users, 0.01), 3);
        Assert.Equal(640.536, SampleSize.For([.. Pixels.Select(n => n * 1_000_000)], Users, 0.01), 3);
    }

    [Fact]
    public void A_small_population_needs_fewer_points_and_never_more_than_it_has()
    {
        // By hand: W = (.5, .5), S = .3: .09 / (.0001 + .09 / 200) = 163.64.
        Assert.Equal(163.636, SampleSize.For([100, 100], [0.9, 0.9], 0.01), 3);
        Assert.InRange(SampleSize.For([10, 10], [0.5, 0.5], 1e-9), 19.99, 20);
    }

    [Fact]
    public void Neyman_s_shares_of_the_size_give_the_target_standard_error()
    {
        double n = SampleSize.For(Pixels, Users, 0.01);
        double[] spread = [.. Pixels.Select((p, i) => p * Math.Sqrt(Users[i] * (1 - Users[i])))];

        // A thousand times the size, so that rounding to whole points does not show.
        long[] points = [.. spread.Select(s => (long)Math.Round(1e6 * s / spread.Sum()))];
        double expected = Math.Sqrt(0.253088 * 0.253088 / 1e6 - 0.0672375 / 1e7);
        Assert.Equal(expected, SampleSize.StandardErrorOf(Pixels, Users, points)!.Value, 1e-8);
        Assert.Equal(0.01, Math.Sqrt(0.253088 * 0.253088 / n - 0.0672375 / 1e7), 1e-6);
    }

    [Fact]
    public void A_class_without_points_leaves_the_standard_error_unknown() =>
        Assert.Null(SampleSize.StandardErrorOf([100, 100], [0.9, 0.9], [10, 0]));

    [Fact]
    public void More_points_reach_the_target_and_one_less_does_not()
    {
        var random = new Random(3);
        for (int t = 0; t < 200; t++)
        {
            int strata = random.Next(1, 6);
            long[] pixels = [.. Enumerable.Range(0, strata).Select(_ => random.NextInt64(10_000, 10_000_000))];
            double[] users = [.. Enumerable.Range(0, strata).Select(_ => 0.5 + 0.49 * random.NextDouble())];
            long[] points = [.. Enumerable.Range(0, strata).Select(_ => random.NextInt64(0, 300))];
            double target = 0.005 + 0.03 * random.NextDouble();
            long[] more = [.. SampleSize.More(pixels, users, points, target)], totals = [.. points.Zip(more, (a, b) => a + b)];
            Assert.All(more, m => Assert.True(m >= 0));
            Assert.True(SampleSize.StandardErrorOf(pixels, users, totals) <= target);

            // Rounding up can give each stratum one point too many, not more.
            long[] fewer = [.. totals.Select((n, i) => Math.Max(points[i], n - 1))];
            if (!fewer.SequenceEqual(totals)) Assert.False(SampleSize.StandardErrorOf(pixels, users, fewer) <= target * (1 - 1e-9), $"case {t}");
        }
    }
}
