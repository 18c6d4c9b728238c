using Asm.Raster.Grids;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Coverage;

/// <summary>Reads the edges of a shape that is measured by area.</summary>
internal static class CoverageEdges
{
    /// <summary>The edges, cut at the top and the bottom of a grid; level ones are left out, as they bound no area.</summary>
    public static EdgeBlocks<CoverageEdge> Read(GeoGrid grid, Geometry shape)
    {
        var edges = new List<CoverageEdge>();
        foreach (Polygon polygon in PolygonParts.Of(shape))
        {
            Add(grid, polygon.Shell, isHole: false, edges);
            foreach (LineString hole in polygon.Holes) Add(grid, hole, isHole: true, edges);
        }
        return new(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(edges),
            static edge => ((int)edge.Y0, (int)Math.Ceiling(edge.Y1)));
    }

    private static void Add(GeoGrid grid, LineString ring, bool isHole, List<CoverageEdge> edges)
    {
        CoordinateSequence vertices = ring.CoordinateSequence;
        if (vertices.Count == 0) return;

        // Anti-clockwise on the map, a ring has its inside to the right of the edges that run down.
        double down = Area.OfRingSigned(vertices) > 0 == isHole ? 1 : -1;
        (double x0, double y0) = grid.ToPixel(new(vertices.GetX(0), vertices.GetY(0)));
        for (int i = 1; i < vertices.Count; i++)
        {
            (double x1, double y1) = grid.ToPixel(new(vertices.GetX(i), vertices.GetY(i)));
            if (y0 < y1) Add(x0, y0, x1, y1, down);
            else Add(x1, y1, x0, y0, -down);
            (x0, y0) = (x1, y1);
        }

        void Add(double upperX, double upperY, double lowerX, double lowerY, double sign)
        {
            if (lowerY <= 0 || upperY >= grid.Height) return;
            double slope = (lowerX - upperX) / (lowerY - upperY), x = upperX, y = upperY;
            if (upperY < 0) (upperX, upperY) = (x - y * slope, 0);
            if (lowerY > grid.Height) (lowerX, lowerY) = (x + (grid.Height - y) * slope, grid.Height);
            if (lowerY > upperY) edges.Add(new(upperX, upperY, lowerX, lowerY, sign));
        }
    }
}
