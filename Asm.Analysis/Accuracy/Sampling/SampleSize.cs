namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>How many points a stratified sample needs, and what standard error a sample will have.</summary>
internal static class SampleSize
{
    /// <summary>
    /// The size for a target standard error of overall accuracy, with the points shared out as Neyman does (Cochran 1977, eq. 5.25;
    /// Olofsson et al. 2014, eq. 13).
    /// </summary>
    /// <remarks>
    /// n = (sum W_i S_i)^2 / (S(O)^2 + (1/N) sum W_i S_i^2), S_i = sqrt(U_i (1 - U_i)). Not rounded; a sample needs the next whole number.
    /// </remarks>
    /// <param name="pixels">Pixels of each stratum, N W_i.</param>
    /// <param name="usersAccuracy">The user's accuracy expected of each, U_i, 0 to 1.</param>
    /// <param name="standardError">The target S(O), above 0.</param>
    public static double For(IReadOnlyList<long> pixels, IReadOnlyList<double> usersAccuracy, double standardError)
    {
        Check(pixels, usersAccuracy);
        if (!(standardError > 0)) throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "must be above 0");
        double all = pixels.Sum(), first = 0, second = 0;
        for (int i = 0; i < pixels.Count; i++)
        {
            (double weight, double variance) = (pixels[i] / all, usersAccuracy[i] * (1 - usersAccuracy[i]));
            first += weight * Math.Sqrt(variance);
            second += weight * variance;
        }
        return first * first / (standardError * standardError + second / all);
    }

    /// <summary>
    /// The standard error of overall accuracy that a sample will have: sqrt(sum W_i^2 S_i^2 / n_i - (1/N) sum W_i
    /// S_i^2) (Cochran 1977, eq. 5.7).
    /// </summary>
    /// <param name="pixels">Pixels of each stratum.</param>
    /// <param name="usersAccuracy">The user's accuracy expected of each, 0 to 1.</param>
    /// <param name="points">Points of each.</param>
    /// <returns>The standard error; null where a stratum with pixels has no point, so that it cannot be estimated.</returns>
    public static double? StandardErrorOf(IReadOnlyList<long> pixels, IReadOnlyList<double> usersAccuracy, IReadOnlyList<long> points)
    {
        Check(pixels, usersAccuracy);
        ArgumentNullException.ThrowIfNull(points);
        double all = pixels.Sum(), variance = 0;
        for (int i = 0; i < pixels.Count; i++)
        {
            if (pixels[i] == 0) continue;
            if (points[i] == 0) return null;
            (double weight, double spread) = (pixels[i] / all, usersAccuracy[i] * (1 - usersAccuracy[i]));
            variance += weight * weight * spread / points[i] - weight * spread / all;
        }
        return Math.Sqrt(Math.Max(0, variance));
    }

    /// <summary>
    /// The points to add to a sample so that the standard error of overall accuracy comes down to a target, as few as possible.
    /// </summary>
    /// <param name="pixels">Pixels of each stratum.</param>
    /// <param name="usersAccuracy">The share of right points expected of each, 0 to 1.</param>
    /// <param name="points">Points of each that there are.</param>
    /// <param name="standardError">The target, above 0.</param>
    /// <returns>Points to add in each stratum.</returns>
    public static IReadOnlyList<long> More(IReadOnlyList<long> pixels,
        IReadOnlyList<double> usersAccuracy, IReadOnlyList<long> points, double standardError)
    {
        Check(pixels, usersAccuracy);
        ArgumentNullException.ThrowIfNull(points);
        if (!(standardError > 0)) throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "must be above 0");
        long[] Totals(double scale) =>
            [.. pixels.Select((n, i) => Math.Max(points[i],
                n == 0 ? 0 : Math.Clamp((long)Math.Ceiling(scale * n * Math.Sqrt(usersAccuracy[i] * (1 - usersAccuracy[i]))), 1, n)))];
        bool Reaches(long[] totals) => StandardErrorOf(pixels, usersAccuracy, totals) <= standardError;

        // The best sample that has the present one in it: n_i = max(present, scale x N_i S_i), with the least
        // scale that reaches the target.
        (double low, double high) = (0, 1);
        while (high < 1e6 && !Reaches(Totals(high))) high *= 2;
        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Reaches(Totals(middle)) ? (low, middle) : (middle, high);
        }
        return [.. Totals(high).Select((n, i) => n - points[i])];
    }

    private static void Check(IReadOnlyList<long> pixels, IReadOnlyList<double> usersAccuracy)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(usersAccuracy);
        if (usersAccuracy.Count != pixels.Count)
            throw new ArgumentException($"{usersAccuracy.Count} accuracies for {pixels.Count} strata", nameof(usersAccuracy));
        foreach (double accuracy in usersAccuracy)
            if (!(accuracy >= 0 && accuracy <= 1))
                throw new ArgumentOutOfRangeException(nameof(usersAccuracy), accuracy, "an accuracy is 0 to 1");
        if (pixels.Sum() <= 0) throw new ArgumentException("there are no pixels", nameof(pixels));
    }
}
