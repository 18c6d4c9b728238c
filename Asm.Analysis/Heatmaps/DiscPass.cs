using System.Buffers;

namespace Asm.Analysis.Heatmaps;

/// <summary>
/// Densities of kernels that are polynomials within a disc: quartic and uniform. See <see cref="DiscTerm"/> for how and why.
/// </summary>
internal sealed class DiscPass : IHeatmapPass
{
    /// <summary>The sum of (Q - d²)² over all pixels of a larger disc would not fit into 64 bits.</summary>
    public const int MostBandwidthPixels = 1000;

    private const int FewestColumns = 2 * BlockSums.Width, MostColumns = 16 * BlockSums.Width;

    private readonly HeatmapGeometry _geometry;
    private readonly DiscTerm[] _terms;
    private readonly int _lowest, _highest, _places, _tileColumns;
    private double[][] _differences = [];

    public DiscPass(HeatmapGeometry geometry, HeatmapKernel kernel)
    {
        _geometry = geometry;
        double squared = 4 * geometry.BandwidthPixels * geometry.BandwidthPixels;
        // A bandwidth of 1000 m must not become 999.9999 because a pixel is 10.000000001 m.
        if (Math.Abs(squared - Math.Round(squared)) <= 1e-9 * squared) squared = Math.Round(squared);
        long whole = (long)squared;
        double rest = squared - whole;
        long farthest = rest > 0 ? whole : whole - 1;
        ReachRows = (int)Math.Ceiling(geometry.BandwidthPixels);
        double perKm2 = 1e6 / (Math.PI * Math.Pow(geometry.BandwidthPixels * geometry.PixelMetres, 2));
        DiscTerm Term(int power, double weight) => DiscTerm.Create(power, weight, whole, farthest, geometry.Phase, ReachRows);
        // (R² - d²)² with R² = Q + rest is (Q - d²)² + 2 rest (Q - d²) + rest²: three terms that are never negative.
        double scale = 3 * perKm2 / (squared * squared);
        _terms = kernel == HeatmapKernel.Uniform ? [Term(0, perKm2)]
            : rest == 0 ? [Term(2, scale)]
            : [Term(2, scale), Term(1, 2 * rest * scale), Term(0, rest * rest * scale)];
        RowTaps[] taps = [.. _terms.SelectMany(t => t.Taps)];
        (_lowest, _highest) = taps.Length == 0 ? (0, 0) : (taps.Min(t => t.First), taps.Max(t => t.First + t.Count - 1));
        // Differences start where the first pixel of a row comes into reach.
        int needed = geometry.Centre(geometry.Cells.Width - 1) + Math.Max(0, _highest) + 1;
        // Columns of a task: not few beside those that its neighbours lay out too.
        _tileColumns = Math.Clamp(ReachRows / BlockSums.Width * BlockSums.Width, FewestColumns, MostColumns);
        _places = (needed + _tileColumns - 1) / _tileColumns * _tileColumns;
    }

    public int ReachRows { get; }

    private int Stride => _tileColumns + _highest - _lowest;

    private int FirstPlace => -Math.Max(0, _highest);

    public long BytesFor(int cellRows, int threads) => 8L * _terms.Length * cellRows * _places + 12L * threads * Stride;

    public void Compute(EventBlock block, float[] densities, ParallelOptions parallel)
    {
        int width = _geometry.Cells.Width, size = block.CellRows * _places;
        if (_differences.Length == 0) _differences = [.. _terms.Select(_ => new double[size])];
        Parallel.For(0, _places / _tileColumns, parallel, tile => Differences(block, tile * _tileColumns));
        Parallel.For(0, block.CellRows, parallel, row => Sum(row, densities.AsSpan(row * width, width)));
    }

    /// <summary>Computes the differences of the sums for some columns of all rows of cells.</summary>
    private void Differences(EventBlock block, int firstColumn)
    {
        int top = _geometry.Centre(block.FirstCellRow) - ReachRows, factor = _geometry.Factor;
        double[] values = ArrayPool<double>.Shared.Rent(Stride);
        int[] counts = ArrayPool<int>.Shared.Rent(Stride + 1);
        Span<double> Sums(int term, int row) => _differences[term].AsSpan(row * _places + firstColumn, _tileColumns);
        foreach (int term in Enumerable.Range(0, _terms.Length))
            for (int row = 0; row < block.CellRows; row++) Sums(term, row).Clear();
        for (int row = 0; row <= (block.CellRows - 1) * factor + 2 * ReachRows; row++)
        {
            // Row of cells c has its topmost pixels in row c x factor.
            int from = Math.Max(0, (row - 2 * ReachRows + factor - 1) / factor), to = Math.Min(block.CellRows - 1, row / factor);
            if (from > to || !Spread(block, top + row, firstColumn + FirstPlace + _lowest, values, counts)) continue;
            for (int term = 0; term < _terms.Length; term++)
                for (int cell = from; cell <= to; cell++)
                {
                    // The kernel is symmetric: a row of pixels adds the same to the row of cells that is as far
                    // above as the other is below.
                    int offset = row - cell * factor, twice = 2 * (row - ReachRows) + _geometry.Phase - cell * factor,
                        twin = twice >= 0 && twice % factor == 0 ? twice / factor : -1;
                    if (twin >= from && twin < cell) continue;
                    BlockSums.Add(values, 0, -_lowest, _terms[term].TapsOf(offset), _terms[term].Factors,
                        counts, Sums(term, cell), twin > cell && twin <= to ? Sums(term, twin) : []);
                }
        }
        ArrayPool<double>.Shared.Return(values);
        ArrayPool<int>.Shared.Return(counts);
    }

    /// <summary>Lays pixels of a row out as numbers, 0 outside of the map, and counts them. False where there is none.</summary>
    private bool Spread(EventBlock block, int row, int firstColumn, double[] values, int[] counts)
    {
        int mapWidth = _geometry.Map.Width, stride = Stride;
        int from = Math.Clamp(-firstColumn, 0, stride), to = Math.Clamp(mapWidth - firstColumn, from, stride);
        ReadOnlySpan<byte> pixels = to > from
            ? block.Selected.AsSpan((row - block.FirstRow) * mapWidth + firstColumn + from, to - from)
            : [];
        if (!pixels.ContainsAnyExcept((byte)0)) return false;
        values.AsSpan(0, from).Clear();
        values.AsSpan(to, stride - to).Clear();
        counts.AsSpan(0, from + 1).Clear();
        int count = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            values[from + i] = pixels[i];
            counts[from + i + 1] = count += pixels[i];
        }
        counts.AsSpan(to + 1, stride - to).Fill(count);
        return true;
    }

    /// <summary>Sums the differences of one row up and takes the sums at the centres of cells.</summary>
    private void Sum(int row, Span<float> densities)
    {
        Span<double> totals = densities.Length <= 1024 ? stackalloc double[densities.Length] : new double[densities.Length];
        for (int term = 0; term < _terms.Length; term++)
        {
            ReadOnlySpan<double> differences = _differences[term].AsSpan(row * _places, _places);
            int place = 0, order = _terms[term].Order;
            double weight = _terms[term].Weight;
            // Whole numbers modulo 2^64: what overflows on the way is gone in the end.
            ulong a = 0, b = 0, c = 0, d = 0, e = 0;
            for (int cell = 0; cell < totals.Length; cell++)
            {
                int end = _geometry.Centre(cell) - FirstPlace + 1;
                if (order == 1)
                    for (; place < end; place++) e += (ulong)(long)differences[place];
                else
                    for (; place < end; place++)
                    {
                        ulong step = (ulong)(long)differences[place];
                        if (order == 5)
                        {
                            a += step;
                            b += a;
                            step = b;
                        }
                        c += step;
                        d += c;
                        e += d;
                    }
                totals[cell] += weight * e;
            }
        }
        for (int cell = 0; cell < totals.Length; cell++) densities[cell] = (float)totals[cell];
    }
}
