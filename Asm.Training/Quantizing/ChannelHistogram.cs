namespace Asm.Training.Quantizing;

/// <summary>
/// How often values occurred, in bins of equal ratio: 16 an octave, from 2^-20 to 2^12. Values of 0 and below, and the few below the first
/// bin, are counted apart, because they round to 0 whatever the scale.
/// </summary>
internal sealed class ChannelHistogram
{
    // A float's exponent and the first 4 bits of its fraction number the bins.
    private const int Shift = 19, BinsPerOctave = 16, Octaves = 32, First = (127 - 20) * BinsPerOctave;
    private readonly long[] _bins = new long[Octaves * BinsPerOctave];

    /// <summary>Values counted, those of 0 and below included.</summary>
    public long Count { get; private set; }

    /// <summary>Counts values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        Count += values.Length;
        foreach (float value in values)
        {
            int bin = (BitConverter.SingleToInt32Bits(value) >> Shift) - First;
            if (value > 0 && bin >= 0) _bins[Math.Min(bin, _bins.Length - 1)]++;
        }
    }

    /// <summary>Counts what other histograms counted.</summary>
    public static ChannelHistogram Sum(IEnumerable<ChannelHistogram> parts)
    {
        var sum = new ChannelHistogram();
        foreach (ChannelHistogram part in parts)
        {
            sum.Count += part.Count;
            for (int i = 0; i < sum._bins.Length; i++) sum._bins[i] += part._bins[i];
        }
        return sum;
    }

    /// <summary>The value that a share of all values does not exceed, to within a bin (4 %).</summary>
    public double Quantile(double share)
    {
        double above = (1 - share) * Count, seen = 0;
        for (int i = _bins.Length - 1; i >= 0; i--)
            if ((seen += _bins[i]) > above) return Upper(i);
        return 0;
    }

    /// <summary>
    /// The highest value of a range of <paramref name="steps"/> steps from 0 whose squared error is least: values inside are off by up to
    /// half a step (step^2 / 12 on average), values above by what they exceed it.
    /// </summary>
    public double LeastSquaresTop(int steps)
    {
        double bestError = double.MaxValue, best = 0;
        for (int top = 0; top < _bins.Length; top++)
        {
            double limit = Upper(top), inside = limit * limit / (12.0 * steps * steps), error = 0;
            for (int i = 0; i < _bins.Length; i++)
                if (_bins[i] > 0) error += i <= top ? _bins[i] * inside : _bins[i] * Math.Pow(Middle(i) - limit, 2);
            if (error < bestError) (bestError, best) = (error, limit);
        }
        return best;
    }

    private static double Upper(int bin) => BitConverter.Int32BitsToSingle((bin + 1 + First) << Shift);

    private static double Middle(int bin) => (Upper(bin - 1) + Upper(bin)) / 2;
}
