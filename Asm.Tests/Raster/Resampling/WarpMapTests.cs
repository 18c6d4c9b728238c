using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;

namespace Asm.Tests.Raster.Resampling;

public sealed class WarpMapTests
{
    private static readonly GeoGrid Zone48 = new(10980, 10980, new(699960, 1900020), 10, 10, Crs.Utm(48, north: true));

    [Theory]
    [InlineData(32647)]
    [InlineData(4326)]
    [InlineData(3857)]
    public void Interpolated_positions_are_within_a_hundredth_of_a_pixel(int epsg)
    {
        GeoGrid target = GridProjection.Project(Zone48, Crs.FromEpsg(epsg));
        var map = new WarpMap(Zone48, target);
        CoordinateTransform exact = CoordinateTransform.Between(target.Crs!, Zone48.Crs!);
        PixelWindow tile = new(4096, 5120, 256, 256);
        var positions = new WarpMap.Position[256 * 256];
        map.Fill(tile, tile, positions);
        for (int row = 0; row < 256; row += 3)
            for (int column = 0; column < 256; column += 3)
            {
                (double c, double r) = Zone48.ToPixel(exact.Transform(target.ToMap(tile.Column + column + 0.5, tile.Row + row + 0.5)));
                WarpMap.Position found = positions[row * 256 + column];
                Assert.Equal(c, found.Column, WarpMap.MaxErrorPixels);
                Assert.Equal(r, found.Row, WarpMap.MaxErrorPixels);
            }
    }

    [Fact]
    public void Strong_curvature_is_split_until_it_is_straight_enough()
    {
        // Pixels of 20 km: half of Africa in one tile.
        GeoGrid source = new(400, 400, new(-20, 40), 0.2, 0.2, Crs.Wgs84), target = new(256, 256, new(-2000000, 4500000), 20000, 20000, Crs.Utm(33, north: true));
        var positions = new WarpMap.Position[256 * 256];
        new WarpMap(source, target).Fill(target.FullWindow, target.FullWindow, positions);
        CoordinateTransform exact = CoordinateTransform.Between(target.Crs!, source.Crs!);
        for (int i = 0; i < positions.Length; i += 7)
        {
            (double c, double r) = source.ToPixel(exact.Transform(target.ToMap(i % 256 + 0.5, i / 256 + 0.5)));
            Assert.Equal(c, positions[i].Column, 2 * WarpMap.MaxErrorPixels);
            Assert.Equal(r, positions[i].Row, 2 * WarpMap.MaxErrorPixels);
        }
    }

    [Fact]
    public void Pixels_without_a_position_are_NaN_and_their_neighbours_are_not_lost()
    {
        // Longitudes from 100 west to 120 east of zone 31's meridian: the plane ends about 150 degrees of transverse longitude away, on the equator.
        GeoGrid source = new(100, 100, new(0, 500000), 10000, 10000, Crs.Utm(31, north: true)), target = new(180, 4, new(3, 2), 1, 1, Crs.Wgs84);
        var positions = new WarpMap.Position[180 * 4];
        new WarpMap(source, target).Fill(target.FullWindow, target.FullWindow, positions);
        Assert.False(double.IsNaN(positions[0].Column));
        Assert.False(double.IsNaN(positions[70].Column));
        Assert.True(double.IsNaN(positions[89].Column));
    }

    [Fact]
    public void Longitudes_beyond_180_find_their_pixels()
    {
        GeoGrid source = new(20, 10, new(179, 0), 0.1, 0.1, Crs.Wgs84), target = new(100, 10, new(100000, 9999000), 1000, 1000, Crs.Utm(1, north: false));
        var positions = new WarpMap.Position[1000];
        new WarpMap(source, target).Fill(target.FullWindow, target.FullWindow, positions);
        MapPoint west = CoordinateTransform.Between(target.Crs!, Crs.Wgs84).Transform(target.ToMap(0.5, 0.5));
        Assert.InRange(west.X, 179, 180);
        Assert.Equal((west.X - 179) / 0.1, positions[0].Column, 0.01);
        MapPoint east = CoordinateTransform.Between(target.Crs!, Crs.Wgs84).Transform(target.ToMap(99.5, 0.5));
        Assert.InRange(east.X, -180, -179);
        Assert.Equal((east.X + 360 - 179) / 0.1, positions[99].Column, 0.01);
    }

    [Fact]
    public void A_position_does_not_depend_on_what_else_is_asked_for()
    {
        GeoGrid target = GridProjection.Project(Zone48, Crs.Wgs84);
        var map = new WarpMap(Zone48, target);
        PixelWindow tile = new(512, 512, 256, 256), wanted = new(600, 530, 17, 40);
        var all = new WarpMap.Position[256 * 256];
        var some = new WarpMap.Position[17 * 40];
        map.Fill(tile, tile, all);
        map.Fill(tile, wanted, some);
        for (int row = 0; row < 40; row++)
            for (int column = 0; column < 17; column++)
                Assert.Equal(all[(row + 18) * 256 + column + 88], some[row * 17 + column]);
    }
}
