using System.Numerics.Tensors;

namespace Asm.Training.Quantizing;

/// <summary>Mean products of a tensor's channels at the same pixel, E[x xT], and its Cholesky factor.</summary>
internal sealed class ChannelMoments(int channels)
{
    // More pixels of a window would say little more.
    private const int PixelsOfWindow = 1024;

    /// <summary>
    /// Share of the mean diagonal that is added to the diagonal, so that channels that never vary do not make the matrix singular.
    /// </summary>
    private const double Damping = 0.01;

    private readonly double[] _sum = new double[channels * channels];
    private long _count;

    /// <summary>Takes in the values of a window, channels x pixels.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        int plane = values.Length / channels, step = Math.Max(1, plane / PixelsOfWindow), pixels = plane / step;
        var sample = new float[channels * pixels];
        for (int c = 0; c < channels; c++)
            for (int i = 0; i < pixels; i++) sample[c * pixels + i] = values[c * plane + i * step];
        for (int a = 0; a < channels; a++)
            for (int b = 0; b <= a; b++)
                _sum[a * channels + b] += TensorPrimitives.Dot<float>(sample.AsSpan(a * pixels, pixels), sample.AsSpan(b * pixels, pixels));
        _count += pixels;
    }

    /// <summary>The lower triangular L of E[x xT] + damping = L LT, row after row.</summary>
    public double[] Cholesky()
    {
        double[] factor = [.. _sum.Select(s => s / _count)];
        double damping = Math.Max(1e-12, Damping * Enumerable.Range(0, channels).Average(c => factor[c * channels + c]));
        for (int a = 0; a < channels; a++)
        {
            Span<double> row = factor.AsSpan(a * channels, channels);
            row[a] += damping;
            for (int b = 0; b < a; b++)
            {
                ReadOnlySpan<double> other = factor.AsSpan(b * channels, b + 1);
                row[b] = (row[b] - TensorPrimitives.Dot(row[..b], other[..b])) / other[b];
            }
            row[a] = Math.Sqrt(row[a] - TensorPrimitives.SumOfSquares<double>(row[..a]));
        }
        return factor;
    }
}
