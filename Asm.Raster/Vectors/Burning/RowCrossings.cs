using System.Buffers;

namespace Asm.Raster.Vectors.Burning;

/// <summary>Where the edges of a polygon cross the rows of a window, sorted within each row.</summary>
internal sealed class RowCrossings : IDisposable
{
    // 4 MiB of columns at a time, or one row.
    private const int MaxCrossings = 1 << 20;

    private int[] _starts = [], _columns = [];
    private int _firstRow;

    /// <summary>Finds the crossings of as many rows as fit.</summary>
    /// <param name="edges">The edges of the polygon.</param>
    /// <param name="row">The first row.</param>
    /// <param name="endRow">The row after the last one wanted.</param>
    /// <param name="column">Crossings to the left of this column are taken as at it.</param>
    /// <param name="endColumn">Crossings to the right of this column are taken as at it.</param>
    /// <returns>The row after the last one found.</returns>
    public int Find(ReadOnlySpan<PolygonEdge> edges, int row, int endRow, int column, int endColumn)
    {
        _firstRow = row;
        int end = CountRows(edges, row, endRow);
        int rows = end - row;
        Resize(ref _columns, _starts[rows]);
        Span<int> next = _starts.AsSpan(0, rows);
        foreach (ref readonly PolygonEdge edge in edges)
            for (int r = Math.Max(edge.FirstRow, row), last = Math.Min(edge.EndRow, end); r < last; r++)
                _columns[next[r - row]++] = (int)Math.Clamp(edge.ColumnAt(r), column, endColumn);

        // Each start has moved to the start of the next row.
        for (int r = rows; r > 0; r--) _starts[r] = _starts[r - 1];
        _starts[0] = 0;
        for (int r = 0; r < rows; r++) _columns.AsSpan(_starts[r].._starts[r + 1]).Sort();
        return end;
    }

    /// <summary>The crossings of a row found last, from left to right.</summary>
    public ReadOnlySpan<int> Of(int row) => _columns.AsSpan(_starts[row - _firstRow].._starts[row - _firstRow + 1]);

    public void Dispose()
    {
        Resize(ref _starts, 0);
        Resize(ref _columns, 0);
    }

    /// <summary>Sets where the crossings of each row start, and returns the row after the last one that fits.</summary>
    private int CountRows(ReadOnlySpan<PolygonEdge> edges, int row, int endRow)
    {
        int rows = endRow - row;
        Resize(ref _starts, rows + 1);
        Span<int> changes = _starts.AsSpan(0, rows + 1);
        changes.Clear();
        foreach (ref readonly PolygonEdge edge in edges)
        {
            int first = Math.Max(edge.FirstRow, row), last = Math.Min(edge.EndRow, endRow);
            if (first >= last) continue;
            changes[first - row]++;
            changes[last - row]--;
        }
        int open = 0, start = 0;
        for (int r = 0; r < rows; r++)
        {
            open += changes[r];
            if (r > 0 && start + open > MaxCrossings)
            {
                changes[r] = start;
                return row + r;
            }
            changes[r] = start;
            start += open;
        }
        changes[rows] = start;
        return endRow;
    }

    private static void Resize(ref int[] array, int length)
    {
        if (length > 0 && array.Length >= length) return;
        if (array.Length > 0) ArrayPool<int>.Shared.Return(array);
        array = length == 0 ? [] : ArrayPool<int>.Shared.Rent(length);
    }
}
