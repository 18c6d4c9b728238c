using System.Numerics;

namespace Asm.Inference.Preflighting;

/// <summary>
/// How fine the detail of a band is. A band that was measured at 20 m and brought to 10 m has hardly any contrast between neighbours, or
/// it has pairs of equal ones.
/// </summary>
internal readonly record struct BandTexture : IAdditionOperators<BandTexture, BandTexture, BandTexture>
{
    /// <summary>Pixels in a row, or in a column, that are looked at together.</summary>
    private const int Run = 6;

    // With fewer runs shares and energies mean little.
    private const int LeastRuns = 500;

    // Rounding to whole numbers has a variance of 1/12; the squared weights of the differences are 70 and 12.
    private const double FineRounding = 70.0 / 12, CoarseRounding = 12.0 / 12;

    private long Runs { get; init; }

    private long Pairs { get; init; }

    private double Fine { get; init; }

    private double Coarse { get; init; }

    /// <summary>The share of pixels in pairs: two equal neighbours between unlike ones. NaN where it was not measured.</summary>
    public double PairedShare => Runs < LeastRuns ? double.NaN : 2.0 * Pairs / Runs;

    /// <summary>
    /// Energy of the fourth differences of neighbours over the energy of the second differences of neighbouring pairs. NaN where it was not
    /// measured or where contrast is no more than rounding. Haze and gain do not change it.
    /// </summary>
    public double Sharpness => Runs < LeastRuns || Coarse <= CoarseRounding * Runs ? double.NaN : Math.Max(Fine, 0) / Coarse;

    /// <summary>Measures a window along rows and columns.</summary>
    /// <param name="samples">Height x width samples.</param>
    /// <param name="valid">1 for pixels with data.</param>
    /// <param name="width">Columns.</param>
    /// <param name="isInteger">True where the samples were rounded to whole numbers.</param>
    public static BandTexture Of(ReadOnlySpan<float> samples, ReadOnlySpan<byte> valid, int width, bool isInteger)
    {
        int height = samples.Length / width;
        BandTexture along = Measure(samples, valid, width, height, width, 1),
            down = Measure(samples, valid, height, width, 1, width), sum = along + down;
        return isInteger ? sum with { Fine = sum.Fine - FineRounding * sum.Runs, Coarse = sum.Coarse - CoarseRounding * sum.Runs } : sum;
    }

    /// <summary>Two windows together.</summary>
    public static BandTexture operator +(BandTexture left, BandTexture right) =>
        new()
        {
            Runs = left.Runs + right.Runs,
            Pairs = left.Pairs + right.Pairs,
            Fine = left.Fine + right.Fine,
            Coarse = left.Coarse + right.Coarse
        };

    private static BandTexture Measure(ReadOnlySpan<float> samples, ReadOnlySpan<byte> valid, int length, int lines, int lineStep, int step)
    {
        (long runs, long pairs, double fine, double coarse) = (0, 0, 0, 0);
        for (int line = 0; line < lines; line++)
            for (int i = 0, at = line * lineStep, inData = 0; i < length; i++, at += step)
            {
                inData = valid[at] == 1 ? inData + 1 : 0;
                if (inData < Run) continue;
                (float a, float b, float c, float d, float e, float f) = (samples[at - 5 * step], samples[at - 4 * step],
                    samples[at - 3 * step], samples[at - 2 * step], samples[at - step], samples[at]);
                double fourth = a - 4.0 * b + 6.0 * c - 4.0 * d + e, second = (double)a + b - 2.0 * c - 2.0 * d + e + f;
                (runs, fine, coarse) = (runs + 1, fine + fourth * fourth, coarse + second * second);
                if (a != b && b == c && c != d) pairs++;
            }
        return new() { Runs = runs, Pairs = pairs, Fine = fine, Coarse = coarse };
    }
}
