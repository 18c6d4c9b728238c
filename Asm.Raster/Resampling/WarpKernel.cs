using Asm.Raster.Grids;

namespace Asm.Raster.Resampling;

/// <summary>Resamples one band of one source window at fractional positions.</summary>
/// <param name="samples">Height x width samples.</param>
/// <param name="valid">Height x width values: 1 has data, 0 has not.</param>
/// <param name="window">Where the samples lie in the source.</param>
internal readonly ref struct WarpKernel(ReadOnlySpan<double> samples, ReadOnlySpan<byte> valid, PixelWindow window)
{
    private readonly ReadOnlySpan<double> _samples = samples;
    private readonly ReadOnlySpan<byte> _valid = valid;
    private readonly PixelWindow _window = window;

    /// <summary>Pixels that a method looks at on each side of the pixel that holds the position.</summary>
    public static int Margin(ResamplingMethod method) =>
        method switch { ResamplingMethod.Nearest => 0, ResamplingMethod.Bilinear => 1, _ => 2 };

    /// <summary>The value at a position, or NaN where the pixel that holds it has no data.</summary>
    public double At(WarpMap.Position position, ResamplingMethod method)
    {
        double column = position.Column - _window.Column, row = position.Row - _window.Row;
        if (!(column >= 0 && row >= 0 && column < _window.Width && row < _window.Height)) return double.NaN;
        int at = (int)row * _window.Width + (int)column;
        if (_valid[at] == 0) return double.NaN;
        return method switch
        {
            ResamplingMethod.Nearest => _samples[at],
            ResamplingMethod.Bilinear => Bilinear(column - 0.5, row - 0.5),
            _ => Cubic(column - 0.5, row - 0.5),
        };
    }

    // Positions here count from the centre of the first pixel.
    private double Bilinear(double column, double row)
    {
        int left = (int)Math.Floor(column), top = (int)Math.Floor(row);
        double right = column - left, bottom = row - top, sum = 0, weights = 0;
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 2; x++)
            {
                double weight = (x == 0 ? 1 - right : right) * (y == 0 ? 1 - bottom : bottom);
                if (!HasData(left + x, top + y)) continue;
                sum += weight * _samples[(top + y) * _window.Width + left + x];
                weights += weight;
            }

        // The pixel that holds the position has data and a weight of a quarter or more.
        return sum / weights;
    }

    private double Cubic(double column, double row)
    {
        int left = (int)Math.Floor(column) - 1, top = (int)Math.Floor(row) - 1;
        Span<double> across = stackalloc double[4], down = stackalloc double[4];
        CubicWeights(column - left - 1, across);
        CubicWeights(row - top - 1, down);
        double sum = 0;
        for (int y = 0; y < 4; y++)
        {
            double line = 0;
            for (int x = 0; x < 4; x++)
            {
                // Negative weights make a renormalised sum of few taps wild, so one tap without data is enough to step down.
                if (!HasData(left + x, top + y)) return Bilinear(column, row);
                line += across[x] * _samples[(top + y) * _window.Width + left + x];
            }
            sum += down[y] * line;
        }
        return sum;
    }

    private bool HasData(int column, int row) =>
        column >= 0 && row >= 0 && column < _window.Width && row < _window.Height && _valid[row * _window.Width + column] != 0;

    /// <summary>
    /// Weights of the taps at -1, 0, 1, 2 for a fraction t of the way from 0 to 1: Keys (1981) with a = -0.5, whose weights add up to 1.
    /// </summary>
    private static void CubicWeights(double t, Span<double> weights)
    {
        double t2 = t * t, t3 = t2 * t;
        weights[0] = -0.5 * t3 + t2 - 0.5 * t;
        weights[1] = 1.5 * t3 - 2.5 * t2 + 1;
        weights[2] = -1.5 * t3 + 2 * t2 + 0.5 * t;
        weights[3] = 0.5 * t3 - 0.5 * t2;
    }
}
