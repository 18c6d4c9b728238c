using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Maps.Classes;

/// <summary>Grids whose pixels coincide though their extents differ.</summary>
internal static class GridAlignment
{
    /// <summary>Corners of pixels coincide where they differ by no more than this part of a pixel.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>
    /// Where the first pixel of a grid lies in another one, which may be outside of it; null where the pixels of the two do not coincide.
    /// </summary>
    public static PixelOffset? OffsetIn(GeoGrid target, GeoGrid grid)
    {
        bool sameCrs = target.Crs is null ? grid.Crs is null : target.Crs.IsSameAs(grid.Crs);
        if (!sameCrs || !Same(target.PixelWidth, grid.PixelWidth) || !Same(target.PixelHeight, grid.PixelHeight)) return null;
        (double column, double row) = target.ToPixel(grid.Origin);
        (double wholeColumn, double wholeRow) = (Math.Round(column), Math.Round(row));
        if (Math.Abs(column - wholeColumn) > Tolerance || Math.Abs(row - wholeRow) > Tolerance
            || Math.Abs(wholeColumn) > int.MaxValue / 2 || Math.Abs(wholeRow) > int.MaxValue / 2)
            return null;
        return new((int)wholeColumn, (int)wholeRow);
    }

    /// <summary>The extent of a grid as a window of another one with the same pixels.</summary>
    public static PixelWindow? WindowIn(GeoGrid target, GeoGrid grid) =>
        OffsetIn(target, grid) is { } at ? new(at.Column, at.Row, grid.Width, grid.Height) : null;

    /// <summary>The grid over all of some windows of a grid, which may reach beyond it.</summary>
    /// <exception cref="AsmException">The windows lie too far apart.</exception>
    public static GeoGrid Union(GeoGrid grid, IReadOnlyList<PixelWindow> windows)
    {
        int column = windows.Min(w => w.Column), row = windows.Min(w => w.Row);
        PixelWindow all = new(column, row, windows.Max(w => w.Right) - column, windows.Max(w => w.Bottom) - row);
        return all == grid.FullWindow ? grid : grid.Crop(all);
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= 1e-9 * a;
}
