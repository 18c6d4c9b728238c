using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Raster.Grids;

public sealed class GroundAreaTests
{
    private static readonly Asm.Raster.Projections.Crs Utm30 = Asm.Raster.Projections.Crs.Utm(30, north: true);

    // 100 / k^2 with k by Snyder (1987), eq. 8-11, at the position that PROJ gives the centre of the pixel.
    [Theory]
    [InlineData(500_000, 700_020, 100.08004802555084)]
    [InlineData(600_000, 700_020, 100.05526663663832)]
    [InlineData(833_000, 1_200_020, 99.80580983733269)]
    [InlineData(300_000, 50_020, 99.9809701799408)]
    public void A_UTM_pixel_has_the_nominal_area_over_the_square_of_the_scale_factor(double west, double north, double expected)
    {
        Assert.Equal(1, new GroundArea(new GeoGrid(1, 1, new(west, north), 10, 10, Utm30)).OfPixel(0, 0) / expected, 1e-9);

        // Interpolated between nodes, deep in a grid.
        var grid = new GeoGrid(400, 300, new(west - 1370, north + 1930), 10, 10, Utm30);
        Assert.Equal(1, new GroundArea(grid).OfPixel(137, 193) / expected, 1e-7);
    }

    [Fact]
    public void The_whole_ellipsoid_has_the_published_area()
    {
        // WGS 84: 510,065,621.724 km2 (NIMA TR8350.2 gives the authalic radius as 6,371,007.1809 m).
        var grid = new GeoGrid(360, 180, new(-180, 90), 1, 1, Asm.Raster.Projections.Crs.Wgs84);
        Assert.Equal(1, new PolygonArea(grid.Crs!).Of(Box(-180, -90, 180, 90)) / 5.10065621724e14, 1e-11);
    }

    [Theory]
    [InlineData(32630, 700_000, 600_000, 10.0)]
    [InlineData(4326, -2.0, 6.0, 0.0001)]
    [InlineData(3857, -200_000, 700_000, 10.0)]
    public void Pixels_add_up_to_the_polygon_around_them(int epsg, double west, double north, double pixel)
    {
        var grid = new GeoGrid(150, 170, new(west, north), pixel, pixel, Asm.Raster.Projections.Crs.FromEpsg(epsg));
        var ground = new GroundArea(grid);
        double sum = 0;
        for (int row = 0; row < 170; row++)
            for (int column = 0; column < 150; column++) sum += ground.OfPixel(column, row);
        MapBounds bounds = grid.Bounds;
        Assert.Equal(1, sum / new PolygonArea(grid.Crs!).Of(Box(bounds.West, bounds.South, bounds.East, bounds.North)), 1e-7);
    }

    [Fact]
    public void Holes_are_taken_out()
    {
        var ground = new PolygonArea(Utm30);
        double whole = ground.Of(Box(600_000, 690_000, 610_000, 700_000)), hole = ground.Of(Box(602_000, 692_000, 605_000, 695_000));
        Assert.Equal(1, (whole - hole) / ground.Of(Box(600_000, 690_000, 610_000, 700_000).Difference(Box(602_000, 692_000, 605_000, 695_000))), 1e-9);
    }

    [Fact]
    public void A_grid_without_CRS_is_refused() =>
        Assert.Contains("has no coordinate reference system", Assert.Throws<AsmException>(() => new GroundArea(new GeoGrid(1, 1, new(0, 0), 1, 1, null))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_run_stops_it() => Assert.Throws<OperationCanceledException>(() =>
        new GroundArea(new GeoGrid(1, 1, new(600_000, 700_000), 10, 10, Utm30), new() { Cancellation = new CancellationToken(canceled: true) }));
}
