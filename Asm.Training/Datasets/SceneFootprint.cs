using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Training.Datasets;

/// <summary>The ground that a scene covers, to be compared with that of scenes in other reference systems.</summary>
internal sealed class SceneFootprint
{
    // Scenes that share an edge do not overlap, however their numbers are rounded.
    private const double EdgePixels = 0.1;
    private readonly GeoGrid _grid;

    /// <summary>Places a scene; its grid must have a CRS.</summary>
    public SceneFootprint(GeoGrid grid)
    {
        _grid = grid;
        MapPoint[] corners = Corners(CoordinateTransform.Between(grid.Crs!, Crs.Wgs84), 0);
        Degrees = new MapBounds(corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
    }

    /// <summary>A rectangle of longitudes and latitudes around it.</summary>
    public MapBounds Degrees { get; }

    /// <summary>True where the two share ground.</summary>
    public bool Overlaps(SceneFootprint other)
    {
        if (Degrees.Intersect(other.Degrees).IsEmpty) return false;
        MapPoint[] theirs = _grid.Crs!.IsSameAs(other._grid.Crs)
            ? other.Corners(null)
            : other.Corners(CoordinateTransform.Between(other._grid.Crs!, _grid.Crs));
        return !Separated(Corners(null), theirs) && !Separated(theirs, Corners(null));
    }

    // The window of pixels of this scene that may show ground of another: a rectangle around it.
    internal PixelWindow WindowOf(SceneFootprint other)
    {
        (double Column, double Row)[] pixels = [.. (_grid.Crs!.IsSameAs(other._grid.Crs)
            ? other.Corners(null, 0)
            : other.Corners(CoordinateTransform.Between(other._grid.Crs!, _grid.Crs), 0)).Select(_grid.ToPixel)];
        int left = (int)Math.Clamp(Math.Floor(pixels.Min(p => p.Column) + EdgePixels), 0, _grid.Width),
            right = (int)Math.Clamp(Math.Ceiling(pixels.Max(p => p.Column) - EdgePixels), 0, _grid.Width);
        int top = (int)Math.Clamp(Math.Floor(pixels.Min(p => p.Row) + EdgePixels), 0, _grid.Height),
            bottom = (int)Math.Clamp(Math.Ceiling(pixels.Max(p => p.Row) - EdgePixels), 0, _grid.Height);
        return new PixelWindow(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }

    // Clockwise from the upper left.
    private MapPoint[] Corners(CoordinateTransform? transform, double inset = EdgePixels)
    {
        (double Column, double Row)[] corners =
            [(inset, inset), (_grid.Width - inset, inset), (_grid.Width - inset, _grid.Height - inset), (inset, _grid.Height - inset)];
        return [.. corners.Select(c => _grid.ToMap(c.Column, c.Row)).Select(p => transform?.Transform(p) ?? p)];
    }

    // Two convex shapes are apart where all of the second lies beyond one edge of the first.
    private static bool Separated(MapPoint[] first, MapPoint[] second)
    {
        for (int i = 0; i < first.Length; i++)
        {
            (MapPoint a, MapPoint b) = (first[i], first[(i + 1) % first.Length]);
            if (Array.TrueForAll(second, p => (b.X - a.X) * (p.Y - a.Y) - (b.Y - a.Y) * (p.X - a.X) >= 0)) return true;
        }

        return false;
    }
}
