using System.Numerics.Tensors;

namespace Asm.Analysis.Heatmaps;

/// <summary>Densities of the Gaussian kernel, a product of two factors: first along the rows, then along the columns.</summary>
internal sealed class GaussianPass : IHeatmapPass
{
    /// <summary>Wider ones would reach 1,000 pixels far and more.</summary>
    public const int MostBandwidthPixels = 250;

    private const double ReachBandwidths = 4;

    /// <summary>erf(4 / sqrt 2), the part of the normal distribution within <see cref="ReachBandwidths"/>.</summary>
    private const double PartWithinReach = 0.99993665751633376;

    private readonly HeatmapGeometry _geometry;
    private readonly double[] _weights;
    private readonly RowTaps[] _taps;
    private readonly int _lowest, _stride;
    private double[] _rowSums = [];
    private int _firstRow, _endRow;

    public GaussianPass(HeatmapGeometry geometry)
    {
        _geometry = geometry;
        double half = geometry.Phase / 2.0, reach = ReachBandwidths * geometry.BandwidthPixels;
        int highest = (int)Math.Floor(reach - half + 1e-9);
        _lowest = -highest - geometry.Phase;
        double norm = 1000 / (geometry.BandwidthPixels * geometry.PixelMetres * Math.Sqrt(2 * Math.PI) * PartWithinReach);
        _weights = [.. Enumerable.Range(_lowest, highest - _lowest + 1)
            .Select(n => norm * Math.Exp(-Math.Pow((n + half) / geometry.BandwidthPixels, 2) / 2))];
        ReachRows = -_lowest;
        _taps = [.. _weights.Select((_, i) => new RowTaps(i, 0, i, 1))];
        // An odd number of cache lines, so that the rows of a column do not fall into the same sets of the cache.
        _stride = (geometry.Cells.Width + BlockSums.Width - 1) / BlockSums.Width * BlockSums.Width + 8;
    }

    public int ReachRows { get; }

    public long BytesFor(int cellRows, int threads) =>
        8L * EventReader.RowsOf(_geometry, Math.Max(ReachRows, (_geometry.Factor + 1) / 2), cellRows) * _stride
        + 12L * threads * _geometry.Map.Width;

    public void Compute(EventBlock block, float[] densities, ParallelOptions parallel)
    {
        if (_rowSums.Length == 0) (_rowSums, _endRow) = (new double[block.Rows * _stride], block.FirstRow);
        // Rows that the strip before has summed already move up.
        int kept = Math.Max(0, _endRow - block.FirstRow);
        if (kept > 0) _rowSums.AsSpan((block.FirstRow - _firstRow) * _stride, kept * _stride).CopyTo(_rowSums);
        (_firstRow, _endRow) = (block.FirstRow, block.FirstRow + block.Rows);
        Parallel.For(kept, block.Rows, parallel,
            () => (Values: new double[_geometry.Map.Width], Counts: new int[_geometry.Map.Width + 1]), (row, _, scratch) =>
            {
                SumRow(block.Selected.AsSpan(row * _geometry.Map.Width, _geometry.Map.Width),
                    scratch.Values, scratch.Counts, _rowSums.AsSpan(row * _stride, _stride));
                return scratch;
            }, static _ => { });
        int width = _geometry.Cells.Width, top = _geometry.Centre(block.FirstCellRow) + _lowest - block.FirstRow;
        Parallel.For(0, (width + BlockSums.Width - 1) / BlockSums.Width, parallel, part =>
        {
            int column = part * BlockSums.Width, count = Math.Min(BlockSums.Width, width - column);
            Span<double> sums = stackalloc double[BlockSums.Width];
            for (int row = 0; row < block.CellRows; row++)
            {
                sums.Clear();
                BlockSums.Add(_rowSums.AsSpan((top + row * _geometry.Factor) * _stride), _stride, column, _taps, _weights, [], sums, []);
                for (int i = 0; i < count; i++) densities[row * width + column + i] = (float)sums[i];
            }
        });
    }

    /// <summary>Sums one row of pixels for every column of cells.</summary>
    private void SumRow(ReadOnlySpan<byte> pixels, double[] values, int[] counts, Span<double> sums)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            values[i] = pixels[i];
            counts[i + 1] = counts[i] + pixels[i];
        }
        sums.Clear();
        if (counts[pixels.Length] == 0) return;
        for (int cell = 0; cell < _geometry.Cells.Width; cell++)
        {
            int first = _geometry.Centre(cell) + _lowest, from = Math.Clamp(first, 0, pixels.Length),
                to = Math.Clamp(first + _weights.Length, from, pixels.Length);
            if (counts[to] != counts[from])
                sums[cell] = TensorPrimitives.Dot<double>(values.AsSpan(from, to - from), _weights.AsSpan(from - first, to - from));
        }
    }
}
