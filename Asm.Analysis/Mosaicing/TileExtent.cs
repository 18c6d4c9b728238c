using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Analysis.Mosaicing;

/// <summary>Where a tile lies in another CRS or grid.</summary>
internal static class TileExtent
{
    /// <summary>
    /// Points along each side and across of which the positions are looked at: a side of 110 km bends by far less than a pixel between two.
    /// </summary>
    private const int Points = 64;

    /// <summary>The rectangle that contains a grid, in a CRS.</summary>
    /// <exception cref="AsmException">The grid has no position there.</exception>
    public static MapBounds BoundsIn(Crs crs, GeoGrid grid, string name)
    {
        if (grid.Crs!.IsSameAs(crs)) return grid.Bounds;
        CoordinateTransform transform = CoordinateTransform.Between(grid.Crs, crs);
        (double west, double south, double east, double north) =
            (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        for (int y = 0; y <= Points; y++)
            for (int x = 0; x <= Points; x++)
            {
                MapPoint point = transform.Transform(grid.ToMap((double)grid.Width * x / Points, (double)grid.Height * y / Points));
                if (double.IsNaN(point.X) || double.IsNaN(point.Y)) continue;
                (west, south, east, north) =
                    (Math.Min(west, point.X), Math.Min(south, point.Y), Math.Max(east, point.X), Math.Max(north, point.Y));
            }
        return east > west && north > south
            ? new(west, south, east, north)
            : throw new AsmException(name, $"has no place in {crs}", "tiles that the target's CRS can show",
                "give another `crs`, or leave this tile out", AsmErrorCode.Crs);
    }

    /// <summary>The pixels of a grid that a tile may cover.</summary>
    public static PixelWindow WindowIn(GeoGrid target, GeoGrid tile, string name)
    {
        MapBounds bounds = BoundsIn(target.Crs!, tile, name).Intersect(target.Bounds);
        if (bounds.IsEmpty) return default;
        (double left, double top) = target.ToPixel(new(bounds.West, bounds.North));
        (double right, double bottom) = target.ToPixel(new(bounds.East, bounds.South));
        (int column, int row) = ((int)Math.Floor(left), (int)Math.Floor(top));

        // The bounds are those of points: two pixels more hold whatever lies between these.
        return new PixelWindow(column, row, (int)Math.Ceiling(right) - column, (int)Math.Ceiling(bottom) - row)
            .Expand(2).Intersect(target.FullWindow);
    }
}
