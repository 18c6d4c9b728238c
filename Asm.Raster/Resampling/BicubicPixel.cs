using System.Numerics;

namespace Asm.Raster.Resampling;

/// <summary>
/// Bicubic upsampling by two of single pixels, with the weights renormalised over the valid taps: exact at borders
/// and beside nodata, and slow.
/// </summary>
/// <remarks>
/// Cubic convolution of Keys (1981) with a = -0.5. Both grids share the outer corner, so the centres of the two outputs of source pixel k
/// lie at k - 0.25 and k + 0.25. The weights at the distances 0.25, 0.75, 1.25, 1.75 are 111, 29, -9, -3 in units of 1/128.
/// </remarks>
internal static class BicubicPixel
{
    /// <summary>Source pixels that an output reaches to either side of its own.</summary>
    public const int Margin = 2;

    /// <summary>Taps of an output across source pixels k - 2 to k + 2.</summary>
    private const int Taps = 2 * Margin + 1;

    /// <summary>Weights in 1/128 over source pixels k - 2 to k + 2, first of the output at k - 0.25, then of that at k + 0.25.</summary>
    private static ReadOnlySpan<int> Weights => [-3, 29, 111, -9, 0, 0, -9, 111, 29, -3];

    /// <summary>Computes one output pixel.</summary>
    /// <param name="source">Source samples, row after row; what invalid ones hold does not matter.</param>
    /// <param name="valid">1 where a source sample is valid, 0 where it is not.</param>
    /// <param name="stride">Samples from one source row to the next.</param>
    /// <param name="centre">
    /// Position in <paramref name="source"/> of the source pixel that contains the output; two more lie on every side.
    /// </param>
    /// <param name="phaseX">0 for the left output of the source pixel, 1 for the right.</param>
    /// <param name="phaseY">0 for the upper, 1 for the lower.</param>
    /// <param name="rounding">How the sum becomes a sample.</param>
    /// <returns>The sample; <see cref="BicubicRounding{T}.Fill"/> where the containing source pixel is not valid.</returns>
    public static T Compute<T>(ReadOnlySpan<T> source, ReadOnlySpan<byte> valid,
        int stride, int centre, int phaseX, int phaseY, in BicubicRounding<T> rounding)
        where T : unmanaged, INumber<T>
    {
        if (valid[centre] == 0) return rounding.Fill;
        ReadOnlySpan<int> weightsX = Weights.Slice(phaseX * Taps, Taps), weightsY = Weights.Slice(phaseY * Taps, Taps);
        double sum = 0;
        int total = 0;
        for (int y = 0; y < Taps; y++)
        {
            int row = centre + (y - Margin) * stride - Margin;
            for (int x = 0; x < Taps; x++)
            {
                int weight = weightsX[x] * weightsY[y];
                if (weight == 0 || valid[row + x] == 0) continue;
                total += weight;
                sum += weight * double.CreateTruncating(source[row + x]);
            }
        }
        // The containing pixel alone weighs 111 x 111, all negative taps together -3360, so the total is never near 0.
        return rounding.Round(sum / total);
    }
}
