using System.Globalization;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>
/// Where the cells of a density lie among the pixels of the map. Distances are counted in half pixels, so that they are whole numbers: the
/// centre of a cell lies 2n + <see cref="Phase"/> half pixels from the centre of a pixel, with n the pixel's position less
/// <see cref="Centre"/> of the cell.
/// </summary>
/// <param name="Map">The grid of the map.</param>
/// <param name="Cells">The grid of the cells.</param>
/// <param name="Factor">Pixels along the side of a cell.</param>
/// <param name="PixelMetres">Side of a pixel.</param>
/// <param name="BandwidthPixels">The bandwidth.</param>
internal sealed record HeatmapGeometry(GeoGrid Map, GeoGrid Cells, int Factor, double PixelMetres, double BandwidthPixels)
{
    private const int MostFactor = 1000;

    /// <summary>1 where cell centres fall on corners of pixels, 0 where on centres.</summary>
    public int Phase => Factor % 2 == 0 ? 1 : 0;

    /// <summary>The pixel, or the pixel just behind the corner, at the centre of a row or column of cells.</summary>
    public int Centre(int cell) => cell * Factor + Factor / 2;

    /// <summary>Fits cells to a map.</summary>
    /// <exception cref="AsmException">The map is not in metres, its pixels are no squares, or the options do not fit it.</exception>
    public static HeatmapGeometry Of(IRasterSource map, HeatmapOptions options)
    {
        GeoGrid grid = map.Info.Grid;
        double metres = Ground.MetresPerUnit(map, "a density per km2");
        double pixel = grid.PixelWidth * metres;
        if (Math.Abs(grid.PixelWidth - grid.PixelHeight) > 1e-9 * grid.PixelWidth)
            throw new AsmException(map.Name,
                string.Create(CultureInfo.InvariantCulture, $"has pixels of {pixel} x {grid.PixelHeight * metres} m"),
                "square pixels", "warp it: gdalwarp -tr 10 10 -r near IN OUT");
        double factor = Math.Round(options.CellMetres / pixel);
        if (!(factor >= 1 && factor <= MostFactor && Math.Abs(factor * pixel - options.CellMetres) <= 1e-6 * options.CellMetres))
            throw new SettingException("cell",
                string.Create(CultureInfo.InvariantCulture, $"is {options.CellMetres} m, the pixels of {map.Name} are {pixel} m"),
                "1 to 1,000 times the pixel size", string.Create(CultureInfo.InvariantCulture, $"give for example `cell` {pixel * 10}"));
        double most = options.Kernel == HeatmapKernel.Gaussian ? GaussianPass.MostBandwidthPixels : DiscPass.MostBandwidthPixels;
        double bandwidth = options.BandwidthMetres / pixel;
        if (!(bandwidth >= 0.5 && bandwidth <= most))
            throw new SettingException("bandwidth",
                string.Create(CultureInfo.InvariantCulture, $"is {options.BandwidthMetres} m, {bandwidth:0.###} pixels of {map.Name}"),
                string.Create(CultureInfo.InvariantCulture, $"{0.5 * pixel} to {most * pixel} m"),
                "give another bandwidth, or first make the map coarser: gdalwarp -tr 100 100 -r mode IN OUT");
        return new(grid, grid.Coarsen((int)factor), (int)factor, pixel, bandwidth);
    }
}
