using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Simulation.Noise;

/// <summary>
/// Smooth random fields over the whole plane: hashed lattice values under uniform cubic B-splines, so they are twice differentiable and
/// show no lattice. A value depends on seed and position only. One octave has mean 0, variance 1 and is nearly Gaussian.
/// </summary>
internal static class SmoothNoise
{
    // Mean square of the B-spline weights is 151/315 an axis and that of the lattice values 1/3: this makes the variance 1.
    private const float UnitVariance = 3.6135f;

    /// <summary>The value at one position.</summary>
    /// <param name="seed">Which field.</param>
    /// <param name="wavelength">Lattice spacing in pixels, above 0.</param>
    /// <param name="x">Column, fractions allowed.</param>
    /// <param name="y">Row, fractions allowed.</param>
    public static float At(ulong seed, float wavelength, float x, float y)
    {
        (int column, float fx) = Split(x, wavelength);
        (int row, float fy) = Split(y, wavelength);
        var (x0, x1, x2, x3) = Weights(fx);
        var (y0, y1, y2, y3) = Weights(fy);
        float Row(int j) => x0 * Lattice(seed, column - 1, j) + x1 * Lattice(seed, column, j)
            + x2 * Lattice(seed, column + 1, j) + x3 * Lattice(seed, column + 2, j);
        return y0 * Row(row - 1) + y1 * Row(row) + y2 * Row(row + 1) + y3 * Row(row + 2);
    }

    /// <summary>
    /// Fills a window with octaves whose wavelengths fall by a factor and whose amplitudes fall by a gain; variance 1 in all.
    /// </summary>
    /// <param name="seed">Which field.</param>
    /// <param name="wavelength">Lattice spacing of the first octave in pixels.</param>
    /// <param name="octaves">1 or more.</param>
    /// <param name="window">The pixels.</param>
    /// <param name="destination">Receives height x width values.</param>
    /// <param name="gain">Amplitude of an octave relative to the one before.</param>
    /// <param name="lacunarity">Wavelength of an octave relative to the next.</param>
    public static void Fill(ulong seed, float wavelength, int octaves, PixelWindow window,
        Span<float> destination, float gain = 0.55f, float lacunarity = 2.7f)
    {
        float power = 0, amplitude = 1;
        for (int o = 0; o < octaves; o++, amplitude *= gain) power += amplitude * amplitude;
        amplitude = 1 / MathF.Sqrt(power);
        destination = destination[..(window.Width * window.Height)];
        destination.Clear();
        for (int o = 0; o < octaves; o++, amplitude *= gain, wavelength /= lacunarity)
            Add(Hash.Of(seed, (ulong)o), wavelength, amplitude, window, destination);
    }

    private static void Add(ulong seed, float wavelength, float amplitude, PixelWindow window, Span<float> destination)
    {
        int first = Split(window.Column, wavelength).Cell - 1,
            columns = Split(window.Right - 1, wavelength).Cell + 3 - first, width = window.Width;
        float[] scratch = ArrayPool<float>.Shared.Rent(5 * columns + 4 * width);
        int[] cells = ArrayPool<int>.Shared.Rent(width);
        Span<float> lattice = scratch.AsSpan(0, 4 * columns),
            blended = scratch.AsSpan(4 * columns, columns), weights = scratch.AsSpan(5 * columns, 4 * width);
        for (int x = 0; x < width; x++)
        {
            (int cell, float fraction) = Split(window.Column + x, wavelength);
            cells[x] = cell - 1 - first;
            (weights[x], weights[width + x], weights[2 * width + x], weights[3 * width + x]) = Weights(fraction);
        }

        int held = int.MinValue;
        for (int y = 0; y < window.Height; y++)
        {
            (int cell, float fraction) = Split(window.Row + y, wavelength);
            if (cell != held)
                for (int j = 0; j < 4; j++)
                    for (int i = 0; i < columns; i++) lattice[j * columns + i] = Lattice(seed, first + i, cell - 1 + j);
            held = cell;
            var (y0, y1, y2, y3) = Weights(fraction);
            for (int i = 0; i < columns; i++)
                blended[i] = amplitude * (y0 * lattice[i] + y1 * lattice[columns + i]
                    + y2 * lattice[2 * columns + i] + y3 * lattice[3 * columns + i]);
            AddRow(blended, weights, cells.AsSpan(0, width), destination.Slice(y * width, width));
        }
        ArrayPool<float>.Shared.Return(scratch);
        ArrayPool<int>.Shared.Return(cells);
    }

    // Pixels of one lattice cell share four values and are done together. Vectors add and multiply in the same order as the tail, so a
    // pixel's value does not depend on its place in the row.
    private static void AddRow(ReadOnlySpan<float> blended, ReadOnlySpan<float> weights, ReadOnlySpan<int> cells, Span<float> row)
    {
        int width = row.Length, lanes = Vector<float>.Count;
        ReadOnlySpan<float> w0 = weights[..width], w1 = weights.Slice(width, width),
            w2 = weights.Slice(2 * width, width), w3 = weights.Slice(3 * width, width);
        for (int x = 0; x < width;)
        {
            int cell = cells[x], end = x + 1;
            while (end < width && cells[end] == cell) end++;
            ReadOnlySpan<float> b = blended.Slice(cell, 4);
            float b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
            for (; x <= end - lanes; x += lanes)
            {
                Vector<float> sum = new Vector<float>(w0[x..]) * b0 + new Vector<float>(w1[x..]) * b1
                    + new Vector<float>(w2[x..]) * b2 + new Vector<float>(w3[x..]) * b3;
                (new Vector<float>(row[x..]) + sum).CopyTo(row[x..]);
            }
            for (; x < end; x++) row[x] += w0[x] * b0 + w1[x] * b1 + w2[x] * b2 + w3[x] * b3;
        }
    }

    private static float Lattice(ulong seed, int column, int row) => (2 * Hash.Unit(Hash.Of(seed, column, row)) - 1) * UnitVariance;

    private static (int Cell, float Fraction) Split(float position, float wavelength)
    {
        double scaled = position / (double)wavelength, floor = Math.Floor(scaled);
        return ((int)floor, (float)(scaled - floor));
    }

    // The four pieces of the uniform cubic B-spline at fraction t; they sum to 1.
    private static (float, float, float, float) Weights(float t)
    {
        float s = 1 - t, t2 = t * t, t3 = t2 * t;
        return (s * s * s / 6, (3 * t3 - 6 * t2 + 4) / 6, (-3 * t3 + 3 * t2 + 3 * t + 1) / 6, t3 / 6);
    }
}
