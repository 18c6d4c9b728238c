using Asm.Raster.Projections;

namespace Asm.Raster.Grids;

/// <summary>Derives grids in other systems.</summary>
public static class GridProjection
{
    private const int SamplesPerSide = 64;

    /// <summary>A grid in another system that covers all of a grid.</summary>
    /// <param name="source">The grid to cover; it must have a CRS.</param>
    /// <param name="target">The system wanted.</param>
    /// <param name="pixelSize">
    /// The width and height of a pixel in units of the target. Null: between two projected systems the source's pixel width in metres, else
    /// the size that keeps the number of pixels along the diagonal.
    /// </param>
    /// <returns>
    /// A grid of square pixels whose edges lie at whole multiples of the pixel size, so that grids made with one size fit each other.
    /// </returns>
    /// <exception cref="AsmException">
    /// The grid has no CRS, reaches where the target has no coordinates, or would have more than 2^31 - 1 columns or rows.
    /// </exception>
    public static GeoGrid Project(GeoGrid source, Crs target, double? pixelSize = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (pixelSize is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(nameof(pixelSize), pixelSize, "must be above 0");
        Crs crs = source.RequireCrs($"grid {source}");
        MapBounds bounds = ProjectBounds(source, CoordinateTransform.Between(crs, target), target);
        double size = pixelSize ?? DefaultPixelSize(source, crs, bounds, target);

        // Rounding of the transform must not add a row or column of pixels that cover nothing.
        double tolerance = 1e-6;
        double west = Math.Floor(bounds.West / size + tolerance), east = Math.Ceiling(bounds.East / size - tolerance);
        double south = Math.Floor(bounds.South / size + tolerance), north = Math.Ceiling(bounds.North / size - tolerance);
        if (!(east - west <= int.MaxValue && north - south <= int.MaxValue))
            throw new AsmException($"grid {source}", $"would have {east - west:0} x {north - south:0} pixels of {size} in {target}",
                "at most 2147483647 columns and rows", "choose a larger pixel size");
        return new(Math.Max(1, (int)(east - west)), Math.Max(1, (int)(north - south)), new(west * size, north * size), size, size, target);
    }

    /// <summary>
    /// The extremes of a lattice of positions. Inner ones count too: a pole may lie inside. A granule's sides bulge less than a hundredth
    /// of a 10 m pixel between two of them.
    /// </summary>
    private static MapBounds ProjectBounds(GeoGrid source, CoordinateTransform transform, Crs target)
    {
        double centreX = transform.Transform(source.ToMap(source.Width / 2.0, source.Height / 2.0)).X;
        MapBounds bounds = new(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        for (int y = 0; y <= SamplesPerSide; y++)
            for (int x = 0; x <= SamplesPerSide; x++)
            {
                MapPoint from = source.ToMap((double)x / SamplesPerSide * source.Width, (double)y / SamplesPerSide * source.Height),
                    to = transform.Transform(from);
                if (!double.IsFinite(to.X) || !double.IsFinite(to.Y))
                    throw new AsmException($"grid {source}",
                        $"its position ({from.X:0.######}, {from.Y:0.######}) has no coordinates in {target}",
                        "a system that covers the whole grid", "choose another target CRS, or cut the raster", AsmErrorCode.Crs);

                // Across 180 degrees the longitudes go on, past 180, so that the grid stays in one piece.
                if (target.IsGeographic) to = to with { X = to.X - 360 * Math.Round((to.X - centreX) / 360) };
                bounds = bounds.Union(new(to.X, to.Y, to.X, to.Y));
            }
        return bounds;
    }

    private static double DefaultPixelSize(GeoGrid source, Crs crs, MapBounds bounds, Crs target)
    {
        if (crs.MetresPerUnit is { } from && target.MetresPerUnit is { } to) return source.PixelWidth * from / to;
        return double.Hypot(bounds.East - bounds.West, bounds.North - bounds.South) / double.Hypot(source.Width, source.Height);
    }
}
