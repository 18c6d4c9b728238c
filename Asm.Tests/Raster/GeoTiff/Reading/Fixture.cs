using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Raster.GeoTiff.Reading;

/// <summary>The small files of the folder Fixtures, which GDAL 3.6 wrote: 40 x 36 pixels of value 1000 (band + 1) + 41 row + column.</summary>
internal static class Fixture
{
    public const string ZstdMaskOverviews = "zstd-bigtiff-mask-overviews.tif";
    public const string LzwBigEndian = "lzw-big-endian-strips.tif";
    public const string DeflateFloat = "deflate-float-predictor3.tif";
    public const string PackBitsPalette = "packbits-palette-classes.tif";
    public const string SparseTiles = "sparse-tiles.tif";

    public static readonly PixelWindow All = new(0, 0, 40, 36);

    /// <summary>The files were written without a CRS; reading assumes one, so that these tests do not depend on GeoKeys.</summary>
    public static readonly GeoTiffOptions Options = new() { Crs = Crs.Utm(30, north: true) };

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Raster", "GeoTiff", "Reading", "Fixtures", name);

    public static GeoTiffSource Open(string name, GeoTiffOptions? options = null, int threads = 2) =>
        GeoTiffSource.Open(PathOf(name), options ?? Options, new() { Threads = threads });

    public static T[] Read<T>(IRasterSource source, PixelWindow window, params int[] bands) where T : unmanaged, System.Numerics.INumber<T>
    {
        var samples = new T[window.PixelCount * bands.Length];
        source.Read<T>(window, bands, samples);
        return samples;
    }

    public static double Ramp(int band, int row, int column) => 1000 * (band + 1) + 41 * row + column;
}
