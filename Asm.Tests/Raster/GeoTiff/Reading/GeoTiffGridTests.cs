using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

public sealed class GeoTiffGridTests
{
    private static readonly GeoTiffOptions Utm30 = new() { Crs = Crs.Utm(30, north: true) };

    private static GeoGrid Grid(TiffBuilder tiff)
    {
        using var folder = new TempFolder();
        using GeoTiffSource source = GeoTiffSource.Open(tiff.Save(folder.File("a.tif")), Utm30);
        return source.Info.Grid;
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Scale_and_tiepoint_place_the_outer_corner(bool bigTiff, bool bigEndian)
    {
        GeoGrid grid = Grid(new TiffBuilder(bigTiff, bigEndian).SixPixels().Tag(33550, 12, 10, 20, 0).Tag(33922, 12, 1, 2, 0, 500_000, 700_000, 0));
        Assert.Equal(new GeoGrid(3, 2, new(499_990, 700_040), 10, 20, Utm30.Crs), grid);
    }

    [Fact]
    public void A_matrix_does_the_same() =>
        Assert.Equal(new GeoGrid(3, 2, new(500_000, 700_000), 10, 20, Utm30.Crs),
            Grid(new TiffBuilder().SixPixels().Tag(34264, 12, 10, 0, 0, 500_000, 0, -20, 0, 700_000, 0, 0, 0, 0, 0, 0, 0, 1)));

    [Fact]
    public void Positions_of_pixel_centres_are_shifted_by_half_a_pixel() =>
        Assert.Equal(new GeoGrid(3, 2, new(499_995, 700_010), 10, 20, Utm30.Crs),
            Grid(new TiffBuilder().SixPixels().Tag(33550, 12, 10, 20, 0).Tag(33922, 12, 0, 0, 0, 500_000, 700_000, 0).Tag(34735, 3, 1, 1, 0, 1, 1025, 0, 1, 2)));

    [Theory]
    [InlineData(10, 1, 0, -10, "the image is rotated")]
    [InlineData(10, 0, 0, 10, "its rows run from south to north")]
    [InlineData(-10, 0, 0, -10, "its columns run from east to west")]
    public void Images_that_are_not_north_up_are_refused(double a, double b, double d, double e, string found)
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().SixPixels().Tag(34264, 12, a, b, 0, 0, d, e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1).Save(folder.File("a.tif"));
        var error = Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(path));
        Assert.Equal($"{path}: {found}\n  expected: a north-up image: columns from west to east, rows from north to south\n  fix: warp it: gdalwarp IN.tif OUT.tif", error.Message);
    }

    [Fact]
    public void Control_points_alone_are_refused()
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().SixPixels().Tag(33922, 12, 0, 0, 0, 1, 1, 0, 3, 0, 0, 2, 1, 0).Save(folder.File("a.tif"));
        Assert.Contains("gdalwarp -t_srs", Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Pixel_sizes_that_are_no_size_are_refused(double size)
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().SixPixels().Tag(33550, 12, size, size, 0).Tag(33922, 12, 0, 0, 0, 0, 0, 0).Save(folder.File("a.tif"));
        Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(path));
    }

    [Theory]
    [InlineData(7, 5, 4, 3, 20.0, 20.0)]
    [InlineData(7, 5, 2, 2, 40.0, 40.0)]
    [InlineData(9, 9, 4, 4, 22.5, 22.5)]
    public void Overviews_whose_size_was_rounded_up_have_pixels_of_whole_multiples(int width, int height, int overviewWidth, int overviewHeight, double pixelWidth, double pixelHeight)
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().Image(width, height, 8, 1, 1, height, new byte[width * height]).Tag(33550, 12, 10, 10, 0).Tag(33922, 12, 0, 0, 0, 0, 0, 0)
            .Image(overviewWidth, overviewHeight, 8, 1, 1, overviewHeight, new byte[overviewWidth * overviewHeight]).Tag(254, 4, 1).Save(folder.File("a.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        using GeoTiffSource overview = source.OpenOverview(0);
        Assert.Equal((pixelWidth, pixelHeight), (overview.Info.Grid.PixelWidth, overview.Info.Grid.PixelHeight));
    }
}
