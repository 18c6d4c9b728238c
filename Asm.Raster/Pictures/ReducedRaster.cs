using System.Numerics;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Pictures;

/// <summary>
/// Rasters at about the resolution of a picture, in memory. An overview of a GeoTIFF is read where it is fine enough. Memory follows the
/// picture and the raster's width.
/// </summary>
public static class ReducedRaster
{
    // A picture may be smaller than asked for by this share where that saves reading the whole raster.
    private const double EnoughOfSide = 0.8;

    /// <summary>Means over squares of pixels with data in all of the bands.</summary>
    /// <param name="source">The raster; it stays the caller's to dispose.</param>
    /// <param name="bands">Positions of the bands.</param>
    /// <param name="maxSide">The longer side of the result in pixels at most, 1 or more.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The bands with their names and scales; NaN means no data.</returns>
    /// <exception cref="AsmException">The raster cannot be read.</exception>
    public static MemoryRaster<float> Means(IRasterSource source,
        IReadOnlyList<int> bands, int maxSide, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bands);
        int[] wanted = [.. bands];
        return From(source, maxSide, wanted, reduced => Decimation.Average(reduced, wanted, maxSide, cancellation), float.NaN);
    }

    /// <summary>The most frequent code of a band in squares of pixels, of equally frequent ones the lowest.</summary>
    /// <param name="source">A raster of codes 0 to 255; it stays the caller's to dispose.</param>
    /// <param name="band">The position of the band.</param>
    /// <param name="maxSide">The longer side of the result in pixels at most, 1 or more.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One band; 0 means no data.</returns>
    /// <exception cref="AsmException">The raster cannot be read.</exception>
    public static MemoryRaster<byte> Modes(IRasterSource source, int band, int maxSide, CancellationToken cancellation = default) =>
        From(source, maxSide, [band], reduced => Decimation.Mode(reduced, band, maxSide, cancellation), (byte)0);

    private static MemoryRaster<T> From<T>(IRasterSource source, int maxSide,
        int[] bands, Func<IRasterSource, Decimation<T>> decimate, T noData)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSide);
        using IRasterSource? overview = BestOverview(source, maxSide);
        GeoGrid grid = (overview ?? source).Info.Grid;
        Decimation<T> small = decimate(overview ?? source);
        var samples = new T[small.Valid.Length * bands.Length];
        for (int band = 0, at = 0; band < bands.Length; band++)
            for (int i = 0; i < small.Valid.Length; i++, at++) samples[at] = small.Valid[i] != 0 ? small.Bands[band][i] : noData;
        return new MemoryRaster<T>(new RasterInfo
        {
            Grid = grid.Coarsen(Factor(Math.Max(grid.Width, grid.Height), maxSide)),
            SampleType = SampleTypes.Of<T>(),
            Bands = [.. bands.Select(band => source.Info.Bands[band] with { NoData = double.CreateChecked(noData) })],
        }, samples, source.Name);
    }

    /// <summary>The smallest overview that gives about the picture wanted; null where only the raster itself does.</summary>
    private static GeoTiffSource? BestOverview(IRasterSource source, int maxSide)
    {
        if (source is not GeoTiffSource file) return null;
        double enough = EnoughOfSide * Math.Min(maxSide, Math.Max(source.Info.Grid.Width, source.Info.Grid.Height));
        int[] sides = [.. file.Layout.OverviewSizes.Select(size => Math.Max(size.Width, size.Height))];
        int[] usable = [.. Enumerable.Range(0, sides.Length).Where(i => sides[i] > 0 && sides[i] / Factor(sides[i], maxSide) >= enough)];
        return usable.Length == 0 ? null : file.OpenOverview(usable.MinBy(i => sides[i]));
    }

    private static int Factor(int side, int maxSide) => (side + maxSide - 1) / maxSide;
}
