namespace Asm.Analysis.Accuracy.Estimation;

/// <summary>
/// The estimators of Stehman (2014), Int. J. Remote Sens. 35: 4923-4939, for strata that need not be the map's classes. With the
/// map's classes as strata they are those of Olofsson et al. (2014), Remote Sens. Environ. 148: 42-57, eqs. 4-11. There is no
/// finite population correction, as in Olofsson et al.: a sample is a tiny part of a map, and where it is not the intervals are too
/// wide rather than too narrow.
/// </summary>
internal static class StratifiedEstimator
{
    /// <summary>A mean over all pixels (eq. 2) and its standard error (eq. 25). Null where a stratum that matters has no point.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="value">The value of a pixel with a class in the map and one in the reference.</param>
    /// <param name="matters">False for strata in which every pixel has the value 0.</param>
    /// <param name="least">The least that the mean can be.</param>
    public static Estimate? Mean(StratifiedSample sample, Func<int, int, double> value, Func<int, bool> matters, double least = 0) =>
        Estimate(sample, (map, reference) => (value(map, reference), 0), matters, sample.TotalPixels, least);

    /// <summary>
    /// A ratio of two means and its standard error (eq. 28). Null where a stratum that matters has no point, or where the mean below is 0.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="values">
    /// The value above (y) and the value below (x) of a pixel with a class in the map and one in the reference.
    /// </param>
    /// <param name="matters">False for strata in which every pixel has the values 0.</param>
    public static Estimate? Ratio(StratifiedSample sample, Func<int, int, (double Y, double X)> values, Func<int, bool> matters) =>
        Estimate(sample, values, matters, null, 0);

    private static Estimate? Estimate(StratifiedSample sample,
        Func<int, int, (double Y, double X)> values, Func<int, bool> matters, double? knownX, double least)
    {
        var sums = new List<StratumSums>();
        for (int stratum = 0; stratum < sample.Strata; stratum++)
        {
            if (sample.Pixels(stratum) == 0 || !matters(stratum)) continue;
            if (sample.Points(stratum) == 0) return null;
            sums.Add(StratumSums.Of(sample, stratum, values));
        }

        double y = sums.Sum(s => s.Pixels * s.MeanY), x = knownX ?? sums.Sum(s => s.Pixels * s.MeanX);
        if (x == 0) return null;
        double ratio = y / x;

        // The spread of a single point is unknown, not 0.
        if (sums.Any(s => s.Points == 1)) return new Estimate(ratio, null, least);

        // V = 1/X^2 sum N_h^2 (s_yh^2 + R^2 s_xh^2 - 2 R s_xyh) / n_h; for a mean x is the constant 1, its spread
        // 0 and X the number of pixels.
        double variance = sums.Sum(s =>
            s.Pixels * s.Pixels * Math.Max(0, s.VarianceY + ratio * ratio * s.VarianceX - 2 * ratio * s.Covariance) / s.Points) / (x * x);
        return new Estimate(ratio, Math.Sqrt(variance), least);
    }

    /// <summary>Means, variances and covariance (with n - 1) of the values of a stratum's points.</summary>
    private sealed record StratumSums(double Pixels, long Points, double MeanY,
        double MeanX, double VarianceY, double VarianceX, double Covariance)
    {
        public static StratumSums Of(StratifiedSample sample, int stratum, Func<int, int, (double Y, double X)> values)
        {
            long n = sample.Points(stratum);
            double y = 0, x = 0;
            foreach (((int map, int reference), long count) in sample.Cells(stratum))
            {
                (double cellY, double cellX) = values(map, reference);
                (y, x) = (y + count * cellY, x + count * cellX);
            }

            (y, x) = (y / n, x / n);
            double yy = 0, xx = 0, xy = 0;
            foreach (((int map, int reference), long count) in sample.Cells(stratum))
            {
                (double cellY, double cellX) = values(map, reference);
                (double dy, double dx) = (cellY - y, cellX - x);
                (yy, xx, xy) = (yy + count * dy * dy, xx + count * dx * dx, xy + count * dx * dy);
            }

            double freedom = Math.Max(1, n - 1);
            return new(sample.Pixels(stratum), n, y, x, yy / freedom, xx / freedom, xy / freedom);
        }
    }
}
