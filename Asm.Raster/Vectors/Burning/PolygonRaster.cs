using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Vectors.Burning;

/// <summary>Polygons as a raster of one uint8 band, computed window by window. Memory is that of the edges and of the window.</summary>
/// <remarks>
/// <para>
/// A pixel belongs to a polygon where its centre lies inside, as in gdal_rasterize without -at. A centre exactly on an edge belongs to the
/// polygon on its left; where the edge runs along a row of centres, to the one below. So polygons that share an edge leave no pixel out and
/// share none. (GDAL gives a centre on a horizontal edge by the direction of the ring.)
/// </para>
/// <para>Holes are outside (even-odd rule). The parts of a multi-polygon add up.</para>
/// </remarks>
public sealed class PolygonRaster : IRasterSource
{
    private readonly PolygonEdge[] _edges;
    private readonly PolygonEdges.Part[] _parts;
    private readonly byte _background, _conflict;

    /// <summary>Prepares polygons for a grid.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="polygons">The areas, in the CRS of the grid.</param>
    /// <param name="background">The value of pixels in no polygon.</param>
    /// <param name="conflict">The value of pixels in polygons of different values.</param>
    /// <param name="name">What messages call the polygons, such as the path of their file.</param>
    /// <exception cref="ArgumentException">
    /// The background, the conflict value and the values of the polygons are not all different from each other.
    /// </exception>
    /// <exception cref="AsmException">A shape is no polygon, or a vertex is not finite.</exception>
    public PolygonRaster(GeoGrid grid, IEnumerable<ValuedPolygon> polygons,
        byte background = 0, byte conflict = 255, string name = "polygons")
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(polygons);
        if (background == conflict)
            throw new ArgumentException($"the background and the conflict value are both {conflict}", nameof(conflict));
        (_edges, _parts) = PolygonEdges.Read(grid, polygons, name);
        foreach (PolygonEdges.Part part in _parts)
            if (part.Value == background || part.Value == conflict)
                throw new ArgumentException(
                    $"a polygon has the value {part.Value}, which is that of the {(part.Value == conflict ? "conflict" : "background")}",
                    nameof(polygons));
        (_background, _conflict, Name) = (background, conflict, name);
        Info = new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [new BandInfo { Name = "value" }] };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes => 40L * _edges.Length;

    /// <summary>Fills a window with the values of the polygons.</summary>
    /// <param name="window">The pixels; wholly inside of the grid.</param>
    /// <param name="destination">Receives height x width values, row after row.</param>
    /// <returns>How many pixels of the window got the conflict value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is not inside of the grid.</exception>
    /// <exception cref="ArgumentException">The destination is smaller than the window.</exception>
    public long Burn(PixelWindow window, Span<byte> destination)
    {
        GeoGrid grid = Info.Grid;
        if (!grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {grid.Width} x {grid.Height}");
        if (destination.Length < window.PixelCount)
            throw new ArgumentException($"there is room for {destination.Length} of {window.PixelCount} pixels", nameof(destination));
        destination[..(int)window.PixelCount].Fill(_background);
        var target = new BurnTarget(window, destination, _background, _conflict);
        using var crossings = new RowCrossings();
        foreach (PolygonEdges.Part part in _parts)
        {
            PixelWindow overlap = part.Window.Intersect(window);
            ReadOnlySpan<PolygonEdge> edges = _edges.AsSpan(part.FirstEdge, part.EdgeCount);
            for (int row = overlap.Row; row < overlap.Bottom && !overlap.IsEmpty;)
            {
                int end = crossings.Find(edges, row, overlap.Bottom, overlap.Column, overlap.Right);
                for (; row < end; row++)
                {
                    ReadOnlySpan<int> columns = crossings.Of(row);
                    for (int i = 0; i + 1 < columns.Length; i += 2) target.Fill(row, columns[i], columns[i + 1], part.Value);
                }
            }
        }
        return target.Conflicts;
    }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int count = checked((int)window.PixelCount);
        byte[] values = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            Burn(window, values);
            for (int b = 0; b < bands.Length; b++)
                SampleTypes.Convert<byte, T>(values.AsSpan(0, count), destination.Slice(b * count, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(values);
        }
    }

    /// <summary>Does nothing: the polygons are in memory.</summary>
    public void Dispose() { }
}
