using System.Buffers;
using System.Runtime.CompilerServices;

namespace Asm.Raster.Vectors.Coverage;

/// <summary>
/// The pixels that edges run through, in a block of rows. Each piece of an edge within a pixel adds its signed height to all pixels to its
/// right, and to its own pixel the area to its right: the sum over a closed outline is the area inside. (The accumulation of signed areas
/// of anti-aliasing renderers, in double precision and without their subpixel grid.)
/// </summary>
internal sealed class CoverageCells : IDisposable
{
    /// <summary>Differences in share that are rounding, not area.</summary>
    private const double Rounding = 1e-12;

    // A key holds, from the top: 6 bits of row, 31 of column + 1, 27 of the position. So the order of equal pixels, and
    // with it each sum, is settled.
    private const int RowShift = 58, ColumnShift = 27;

    private readonly int _width;
    private ulong[] _keys = [];
    private (double Height, double Area)[] _pieces = [];
    private int _count;

    /// <param name="width">Columns of the grid.</param>
    public CoverageCells(int width) => _width = width;

    /// <summary>Tells a visitor the pixels inside.</summary>
    /// <param name="edges">The edges that cross the rows.</param>
    /// <param name="row">The first row.</param>
    /// <param name="endRow">The row after the last one; at most <see cref="EdgeBlocks{TEdge}.Rows"/> further.</param>
    /// <param name="visitor">Is told them row by row, from left to right.</param>
    /// <remarks>Optimised at once: a run of the program is over before the runtime would find out that it pays.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit<TVisitor>(ReadOnlySpan<CoverageEdge> edges, int row, int endRow, ref TVisitor visitor)
        where TVisitor : ICoverageVisitor
    {
        _count = 0;
        foreach (ref readonly CoverageEdge edge in edges) AddEdge(edge, row, endRow);
        _keys.AsSpan(0, _count).Sort(_pieces.AsSpan(0, _count));
        for (int i = 0; i < _count;)
        {
            int offset = RowOf(i), current = row + offset, next = 0;
            double height = 0;
            while (i < _count && RowOf(i) == offset)
            {
                int column = ColumnOf(i);
                double heightHere = 0, areaHere = 0;
                for (; i < _count && RowOf(i) == offset && ColumnOf(i) == column; i++)
                {
                    heightHere += _pieces[i].Height;
                    areaHere += _pieces[i].Area;
                }

                Between(current, next, column, height, ref visitor);
                if (column >= 0)
                {
                    double share = height + areaHere;
                    if (share > 1 - Rounding) visitor.Run(current, column, column + 1);
                    else if (share > Rounding) visitor.Part(current, column, share);
                }
                height += heightHere;
                next = column + 1;
            }
            Between(current, next, _width, height, ref visitor);
        }
    }

    /// <summary>
    /// Tells the pixels between two with edges. They are alike: only level edges, which are left out, can run through them.
    /// </summary>
    private static void Between<TVisitor>(int row, int column, int endColumn, double share, ref TVisitor visitor)
        where TVisitor : ICoverageVisitor
    {
        if (column >= endColumn) return;
        if (share > 1 - Rounding) visitor.Run(row, column, endColumn);
        else if (share > Rounding)
            for (; column < endColumn; column++) visitor.Part(row, column, share);
    }

    public void Dispose()
    {
        if (_keys.Length == 0) return;
        ArrayPool<ulong>.Shared.Return(_keys);
        ArrayPool<(double, double)>.Shared.Return(_pieces);
        (_keys, _pieces) = ([], []);
    }

    private int RowOf(int i) => (int)(_keys[i] >> RowShift);

    private int ColumnOf(int i) => (int)((_keys[i] >> ColumnShift) & int.MaxValue) - 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEdge(in CoverageEdge edge, int row, int endRow)
    {
        double slope = (edge.X1 - edge.X0) / (edge.Y1 - edge.Y0), left = Math.Min(edge.X0, edge.X1), right = Math.Max(edge.X0, edge.X1);
        int last = Math.Min((int)Math.Ceiling(edge.Y1), endRow);
        for (int r = Math.Max((int)edge.Y0, row); r < last; r++)
        {
            double top = Math.Max(edge.Y0, r), bottom = Math.Min(edge.Y1, r + 1);
            if (!(bottom > top)) continue;
            double a = Math.Clamp(edge.X0 + (top - edge.Y0) * slope, left, right),
                b = bottom == edge.Y1 ? edge.X1 : Math.Clamp(edge.X0 + (bottom - edge.Y0) * slope, left, right);
            AddPiece(r - row, Math.Min(a, b), Math.Max(a, b), (bottom - top) * edge.Sign);
        }
    }

    /// <summary>Adds the part of an edge within one row, from column to column; it rises evenly over its whole height.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPiece(int row, double left, double right, double height)
    {
        if (left >= _width) return;
        double reached = 0, perColumn = right > left ? height / (right - left) : 0, start = left;
        if (left < 0)
        {
            reached = right <= 0 ? height : -left * perColumn;
            Add(row, -1, reached, 0);
            if (right <= 0) return;
            left = 0;
        }
        int column = (int)left, end = right >= _width ? _width : Math.Max(column + 1, (int)Math.Ceiling(right));
        for (double from = left; column < end; column++)
        {
            double to = Math.Min(column + 1, right), risen = to >= right ? height : (to - start) * perColumn, here = risen - reached;
            Add(row, column, here, here * (1 - ((from + to) / 2 - column)));
            (from, reached) = (to, risen);
        }
    }

    private void Add(int row, int column, double height, double area)
    {
        if (_count == _keys.Length) Grow();
        _keys[_count] = (ulong)row << RowShift | (ulong)(column + 1) << ColumnShift | (uint)_count;
        _pieces[_count++] = (height, area);
    }

    private void Grow()
    {
        int length = Math.Max(1024, 2 * _count);
        if (length > 1 << ColumnShift) throw new InvalidOperationException("the polygon has too many vertices in one block of rows");
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(length);
        (double, double)[] pieces = ArrayPool<(double, double)>.Shared.Rent(length);
        _keys.AsSpan(0, _count).CopyTo(keys);
        _pieces.AsSpan(0, _count).CopyTo(pieces);
        Dispose();
        (_keys, _pieces) = (keys, pieces);
    }
}
