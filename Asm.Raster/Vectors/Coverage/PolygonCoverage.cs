using Asm.Raster.Grids;
using Asm.Raster.Vectors.Burning;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Coverage;

/// <summary>
/// The pixels of one shape on a grid, and how much of each lies inside. Immutable, and safe for concurrent calls.
/// Memory is that of the edges.
/// </summary>
/// <remarks>
/// Exact shares equal the area of the intersection of pixel and polygon to about 1e-12 of a pixel; they are computed in closed form, in
/// double precision. Shares of polygons that share an edge add up to 1. Shares closer than 1e-12 to 0 or 1 are taken as such.
/// </remarks>
public sealed class PolygonCoverage
{
    private readonly EdgeBlocks<CoverageEdge>? _exact;
    private readonly EdgeBlocks<PolygonEdge>? _centre;
    private readonly GeoGrid _grid;

    /// <summary>Prepares a shape.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="shape">A valid polygon, multi-polygon or collection of polygons that do not overlap, in the CRS of the grid.</param>
    /// <param name="rule">How much of a pixel belongs to the shape.</param>
    /// <param name="name">What messages call the shape.</param>
    /// <exception cref="AsmException">The shape is or holds a point or a line, or a vertex is not finite.</exception>
    public PolygonCoverage(GeoGrid grid, Geometry shape, PixelCoverage rule = PixelCoverage.Exact, string name = "polygon")
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(shape);
        _grid = grid;

        // Reading checks the shape, whatever the rule.
        (PolygonEdge[] edges, _) = PolygonEdges.Read(grid, [new(shape, 1)], name);
        if (rule == PixelCoverage.Centre) _centre = new(edges, static edge => (edge.FirstRow, edge.EndRow));
        else _exact = CoverageEdges.Read(grid, shape);
    }

    /// <summary>The first row with pixels of the shape.</summary>
    public int FirstRow => _exact?.FirstRow ?? _centre!.FirstRow;

    /// <summary>The row after the last one with pixels of the shape; the first row where there are none.</summary>
    public int EndRow => _exact?.EndRow ?? _centre!.EndRow;

    /// <summary>Bytes that the edges take.</summary>
    public long MemoryBytes => 40L * (_exact?.Count ?? _centre!.Count);

    /// <summary>
    /// Tells a visitor the pixels inside, row by row and from left to right: what it is told of a row does not depend on
    /// where a call starts or ends.
    /// </summary>
    /// <param name="firstRow">The first row, 0 or more.</param>
    /// <param name="endRow">The row after the last one, at most the grid's height.</param>
    /// <param name="visitor">Is told the pixels.</param>
    public void Visit<TVisitor>(int firstRow, int endRow, ref TVisitor visitor) where TVisitor : ICoverageVisitor
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endRow, _grid.Height);
        (int row, int end) = (Math.Max(firstRow, FirstRow), Math.Min(endRow, EndRow));
        using var cells = new CoverageCells(_grid.Width);
        using var crossings = new RowCrossings();
        while (row < end)
        {
            int blockEnd = Math.Min(end, (row / EdgeBlocks<PolygonEdge>.Rows + 1) * EdgeBlocks<PolygonEdge>.Rows);
            if (_exact is not null) cells.Visit(_exact.Of(row), row, blockEnd, ref visitor);
            else VisitCentres(_centre!.Of(row), row, blockEnd, crossings, ref visitor);
            row = blockEnd;
        }
    }

    private void VisitCentres<TVisitor>(ReadOnlySpan<PolygonEdge> edges, int row, int endRow, RowCrossings crossings, ref TVisitor visitor)
        where TVisitor : ICoverageVisitor
    {
        while (row < endRow)
        {
            int found = crossings.Find(edges, row, endRow, 0, _grid.Width);
            for (; row < found; row++)
            {
                ReadOnlySpan<int> columns = crossings.Of(row);
                for (int i = 0; i + 1 < columns.Length; i += 2)
                    if (columns[i + 1] > columns[i]) visitor.Run(row, columns[i], columns[i + 1]);
            }
        }
    }
}
