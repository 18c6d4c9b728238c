using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Pictures;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Pictures;

/// <summary>Rasters made smaller in memory.</summary>
public sealed class ReducedRasterTests
{
    [Fact]
    public void Means_leave_out_pixels_without_data()
    {
        using var folder = new TempFolder();
        CodeMaps.Raster(4, [1, 3, 0, 0, 5, 7, 0, 0, 0, 8, 2, 2, 0, 0, 2, 2]).Save(folder.File("map.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(folder.File("map.tif"));
        MemoryRaster<float> small = ReducedRaster.Means(source, [0], 2, TestContext.Current.CancellationToken);
        Assert.Equal([4f, float.NaN, 8f, 2f], small.Samples);
        Assert.Equal(new GeoGrid(2, 2, new(600_000, 700_020), 20, 20, Crs.Utm(30, north: true)), small.Info.Grid);
        Assert.Equal("class", small.Info.Bands[0].Name);
    }

    [Fact]
    public void Modes_are_the_most_frequent_codes()
    {
        using var folder = new TempFolder();
        CodeMaps.Raster(4, [1, 3, 0, 0, 3, 2, 0, 0, 2, 1, 0, 0, 1, 2, 0, 3]).Save(folder.File("map.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(folder.File("map.tif"));
        Assert.Equal([3, 0, 1, 3], ReducedRaster.Modes(source, 0, 2, TestContext.Current.CancellationToken).Samples);
    }

    [Theory]
    [InlineData(2048, 2048)]
    [InlineData(1024, 1024)]
    [InlineData(600, 512)]
    [InlineData(700, 683)]
    public void The_side_is_at_most_the_one_asked_for_and_near_it(int maxSide, int side)
    {
        using var folder = new TempFolder();
        var codes = new byte[2048 * 2048];
        Array.Fill(codes, (byte)3);
        CodeMaps.Raster(2048, codes).Save(folder.File("map.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(folder.File("map.tif"));
        Assert.Equal((1024, 1024), source.Layout.OverviewSizes[0]);
        MemoryRaster<byte> small = ReducedRaster.Modes(source, 0, maxSide, TestContext.Current.CancellationToken);
        Assert.Equal((side, side), (small.Info.Grid.Width, small.Info.Grid.Height));
        Assert.All(small.Samples, code => Assert.Equal(3, code));
        Assert.Equal(source.Info.Grid.Origin, small.Info.Grid.Origin);
    }
}
