using Asm.Analysis.Mosaicing;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Tests.Analysis.Mosaicing;

public sealed class MosaicGridTests
{
    private static readonly GeoGrid Zone30 = new(100, 100, new(800_000, 700_000), 10, 10, Crs.Utm(30, true));
    private static readonly GeoGrid Zone31 = new(100, 100, new(200_000, 700_000), 10, 10, Crs.Utm(31, true));

    [Fact]
    public void Most_tiles_decide_the_system_and_equal_numbers_the_first_name()
    {
        Assert.Equal(32631, Over(new(), Zone30, Zone31, Zone31).Crs!.Epsg);
        Assert.Equal(32630, Over(new(), Zone31, Zone30).Crs!.Epsg);
    }

    [Fact]
    public void Tiles_of_one_system_are_covered_exactly()
    {
        GeoGrid grid = Over(new(), Zone30, new(50, 20, new(800_980, 700_040), 10, 10, Crs.Utm(30, true)));
        Assert.Equal((148, 104, new MapPoint(800_000, 700_040)), (grid.Width, grid.Height, grid.Origin));
    }

    [Fact]
    public void Pixels_keep_the_corners_of_most_tiles_and_bounds_are_widened_to_them()
    {
        GeoGrid odd = new(10, 10, new(800_003, 700_003), 10, 10, Crs.Utm(30, true));
        Assert.Equal(new MapPoint(799_993, 700_003), Over(new(), odd, odd, Zone30).Origin);
        GeoGrid bounded = Over(new() { Bounds = new(800_015, 699_985, 800_031, 699_999) }, odd);
        Assert.Equal((2, 2, new MapPoint(800_013, 700_003)), (bounded.Width, bounded.Height, bounded.Origin));
    }

    [Fact]
    public void Another_resolution_has_its_corners_at_multiples()
    {
        GeoGrid grid = Over(new() { Resolution = 30 }, Zone30);
        Assert.Equal((34, 34, new MapPoint(799_980, 700_020), 30.0), (grid.Width, grid.Height, grid.Origin, grid.PixelWidth));
    }

    [Fact]
    public void A_system_that_no_tile_has_takes_metres_from_the_tiles_but_degrees_must_be_given()
    {
        Assert.Equal(10, Over(new() { Crs = Crs.Utm(29, true) }, Zone30).PixelWidth);
        Assert.Contains("give `resolution`", Refused(new() { Crs = Crs.Wgs84 }, Zone30), StringComparison.Ordinal);
        Assert.Equal(0.0001, Over(new() { Crs = Crs.Wgs84, Resolution = 0.0001 }, Zone30).PixelWidth);
    }

    [Fact]
    public void What_has_no_place_or_area_is_refused()
    {
        Assert.Contains("tile 0: has no coordinate reference system", Refused(new(), new GeoGrid(1, 1, new(0, 0), 10, 10, null)), StringComparison.Ordinal);
        Assert.Contains("have no area", Refused(new() { Bounds = new(10, 10, 0, 0) }, Zone30), StringComparison.Ordinal);
        Assert.Contains("give `bounds`", Refused(new() { Resolution = 0.0001 }, Zone30), StringComparison.Ordinal);
    }

    private static GeoGrid Over(MosaicGrid wanted, params GeoGrid[] tiles) => wanted.Over([.. tiles.Select((t, i) => ($"tile {i}", t))]);

    private static string Refused(MosaicGrid wanted, params GeoGrid[] tiles) => Assert.Throws<AsmException>(() => Over(wanted, tiles)).Message;
}
