using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Small rasters as other systems and grids see them.</summary>
internal static class Reprojected
{
    /// <summary>The raster itself where it lies in a system, else as that system sees it.</summary>
    public static MemoryRaster<T> In<T>(Crs crs, MemoryRaster<T> raster, ResamplingMethod method) where T : unmanaged, INumber<T> =>
        crs.IsSameAs(raster.Info.Grid.Crs) ? raster : On(GridProjection.Project(raster.Info.Grid, crs), raster, method);

    /// <summary>The raster on a grid.</summary>
    public static MemoryRaster<T> On<T>(GeoGrid grid, MemoryRaster<T> raster, ResamplingMethod method) where T : unmanaged, INumber<T>
    {
        if (grid.IsSameAs(raster.Info.Grid)) return raster;
        using var warped = new WarpedSource(raster, grid, method);
        var seen = new MemoryRaster<T>(warped.Info, name: raster.Name);
        warped.Read<T>(grid.FullWindow, [.. Enumerable.Range(0, warped.Info.Bands.Count)], seen.Samples);
        return seen;
    }
}
