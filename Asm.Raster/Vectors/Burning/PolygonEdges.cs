using Asm.Raster.Grids;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Burning;

/// <summary>The edges of many polygons on a grid; edges that lie beside no centre of a row are left out.</summary>
internal sealed class PolygonEdges
{
    private readonly GeoGrid _grid;
    private readonly List<PolygonEdge> _edges = [];

    private PolygonEdges(GeoGrid grid) => _grid = grid;

    /// <summary>A polygon: a run of edges, the window that they touch, and its value.</summary>
    /// <param name="FirstEdge">Where its edges start.</param>
    /// <param name="EdgeCount">How many they are.</param>
    /// <param name="Window">The pixels that can lie inside.</param>
    /// <param name="Value">The value of its pixels.</param>
    public readonly record struct Part(int FirstEdge, int EdgeCount, PixelWindow Window, byte Value);

    /// <summary>Reads polygons; those beside the grid yield no part.</summary>
    /// <exception cref="AsmException">A shape is no polygon, or a vertex is not finite.</exception>
    public static (PolygonEdge[] Edges, Part[] Parts) Read(GeoGrid grid, IEnumerable<ValuedPolygon> polygons, string name)
    {
        var reader = new PolygonEdges(grid);
        var parts = new List<Part>();
        int position = 0;
        foreach (ValuedPolygon polygon in polygons)
        {
            position++;
            if (PolygonParts.FindOther(polygon.Geometry) is { } other)
                throw new AsmException(name, $"shape {position} is or holds a {other.GeometryType}", "polygons only",
                    "leave points and lines out, or buffer them to polygons", AsmErrorCode.InputFormat);
            foreach (Polygon part in PolygonParts.Of(polygon.Geometry))
            {
                if (!(double.IsFinite(part.EnvelopeInternal.Width) && double.IsFinite(part.EnvelopeInternal.Height)))
                    throw new AsmException(name, $"shape {position} has a vertex that is not finite",
                        "numbers", "correct the vertex or leave the shape out", AsmErrorCode.InputFormat);
                if (!part.IsEmpty && reader.Add(part, polygon.Value) is { } added) parts.Add(added);
            }
        }
        return ([.. reader._edges], [.. parts]);
    }

    private Part? Add(Polygon polygon, byte value)
    {
        Envelope bounds = polygon.EnvelopeInternal;
        (double left, double top) = _grid.ToPixel(new(bounds.MinX, bounds.MaxY));
        (double right, double bottom) = _grid.ToPixel(new(bounds.MaxX, bounds.MinY));
        int column = Clamp(Math.Floor(left), _grid.Width), row = Clamp(Math.Floor(top), _grid.Height);
        var window = new PixelWindow(column, row, Clamp(Math.Ceiling(right), _grid.Width) - column,
            Clamp(Math.Ceiling(bottom), _grid.Height) - row);
        if (window.IsEmpty) return null;
        int first = _edges.Count;
        AddRing(polygon.Shell);
        foreach (LinearRing hole in polygon.Holes) AddRing(hole);
        return _edges.Count == first ? null : new(first, _edges.Count - first, window, value);
    }

    private void AddRing(LinearRing ring)
    {
        CoordinateSequence vertices = ring.CoordinateSequence;
        if (vertices.Count == 0) return;
        (double x0, double y0) = _grid.ToPixel(new(vertices.GetX(0), vertices.GetY(0)));
        int row0 = RowFrom(y0);
        for (int i = 1; i < vertices.Count; i++)
        {
            (double x1, double y1) = _grid.ToPixel(new(vertices.GetX(i), vertices.GetY(i)));
            int row1 = RowFrom(y1);
            if (row0 != row1) _edges.Add(y0 < y1 ? new(x0, y0, x1, y1, row0, row1) : new(x1, y1, x0, y0, row1, row0));
            (x0, y0, row0) = (x1, y1, row1);
        }
    }

    /// <summary>The first row of the grid whose centre is at a position or below it.</summary>
    private int RowFrom(double y) => Clamp(Math.Ceiling(y - 0.5), _grid.Height);

    private static int Clamp(double value, int end) => (int)Math.Clamp(value, 0, end);
}
