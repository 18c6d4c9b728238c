namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Shares out points so that they add up to the whole.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Points in proportion to weights, at least <paramref name="least"/> and at most <paramref name="most"/> of each, with the sum asked
    /// for or as near to it as these bounds allow.
    /// </summary>
    public static int[] Share(int sum, IReadOnlyList<double> weights, IReadOnlyList<int> least, IReadOnlyList<int> most)
    {
        int count = weights.Count;
        var result = new int[count];
        var isFixed = new bool[count];
        double rest = Math.Clamp(sum, least.Select(n => (long)n).Sum(), most.Select(n => (long)n).Sum());

        // What a bound holds is set; the rest is shared anew until no bound is touched. Lower bounds first: to raise one lowers the
        // others, never the reverse.
        while (true)
        {
            double[] shares = Shares(rest, weights, isFixed);
            int[] open = [.. Enumerable.Range(0, count).Where(i => !isFixed[i])];
            double over = open.Sum(i => Math.Max(0, shares[i] - most[i])), under = open.Sum(i => Math.Max(0, least[i] - shares[i]));
            if (over == 0 && under == 0)
            {
                Round(rest, shares, open, result, most);
                return result;
            }
            foreach (int i in open)
            {
                bool isLow = shares[i] < least[i] && under >= over, isHigh = shares[i] > most[i] && over >= under;
                if (!isLow && !isHigh) continue;
                (result[i], isFixed[i]) = (isLow ? least[i] : most[i], true);
                rest -= result[i];
            }
        }
    }

    private static double[] Shares(double rest, IReadOnlyList<double> weights, bool[] isFixed)
    {
        double all = weights.Where((_, i) => !isFixed[i]).Sum();
        int open = isFixed.Count(f => !f);

        // Without any weight nothing tells the classes apart.
        return [.. weights.Select((w, i) => isFixed[i] ? 0 : all > 0 ? rest * w / all : rest / open)];
    }

    /// <summary>
    /// Largest remainder (Hamilton): each gets the whole part, and the largest remainders one more; of equal ones the first.
    /// </summary>
    private static void Round(double rest, double[] shares, int[] open, int[] result, IReadOnlyList<int> most)
    {
        foreach (int i in open) result[i] = (int)Math.Floor(shares[i] + 1e-9);
        int left = (int)Math.Round(rest) - open.Sum(i => result[i]);
        foreach (int i in open.Where(i => result[i] < most[i]).OrderByDescending(i => shares[i] - result[i]).ThenBy(i => i).Take(left))
            result[i]++;
    }
}
