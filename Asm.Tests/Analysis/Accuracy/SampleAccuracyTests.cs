using System.Globalization;
using System.Text.Json;
using Asm.Analysis.Accuracy;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class SampleAccuracyTests
{
    /// <summary>Olofsson et al. 2014, table 8: deforestation, forest gain, stable forest, stable non-forest.</summary>
    private static readonly int[,] Table8 = { { 66, 0, 5, 4 }, { 0, 55, 8, 12 }, { 1, 0, 153, 11 }, { 2, 1, 9, 313 } };

    private static readonly long[] Table8Pixels = [200_000, 150_000, 3_200_000, 6_450_000];

    [Fact]
    public void The_worked_example_of_Olofsson_2014_gives_its_accuracies_and_areas()
    {
        var accuracy = new SampleAccuracy(StratifiedSample.OfMatrix(Table8Pixels, Table8));
        const double Hectares = 900_000;
        AssertEqual([0.023509, 0.012985, 0.317522, 0.645985], accuracy.AreaShares, e => e.Value, 6);
        AssertEqual([0.003491, 0.002129, 0.008792, 0.009230], accuracy.AreaShares, e => e.StandardError, 6);
        AssertEqual([21_157.762, 11_686.154, 285_769.930, 581_386.154], accuracy.AreaShares, e => e.Value * Hectares, 3);
        AssertEqual([3_141.650, 1_916.238, 7_913.182, 8_306.968], accuracy.AreaShares, e => e.StandardError * Hectares, 3);
        AssertEqual([6_157.634, 3_755.826, 15_509.836, 16_281.656], accuracy.AreaShares, e => e.HalfWidth * Hectares, 3);
        AssertEqual([0.880000, 0.733333, 0.927273, 0.963077], accuracy.Users, e => e.Value, 6);
        AssertEqual([0.074041, 0.100757, 0.039745, 0.020534], accuracy.Users, e => e.HalfWidth, 6);
        AssertEqual([0.748661, 0.847156, 0.934509, 0.961609], accuracy.Producers, e => e.Value, 6);
        AssertEqual([0.213310, 0.254408, 0.034324, 0.018362], accuracy.Producers, e => e.HalfWidth, 6);
        AssertEqual([0.946512], [accuracy.Overall], e => e.Value, 6);
        AssertEqual([0.009430], [accuracy.Overall], e => e.StandardError, 6);
        AssertEqual([0.018484], [accuracy.Overall], e => e.HalfWidth, 6);
        double[,] shares = { { .017600, 0, .001333, .001067 }, { 0, .011000, .001600, .002400 }, { .001939, 0, .296727, .021333 }, { .003969, .001985, .017862, .621185 } };
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) Assert.Equal(shares[i, j], accuracy.AreaShare(i, j)!.Value, 6);
    }

    [Fact]
    public void The_worked_example_of_Stehman_2014_gives_its_figures_where_strata_are_not_the_map_classes()
    {
        // Stehman 2014, section 4: 40 points, ten a stratum. Expected: eqs. 2, 25 and 28 in numpy, without the finite population correction (at most 1 in 1,000 here).
        const string Strata = "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD", Map = "AAAAAAABBBABBBBBBBBBBBCCCCCCBBDDDDDDDDDD", Reference = "AAAAACBABCABBBBBAABBCCCCCDDBBADDDDDDDCCB";
        var sample = new StratifiedSample(4, 4);
        (int, long)[] pixels = [(0, 40_000), (1, 30_000), (2, 20_000), (3, 10_000)];

        // How the map's classes share a stratum matters only where it is 0.
        foreach ((int stratum, long count) in pixels)
            for (int map = 0; map < 4; map++) sample.AddPixels(stratum, map, count / 4);
        for (int i = 0; i < 40; i++) sample.AddPoints(Strata[i] - 'A', Map[i] - 'A', Reference[i] - 'A');
        var accuracy = new SampleAccuracy(sample);
        Estimate?[] estimates = [accuracy.AreaShares[0], accuracy.AreaShares[2], accuracy.Overall, accuracy.Users[1], accuracy.Producers[1], accuracy.AreaShare(1, 2)];
        AssertEqual([0.35, 0.20, 0.63, 0.574468, 0.794118, 0.08], estimates, e => e.Value, 6);
        AssertEqual([0.08226, 0.064291, 0.084656, 0.124802, 0.116567, 0.048074], estimates, e => e.StandardError, 6);
    }

    [Fact]
    public void A_class_without_a_point_leaves_what_depends_on_it_not_estimable()
    {
        var accuracy = new SampleAccuracy(StratifiedSample.OfMatrix([1000, 1000, 1000], new[,] { { 9, 1, 0 }, { 0, 0, 0 }, { 1, 0, 9 } }));
        Assert.Null(accuracy.Overall);
        Assert.Null(accuracy.Users[1]);
        Assert.All(accuracy.Producers, Assert.Null);
        Assert.All(accuracy.AreaShares, Assert.Null);
        Assert.Equal(0.9, accuracy.Users[0]!.Value, 12);
        Assert.Equal(0.1, accuracy.Users[0]!.StandardError!.Value, 12); // sqrt(0.9 x 0.1 / 9)
        Assert.Null(accuracy.AreaShare(1, 0));
        Assert.Equal(0.3, accuracy.AreaShare(0, 0)!.Value, 12);
    }

    [Fact]
    public void A_class_with_one_point_has_estimates_without_intervals()
    {
        var accuracy = new SampleAccuracy(StratifiedSample.OfMatrix([1000, 1000], new[,] { { 9, 1 }, { 0, 1 } }));
        Assert.Equal((1.0, null, null, null), (accuracy.Users[1]!.Value, accuracy.Users[1]!.StandardError, accuracy.Users[1]!.Low, accuracy.Users[1]!.High));
        Assert.Equal(0.95, accuracy.Overall!.Value, 12);
        Assert.Null(accuracy.Overall.StandardError);
        Assert.NotNull(accuracy.Users[0]!.StandardError);
        Assert.Null(accuracy.AreaShares[0]!.HalfWidth);
    }

    [Fact]
    public void A_class_in_the_reference_only_has_an_area_and_a_producer_s_accuracy_but_no_user_s()
    {
        var accuracy = new SampleAccuracy(StratifiedSample.OfMatrix([1000, 1000, 0], new[,] { { 8, 0, 2 }, { 0, 10, 0 }, { 0, 0, 0 } }));
        Assert.Null(accuracy.Users[2]);
        Assert.Equal(0, accuracy.Producers[2]!.Value);
        Assert.Equal(0, accuracy.Producers[2]!.StandardError);
        Assert.Equal(0.1, accuracy.AreaShares[2]!.Value, 12);
        Assert.Equal(0.9, accuracy.Overall!.Value, 12);
    }

    [Fact]
    public void A_simple_random_sample_is_one_stratum()
    {
        // Binomial: 90 of 100 right; user's accuracy of class 0 is 40 of 45.
        var sample = new StratifiedSample(1, 2);
        sample.AddPixels(0, 0, 4_000);
        sample.AddPixels(0, 1, 6_000);
        sample.AddPoints(0, 0, 0, 40);
        sample.AddPoints(0, 0, 1, 5);
        sample.AddPoints(0, 1, 0, 5);
        sample.AddPoints(0, 1, 1, 50);
        var accuracy = new SampleAccuracy(sample);
        Assert.Equal(0.9, accuracy.Overall!.Value, 12);
        Assert.Equal(Math.Sqrt(0.9 * 0.1 / 99), accuracy.Overall.StandardError!.Value, 12);
        Assert.Equal(40.0 / 45, accuracy.Users[0]!.Value, 12);
        // Residuals y - R x are 1 - R at 40 points, -R at 5, with mean 0: 1/x^2 (40 (1 - R)^2 + 5 R^2) / 99 / 100.
        double r = 40.0 / 45;
        Assert.Equal(Math.Sqrt((40 * (1 - r) * (1 - r) + 5 * r * r) / 99 / 100) / 0.45, accuracy.Users[0]!.StandardError!.Value, 12);
    }

    [Fact]
    public void Intervals_of_shares_end_at_0_and_1()
    {
        Estimate users = new SampleAccuracy(StratifiedSample.OfMatrix([10, 10], new[,] { { 9, 1 }, { 1, 9 } })).Users[0]!;
        Assert.Equal(0.9 - 0.196, users.Low!.Value, 12);
        Assert.Equal(1, users.High);
        Assert.Equal(0.196, users.HalfWidth!.Value, 12);
        Assert.Equal(0, users.Complement().Low);
        Assert.Equal(0.296, users.Complement().High!.Value, 12);
    }

    [Fact]
    public void Random_tables_agree_with_the_formulas_of_Olofsson_2014_written_in_numpy()
    {
        var random = new Random(5);
        var tables = new List<(long[] Pixels, int[][] Counts)>();
        for (int t = 0; t < 40; t++)
        {
            int classes = random.Next(2, 7);
            tables.Add(([.. Enumerable.Range(0, classes).Select(_ => random.NextInt64(100, 100_000_000))],
                [.. Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => i == j ? random.Next(2, 300) : random.Next(0, 3) == 0 ? random.Next(0, 40) : 0).ToArray())]));
        }
        const string Script = """
            import sys, json, numpy as np
            out = []
            for N, n in json.loads(sys.argv[1]):
                N, n = np.array(N, float), np.array(n, float); q = len(N); W = N / N.sum(); ni = n.sum(1); p = (W / ni)[:, None] * n
                U = np.diag(n) / ni; P = np.diag(p) / p.sum(0); O = np.trace(p)
                vO = (W**2 * U * (1 - U) / (ni - 1)).sum(); vU = U * (1 - U) / (ni - 1)
                f = n / ni[:, None]; Nj = (N[:, None] * f).sum(0); vP = []
                for j in range(q):
                    s = sum(N[i]**2 * f[i, j] * (1 - f[i, j]) / (ni[i] - 1) for i in range(q) if i != j)
                    vP.append((N[j]**2 * (1 - P[j])**2 * U[j] * (1 - U[j]) / (ni[j] - 1) + P[j]**2 * s) / Nj[j]**2)
                vA = ((W[:, None] * p - p**2) / (ni - 1)[:, None]).sum(0)
                out.append([[O, vO**.5]] + [[a, b**.5] for a, b in zip(U, vU)] + [[a, b**.5] for a, b in zip(P, vP)] + [[a, b**.5] for a, b in zip(p.sum(0), vA)])
            print(json.dumps(out))
            """;
        string json = PeerTool.Run("/usr/bin/python3", "-c", Script, JsonSerializer.Serialize(tables.Select(t => new object[] { t.Pixels, t.Counts })));
        double[][][] expected = JsonSerializer.Deserialize<double[][][]>(json)!;
        for (int t = 0; t < tables.Count; t++)
        {
            (long[] pixels, int[][] counts) = tables[t];
            var matrix = new int[pixels.Length, pixels.Length];
            for (int i = 0; i < pixels.Length; i++)
                for (int j = 0; j < pixels.Length; j++) matrix[i, j] = counts[i][j];
            var accuracy = new SampleAccuracy(StratifiedSample.OfMatrix(pixels, matrix));
            Estimate?[] actual = [accuracy.Overall, .. accuracy.Users, .. accuracy.Producers, .. accuracy.AreaShares];
            for (int k = 0; k < actual.Length; k++)
            {
                Assert.Equal(expected[t][k][0], actual[k]!.Value, 1e-12);
                Assert.Equal(expected[t][k][1], actual[k]!.StandardError!.Value, 1e-10);
            }
        }
    }

    // Season, overall accuracy, then recall, commission and IoU of mines, built, vegetation: what follows from the counts, to four digits.
    [Theory]
    [InlineData("117 1 0 2 126 1 5 18 299", 569, 0.9525, ".9915 .9767 .9286 .0565 .1310 .0033 .9360 .8514 .9257")]
    [InlineData("107 0 2 4 119 5 0 4 327", 568, 0.9736, ".9817 .9297 .9879 .0360 .0325 .0210 .9469 .9015 .9675")]
    [InlineData("101 2 4 0 125 3 0 4 331", 570, 0.9772, ".9439 .9766 .9881 .0000 .0458 .0207 .9439 .9328 .9678")]
    [InlineData("107 0 0 1 122 7 1 3 329", 570, 0.9789, "1.0000 .9385 .9880 .0183 .0240 .0208 .9817 .9173 .9676")]
    public void The_paper_s_table_3_gives_its_unweighted_figures(string rowsTrue, int points, double overall, string figures)
    {
        int[] counts = [.. rowsTrue.Split(' ').Select(int.Parse)];
        double[] expected = [.. figures.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        var matrix = new ConfusionMatrix(3);
        for (int truth = 0; truth < 3; truth++)
            for (int map = 0; map < 3; map++) matrix.Add(map + 1, truth + 1, counts[3 * truth + map]);
        Assert.Equal(points, matrix.Total);
        Assert.Equal(overall, Math.Round(matrix.OverallAccuracy, 4));
        int[] codes = [1, 2, 3];
        Assert.Equal(expected, codes.Select(matrix.ClassAccuracy).Concat(codes.Select(c => 1 - matrix.UsersAccuracy(c))).Concat(codes.Select(matrix.IntersectionOverUnion)).Select(f => Math.Round(f, 4)));
    }

    private static void AssertEqual(double[] expected, IReadOnlyList<Estimate?> estimates, Func<Estimate, double?> figure, int digits) =>
        Assert.Equal(expected, estimates.Select(e => Math.Round(figure(e!)!.Value, digits)));
}
