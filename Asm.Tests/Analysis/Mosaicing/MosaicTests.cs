using Asm.Analysis.Mosaicing;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Analysis.Mosaicing;

public sealed class MosaicTests
{
    private static readonly Crs Zone30 = Crs.Utm(30, north: true);

    [Theory]
    [InlineData(MosaicRule.MaxClass, new byte[] { 1, 3, 2, 3 })]
    [InlineData(MosaicRule.First, new byte[] { 1, 2, 2, 3 })]
    [InlineData(MosaicRule.MaxProbability, new byte[] { 1, 3, 2, 3 })]
    public void Where_tiles_overlap_the_rule_decides_and_no_data_never(MosaicRule rule, byte[] expected)
    {
        // The tiles share their second and third pixel; the first tile has no data in its third, the second none in its second.
        MosaicTile first = Tile(0, [1, 2, 2], [200, 100, 90]), second = Tile(1, [3, 0, 3], [150, 0, 90]);

        Assert.Equal(expected, Run([first, second], rule));
    }

    [Fact]
    public void Of_equal_probabilities_the_lowest_code_wins() => Assert.Equal([2], Run([Tile(0, [3], [90]), Tile(0, [2], [90]), Tile(0, [1], [89])], MosaicRule.MaxProbability));

    [Fact]
    public void Probability_maps_compete_with_their_best_class()
    {
        GeoGrid grid = Grid(0, 2);
        MosaicTile Of(params float[] p) => MosaicTile.Of(ProbabilityMap.Of(new MemoryRaster<float>(grid, [.. ClassMap.DefaultClasses.Select(c => new BandInfo { Name = c.Name, NoData = -1 })], p)));

        Assert.Equal([2, 1], Run([Of(0.1f, -1, 0.5f, -1, 0.4f, -1), Of(0.4f, 0.4f, 0.2f, 0.4f, 0.4f, 0.2f)], MosaicRule.MaxProbability));
    }

    [Theory]
    [InlineData(MosaicRule.MaxClass)]
    [InlineData(MosaicRule.MaxProbability)]
    public void The_order_of_tiles_does_not_matter(MosaicRule rule)
    {
        var random = new Random(8);
        MosaicTile[] tiles = [.. Enumerable.Range(0, 6).Select(i =>
        {
            // Two of six tiles lie in the neighbouring zone, where zone 30's 832 km are 168 km east of the border.
            Crs crs = i < 4 ? Zone30 : Crs.Utm(31, true);
            var grid = new GeoGrid(90, 70, i < 4 ? new(832_000 + 200 * i, 700_100 - 130 * i) : new(168_500 + 100 * i, 700_500 - 60 * i), 10, 10, crs);
            byte[] codes = [.. Enumerable.Range(0, 6300).Select(_ => (byte)random.Next(4))], confidence = [.. codes.Select(c => c == 0 ? (byte)0 : (byte)random.Next(120, 125))];
            return MosaicTile.Of(Codes(grid, codes), Confidence(grid, confidence));
        })];
        GeoGrid target = new MosaicGrid().Over([.. tiles.Select((t, i) => ($"{i}", t.Map.Info.Grid))]);
        byte[] mosaic = Run(tiles, rule, target);

        for (int k = 0; k < 5; k++)
        {
            random.Shuffle(tiles);
            Assert.Equal(target, new MosaicGrid().Over([.. tiles.Select((t, i) => ($"{i}", t.Map.Info.Grid))]));
            Assert.Equal(mosaic, Run(tiles, rule, target));
        }
        Assert.Contains((byte)1, mosaic);
    }

    [Theory]
    [InlineData(1, 1L << 30)]
    [InlineData(5, 2L << 20)]
    public void Nothing_depends_on_threads_or_strips(int threads, long memory)
    {
        var random = new Random(9);
        MosaicTile Random(double x, double y, Crs crs) => MosaicTile.Of(Codes(new GeoGrid(400, 500, new(x, y), 10, 10, crs), [.. Enumerable.Range(0, 200_000).Select(_ => (byte)random.Next(4))]));
        MosaicTile[] tiles = [Random(832_000, 700_000, Zone30), Random(833_010, 698_000, Zone30), Random(169_000, 702_000, Crs.Utm(31, true))];
        GeoGrid target = new MosaicGrid().Over([.. tiles.Select((t, i) => ($"{i}", t.Map.Info.Grid))]);

        Assert.Equal(Run(tiles, MosaicRule.MaxClass, target), Run(tiles, MosaicRule.MaxClass, target, new RunOptions { Threads = threads, MaxMemoryBytes = memory }));
    }

    [Fact]
    public void A_pair_of_zones_leaves_no_gap_and_doubles_no_strip()
    {
        // One field of stripes about 100 m wide that follow meridians is drawn in both zones, 2 km on its own side of 0 degrees east and 300 m beyond.
        static byte Stripe(GeoGrid grid, int column, int row)
        {
            double longitude = CoordinateTransform.Between(grid.Crs!, Crs.Wgs84).Transform(grid.ToMap(column + 0.5, row + 0.5)).X;
            return (byte)(1 + ((int)Math.Floor(longitude * 1113) + 300) % 3);
        }
        double Border(Crs crs) => 10 * Math.Round(CoordinateTransform.Between(Crs.Wgs84, crs).Transform(new(0, 6)).X / 10);
        MosaicTile Draw(Crs crs, double fromBorder)
        {
            var grid = new GeoGrid(230, 60, new(Border(crs) + fromBorder, 663_900), 10, 10, crs);
            return MosaicTile.Of(Codes(grid, [.. Enumerable.Range(0, 230 * 60).Select(i => Stripe(grid, i % 230, i / 230))]));
        }
        MosaicTile west = Draw(Zone30, -2000), east = Draw(Crs.Utm(31, true), -300);
        double border = Border(Zone30);
        GeoGrid target = new MosaicGrid { Crs = Zone30, Bounds = new(border - 1900, 663_400, border + 1900, 663_800) }.Over([("west", west.Map.Info.Grid), ("east", east.Map.Info.Grid)]);

        byte[] mosaic = Run([west, east], MosaicRule.First, target);

        Assert.DoesNotContain((byte)0, mosaic);
        int differ = Enumerable.Range(0, mosaic.Length).Count(i => mosaic[i] != Stripe(target, i % target.Width, i / target.Width));
        // Nearest neighbours move a stripe's borders by half a pixel at most, and only where a tile was reprojected: a gap or a doubled strip would move all that follows.
        Assert.InRange(differ, 1, mosaic.Length / 20);
    }

    [Fact]
    public void The_highest_code_wins_only_where_that_is_vegetation()
    {
        string[] names = ["no data", "vegetation", "mines"];
        AsmException error = Assert.Throws<AsmException>(() => Run([Tile(0, [1], [1], names)], MosaicRule.MaxClass));
        Assert.Contains("its highest class is mines (1 vegetation, 2 mines), and where tiles overlap the highest would win over vegetation", error.Message, StringComparison.Ordinal);
        Assert.Contains("`rule` max-probability", error.Message, StringComparison.Ordinal);
        Assert.Equal([1], Run([Tile(0, [1], [1], names)], MosaicRule.First));
    }

    [Fact]
    public void Tiles_that_do_not_fit_are_refused()
    {
        Refused("its classes are 1 a, 2 b, those of", MosaicRule.First, Tile(0, [1], [1]), Tile(0, [1], [1], ["", "a", "b"]));
        Refused("its probabilities are not known", MosaicRule.MaxProbability, MosaicTile.Of(Codes(Grid(0, 1), [1])));
        Refused("has a pixel of code 255, which is no class", MosaicRule.MaxClass, Tile(0, [255], [1]));
        Refused("no map is given", MosaicRule.First);
        ClassMap change = ClassMap.Of(new MemoryRaster<byte>(new RasterInfo { Grid = Grid(0, 1), SampleType = SampleType.UInt8, Bands = [new()], Metadata = new Dictionary<string, string> { [ClassMap.ChangeClassesKey] = """["a","b"]""" } }));
        Assert.Contains("is a map of changes", Assert.Throws<AsmException>(() => MosaicTile.Of(change)).Message, StringComparison.Ordinal);
        Assert.Throws<GridMismatchException>(() => MosaicTile.Of(Codes(Grid(0, 1), [1]), Confidence(Grid(1, 1), [1])));
    }

    private static void Refused(string expected, MosaicRule rule, params MosaicTile[] tiles) =>
        Assert.Contains(expected, Assert.Throws<AsmException>(() => Run(tiles, rule, Grid(0, 1))).Message, StringComparison.Ordinal);

    private static GeoGrid Grid(int column, int width) => new(width, 1, new(600_000 + 10 * column, 700_000), 10, 10, Zone30);

    private static MosaicTile Tile(int column, byte[] codes, byte[] confidence, string[]? names = null) =>
        MosaicTile.Of(Codes(Grid(column, codes.Length), codes, names), Confidence(Grid(column, codes.Length), confidence));

    private static ClassMap Codes(GeoGrid grid, byte[] codes, string[]? names = null) =>
        ClassMap.Of(new MemoryRaster<byte>(new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }], ClassNames = names ?? [] }, codes));

    private static MemoryRaster<byte> Confidence(GeoGrid grid, byte[] samples) => new(grid, [new() { NoData = 0, Scale = 1.0 / 255 }], samples);

    private static byte[] Run(MosaicTile[] tiles, MosaicRule rule, GeoGrid? grid = null, RunOptions? run = null)
    {
        grid ??= new MosaicGrid().Over([.. tiles.Select((t, i) => ($"{i}", t.Map.Info.Grid))]);
        var sink = new MemoryRaster<byte>(new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }] });
        Mosaic.Run(tiles, sink, rule, run);
        return sink.Samples;
    }
}
