using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Projections;

public sealed class GridProjectionTests
{
    private static readonly GeoGrid Granule = new(10980, 10980, new(699960, 1900020), 10, 10, Crs.Utm(48, north: true));

    [Fact]
    public void A_granule_keeps_its_pixel_size_in_the_next_zone_and_lies_on_multiples_of_it()
    {
        GeoGrid grid = GridProjection.Project(Granule, Crs.Utm(47, north: true));
        Assert.Equal((10.0, 10.0), (grid.PixelWidth, grid.PixelHeight));
        Assert.Equal(0, grid.Origin.X % 10);
        Assert.Equal(0, grid.Origin.Y % 10);
        Assert.Equal(32647, grid.Crs!.Epsg);
        CoordinateTransform transform = CoordinateTransform.Between(Granule.Crs!, grid.Crs);
        for (int i = 0; i <= 1000; i++)
            foreach ((double column, double row) in ((double, double)[])[(0, i / 1000.0), (1, i / 1000.0), (i / 1000.0, 0), (i / 1000.0, 1)])
            {
                (double x, double y) = grid.ToPixel(transform.Transform(Granule.ToMap(column * 10980, row * 10980)));
                Assert.InRange(x, -0.01, grid.Width + 0.01);
                Assert.InRange(y, -0.01, grid.Height + 0.01);
            }
    }

    [Fact]
    public void The_same_system_and_size_give_the_same_grid() => Assert.True(Granule.IsSameAs(GridProjection.Project(Granule, Crs.Utm(48, north: true))));

    [Fact]
    public void A_given_pixel_size_is_used()
    {
        GeoGrid grid = GridProjection.Project(Granule, Crs.FromEpsg(3857), 20);
        Assert.Equal(20, grid.PixelWidth);
        Assert.InRange(grid.Width, 5700, 6000);
    }

    [Fact]
    public void Degrees_keep_the_number_of_pixels_along_the_diagonal()
    {
        GeoGrid grid = GridProjection.Project(Granule, Crs.Wgs84);
        Assert.Equal(15528, double.Hypot(grid.Width, grid.Height), 4.0);
        Assert.InRange(grid.PixelWidth, 9.0e-5, 9.6e-5);
    }

    [Fact]
    public void Gdal_suggests_the_same_extent()
    {
        GeoGrid grid = GridProjection.Project(Granule, Crs.Utm(47, north: true));
        string script = "from osgeo import gdal,osr\nd=gdal.GetDriverByName('MEM').Create('',10980,10980,1)\nd.SetGeoTransform([699960,10,0,1900020,0,-10])\ns=osr.SpatialReference()\ns.ImportFromEPSG(32648)\nd.SetSpatialRef(s)\n"
            + "w=gdal.Warp('',d,format='VRT',dstSRS='EPSG:32647',xRes=10,yRes=10,targetAlignedPixels=True)\ng=w.GetGeoTransform()\nprint(int(g[0]),int(g[3]),w.RasterXSize,w.RasterYSize)";
        Assert.Equal(PeerTool.Run("/usr/bin/python3", "-c", script).Trim(), $"{grid.Origin.X} {grid.Origin.Y} {grid.Width} {grid.Height}");
    }

    [Fact]
    public void A_grid_across_180_degrees_stays_in_one_piece()
    {
        GeoGrid grid = GridProjection.Project(new(1000, 1000, new(810000, 8200000), 100, 100, Crs.Utm(60, north: false)), Crs.Wgs84);
        Assert.InRange(grid.Bounds.West, -180.2, -180);
        Assert.InRange(grid.Bounds.East, -179.2, -179);
    }

    [Fact]
    public void A_target_that_does_not_reach_is_refused()
    {
        var error = Assert.Throws<AsmException>(() => GridProjection.Project(new(360, 180, new(-180, 90), 1, 1, Crs.Wgs84), Crs.Utm(30, north: true)));
        Assert.Contains("has no coordinates in EPSG:32630", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_pixels_are_refused() =>
        Assert.Contains("at most 2147483647 columns", Assert.Throws<AsmException>(() => GridProjection.Project(Granule, Crs.Utm(47, north: true), 1e-5)).Message, StringComparison.Ordinal);
}
