namespace Asm.Analysis.Heatmaps;

/// <summary>
/// A sum over the pixels within the bandwidth: of (Q - d²)^power, where d is the distance in half pixels and Q a whole number,
/// so that the sum is one too.
/// </summary>
/// <remarks>
/// <para>
/// Along a row the summand is a polynomial of degree 2 x power between the ends of the row's chord and 0 beyond. Its difference of order
/// 2 x power + 1 is therefore 0 but for few pixels at the two ends. The sum's difference of this order is the sum over these few, and
/// summing up as many times gives the sum itself. It costs the same for all pixels between the ends, be they two or two thousand, and
/// whole numbers stay exact.
/// </para>
/// </remarks>
internal sealed class DiscTerm
{
    private readonly int[] _rowStarts;

    private DiscTerm(int power, double weight, RowTaps[] taps, double[] factors, int[] rowStarts) =>
        (Order, Weight, Taps, Factors, _rowStarts) = (2 * power + 1, weight, taps, factors, rowStarts);

    /// <summary>How many times the taps' sums are to be summed up along the row.</summary>
    public int Order { get; }

    /// <summary>What the term is multiplied with.</summary>
    public double Weight { get; }

    /// <summary>The pixels that have factors, row by row.</summary>
    public RowTaps[] Taps { get; }

    /// <summary>The factors of all taps, whole numbers.</summary>
    public double[] Factors { get; }

    /// <summary>The taps of one row; row 0 is <see cref="DiscPass.ReachRows"/> above the centre.</summary>
    public ReadOnlySpan<RowTaps> TapsOf(int row) => Taps.AsSpan(_rowStarts[row]..(_rowStarts[row + 1]));

    /// <summary>Finds the taps.</summary>
    /// <param name="power">The exponent, 0 to 2.</param>
    /// <param name="weight">What the term is multiplied with.</param>
    /// <param name="whole">Q: the square of the bandwidth in half pixels, rounded down.</param>
    /// <param name="farthest">The largest square of a distance, in half pixels, that is within the bandwidth.</param>
    /// <param name="phase">1 where distances are odd numbers of half pixels, else 0.</param>
    /// <param name="reachRows">Rows above the centre that the disc may reach.</param>
    public static DiscTerm Create(int power, double weight, long whole, long farthest, int phase, int reachRows)
    {
        int order = 2 * power + 1;
        var taps = new List<RowTaps>();
        var factors = new List<double>();
        var rowStarts = new List<int>();
        for (int row = -reachRows; row <= reachRows; row++)
        {
            rowStarts.Add(taps.Count);
            long v2 = Square(2 * row + phase), most = farthest - v2;
            if (most < phase) continue;
            int high = 0;
            while (Square(2 * (high + 1) + phase) <= most) high++;
            int low = -high - phase, start = factors.Count;
            for (int n = low - order; n <= high + 1; n++)
            {
                long factor = 0, binomial = 1;
                for (int i = 0; i <= order; i++)
                {
                    if (n + i >= low && n + i <= high) factor += binomial * Raise(whole - v2 - Square(2 * (n + i) + phase), power);
                    binomial = -binomial * (order - i) / (i + 1);
                }
                if (factor != 0) factors.Add(factor);
                if (factor == 0 && factors.Count > start)
                {
                    taps.Add(new(0, n - (factors.Count - start), start, factors.Count - start));
                    start = factors.Count;
                }
            }
        }
        rowStarts.Add(taps.Count);
        return new(power, weight, [.. taps], [.. factors], [.. rowStarts]);
    }

    private static long Square(long value) => value * value;

    private static long Raise(long value, int power) => power switch { 0 => 1, 1 => value, _ => value * value };
}
