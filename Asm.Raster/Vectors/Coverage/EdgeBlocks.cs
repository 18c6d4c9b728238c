namespace Asm.Raster.Vectors.Coverage;

/// <summary>
/// Edges by the blocks of rows that they cross, so that a strip of a raster looks at its own edges only. An edge that crosses
/// several blocks is in each.
/// </summary>
internal sealed class EdgeBlocks<TEdge> where TEdge : struct
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 64;

    private readonly int _firstBlock;
    private readonly int[] _starts;
    private readonly TEdge[] _edges;

    /// <param name="edges">The edges; each block keeps their order.</param>
    /// <param name="rows">The rows that an edge crosses: the first, and the one after the last.</param>
    public EdgeBlocks(ReadOnlySpan<TEdge> edges, Func<TEdge, (int First, int End)> rows)
    {
        (int first, int end) = (int.MaxValue, 0);
        foreach (TEdge edge in edges)
        {
            (int edgeFirst, int edgeEnd) = rows(edge);
            (first, end) = (Math.Min(first, edgeFirst), Math.Max(end, edgeEnd));
        }
        (FirstRow, EndRow) = edges.IsEmpty ? (0, 0) : (first, end);
        _firstBlock = FirstRow / Rows;
        _starts = new int[(EndRow + Rows - 1) / Rows - _firstBlock + 2];

        // The starts are kept one place on while the blocks are filled: filling moves each to the start of the next.
        foreach (TEdge edge in edges)
            for (int block = BlockOf(rows(edge).First); block <= BlockOf(rows(edge).End - 1); block++) _starts[block + 2]++;
        for (int i = 2; i < _starts.Length; i++) _starts[i] += _starts[i - 1];
        _edges = new TEdge[_starts[^1]];
        foreach (TEdge edge in edges)
            for (int block = BlockOf(rows(edge).First); block <= BlockOf(rows(edge).End - 1); block++) _edges[_starts[block + 1]++] = edge;
    }

    /// <summary>The first row that an edge crosses.</summary>
    public int FirstRow { get; }

    /// <summary>The row after the last one that an edge crosses.</summary>
    public int EndRow { get; }

    /// <summary>How many edges are held.</summary>
    public int Count => _edges.Length;

    /// <summary>The edges of the block that a row lies in, which is between <see cref="FirstRow"/> and <see cref="EndRow"/>.</summary>
    public ReadOnlySpan<TEdge> Of(int row) => _edges.AsSpan(_starts[BlockOf(row)].._starts[BlockOf(row) + 1]);

    private int BlockOf(int row) => row / Rows - _firstBlock;
}
