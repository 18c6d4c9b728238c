using Asm.Analysis.Changes;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Changes;

public sealed class ChangeTests
{
    [Fact]
    public void A_code_keeps_every_pair_apart_and_no_data_wins()
    {
        (byte[][] changes, _, ChangeSummary summary) = Run([Map(1, 2, 3, 0, 1, 3), Map(1, 1, 1, 1, 0, 2)]);

        Assert.Equal([11, 21, 31, 0, 0, 32], changes[0]);
        Assert.Equal(new ChangeRow("vegetation", "mines", 31, 1, 0.01), summary.Tables[0].Single(r => r.Code == 31));
        Assert.Equal(new ChangeRow("no data", "no data", 0, 2, 0.02), summary.Tables[0][^1]);
        Assert.Equal(10, summary.Tables[0].Count);
    }

    [Fact]
    public void A_map_has_not_changed_from_itself()
    {
        var random = new Random(3);
        byte[] codes = [.. Enumerable.Range(0, 5000).Select(_ => (byte)random.Next(4))];

        (byte[][] changes, _, ChangeSummary summary) = Run([Map(codes), Map(codes)]);

        Assert.Equal(codes.Select(c => (byte)(11 * c)), changes[0]);
        Assert.All(summary.Tables[0], row => Assert.True(row.From == row.To || row.Pixels == 0));
    }

    [Fact]
    public void A_sequence_gives_neighbours_then_first_to_last_and_areas_of_each_season()
    {
        (byte[][] changes, _, ChangeSummary summary) = Run([Map(3, 3, 1), Map(1, 3, 2), Map(1, 1, 0)]);

        Assert.Equal([new SeasonPair(0, 1), new(1, 2), new(0, 2)], summary.Pairs);
        Assert.Equal([31, 33, 12], changes[0]);
        Assert.Equal([11, 31, 0], changes[1]);
        Assert.Equal([31, 31, 0], changes[2]);
        Assert.Equal([new AreaRow(3, "map", "mines", 1, 2, 0.02), new(3, "map", "built", 2, 0, 0), new(3, "map", "vegetation", 3, 0, 0), new(3, "map", "no data", 0, 1, 0.01)], summary.Areas.Skip(8));
    }

    [Theory]
    [InlineData(1, "3333", 1)]
    [InlineData(2, "3311", 1)]
    [InlineData(2, "3331", 1)]
    [InlineData(3, "1111", 1)]
    [InlineData(4, "1123", 1)]
    [InlineData(5, "3113", 1)]
    [InlineData(5, "1331", 1)]
    [InlineData(5, "3331", 2)]
    [InlineData(5, "1113", 2)]
    [InlineData(2, "3311", 2)]
    [InlineData(2, "3010", 1)]
    [InlineData(3, "0101", 1)]
    [InlineData(0, "0010", 1)]
    [InlineData(0, "0000", 1)]
    public void Persistence_tells_what_became_of_a_class(int expected, string seasons, int confirming)
    {
        byte[] codes = [.. seasons.Select(c => (byte)(c - '0'))];
        Assert.Equal(expected, Persistence.Of(codes, 1, confirming));
        (_, byte[] persistence, ChangeSummary summary) = Run([.. codes.Select(c => Map(c))], new() { ConfirmingSeasons = confirming });
        Assert.Equal([(byte)expected], persistence);
        Assert.Equal(1, summary.PersistencePixels[expected]);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(5, 1024)]
    public void Nothing_depends_on_threads_or_strips(int threads, int rows)
    {
        var random = new Random(5);
        ClassMap Random() => Map(new GeoGrid(300, 1100, new(600_000, 700_000), 10, 10, Crs.Utm(30, true)), [.. Enumerable.Range(0, 330_000).Select(_ => (byte)random.Next(4))]);
        ClassMap[] maps = [Random(), Random(), Random()];
        (byte[][] changes, byte[] persistence, ChangeSummary summary) = Run(maps);

        (byte[][] again, byte[] persistenceAgain, ChangeSummary summaryAgain) = Run(maps, run: new RunOptions { Threads = threads, MaxMemoryBytes = 300L * rows * 3 * 8 });

        Assert.Equal(changes, again);
        Assert.Equal(persistence, persistenceAgain);
        Assert.Equal(summary.Tables.SelectMany(t => t), summaryAgain.Tables.SelectMany(t => t));
        Assert.Equal(summary.Areas, summaryAgain.Areas);
    }

    [Fact]
    public void Colours_make_the_followed_class_stand_out_and_names_and_classes_are_written()
    {
        RasterInfo info = ChangeProducts.ChangeMap(Stacks.Grid(1, 1), ClassMap.DefaultClasses, 1, new Dictionary<string, string>());

        Assert.Equal(34, info.Colors.Count);
        Assert.Equal((Rgb.Parse("#d55e00"), Rgb.Parse("#d55e00"), Rgb.Parse("#7f3800"), Rgb.Parse("#0072b2")), (info.Colors[21], info.Colors[31], info.Colors[11], info.Colors[13]));
        Assert.Equal("vegetation to mines", info.ClassNames[31]);
        ClassMap map = ClassMap.Of(new MemoryRaster<byte>(info));
        Assert.True(map.IsChange);
        Assert.Equal([21, 31], map.Select("mines"));
    }

    [Fact]
    public void A_code_without_a_class_is_an_error_that_names_the_pixel() =>
        Refused("map: the pixel in column 2, row 0 has code 7, which is no class", Map(1, 1, 1), Map(1, 1, 7));

    [Fact]
    public void Maps_of_other_grids_are_refused_with_both_and_the_command_that_helps()
    {
        ClassMap shifted = Map(new GeoGrid(1, 1, new(600_010, 700_000), 10, 10, Crs.Utm(30, true)), [1]);
        string message = Refused("its grid differs from that of map", Map(1), shifted);
        Assert.Contains("asm mosaic map -o OUT.tif --rule first --crs EPSG:32630 --resolution 10 --bounds 600000,699990,600010,700000", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600_003.7, 10, "gdalwarp -t_srs EPSG:32630 -te 600000 699990 600010 700000 -tr 10 10 -r near map OUT.tif")]
    [InlineData(600_000, 20, "asm mosaic map -o OUT.tif --rule first --crs EPSG:32630 --resolution 10")]
    public void The_command_makes_the_pixels_of_the_first_map(double west, double size, string command)
    {
        string message = Refused("its grid differs from that of map", Map(1), Map(new GeoGrid(1, 1, new(west, 700_000), size, size, Crs.Utm(30, true)), [1]));
        Assert.Contains(command, message, StringComparison.Ordinal);
        Assert.Equal(5, message.Split('\n').Length);
        Assert.DoesNotContain(@"\u000a", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_is_gdalwarp_where_the_first_map_lies_on_no_multiples_of_its_pixels() =>
        Assert.Contains("gdalwarp -t_srs EPSG:32630 -te 600003.7 699990 600013.7 700000 -tr 10 10 -r near map OUT.tif",
            Refused("its grid differs", Map(new GeoGrid(1, 1, new(600_003.7, 700_000), 10, 10, Crs.Utm(30, true)), [1]),
                Map(new GeoGrid(1, 1, new(600_000, 700_000), 20, 20, Crs.Utm(30, true)), [1])), StringComparison.Ordinal);

    [Fact]
    public void A_map_of_another_grid_without_a_CRS_is_told_to_need_one() =>
        Refused("map: has no coordinate reference system, so areas are not known", Map(1), Map(new GeoGrid(2, 1, new(0, 0), 10, 10, null), [1, 1]));

    [Fact]
    public void Maps_in_degrees_or_of_no_place_have_no_hectares()
    {
        Refused("in degrees", [.. Enumerable.Repeat(Map(new GeoGrid(1, 1, new(0, 0), 0.1, 0.1, Crs.Wgs84), [1]), 2)]);
        Refused("no coordinate reference system", [.. Enumerable.Repeat(Map(new GeoGrid(1, 1, new(0, 0), 10, 10, null), [1]), 2)]);
    }

    [Fact]
    public void Maps_of_other_classes_maps_of_changes_and_too_many_classes_are_refused()
    {
        ClassMap Named(params string[] names) => Map(Stacks.Grid(1, 1), [1], names);
        Refused("its classes are 1 mines, 2 water, those of map are 1 mines, 2 built, 3 vegetation", Map(Stacks.Grid(1, 1), [1]), Named("no data", "mines", "water"));
        Refused("has codes up to 10", [.. Enumerable.Repeat(Named([.. Enumerable.Range(0, 11).Select(i => $"c{i}")]), 2)]);
        ClassMap change = ClassMap.Of(new MemoryRaster<byte>(ChangeProducts.ChangeMap(Stacks.Grid(1, 1), ClassMap.DefaultClasses, 1, new Dictionary<string, string>())));
        Refused("is a map of changes", change, change);
        Refused("1 maps", change);
    }

    [Fact]
    public void A_class_that_the_maps_lack_cannot_be_followed() =>
        Assert.Contains("has no class 'water'", Assert.Throws<AsmException>(() => Run([Map(1), Map(1)], new() { ClassName = "water" })).Message, StringComparison.Ordinal);

    private static string Refused(string expected, params ClassMap[] maps)
    {
        AsmException error = Assert.ThrowsAny<AsmException>(() =>
        {
            Change.RequireComparable(maps);
            Run(maps);
        });
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static ClassMap Map(params byte[] codes) => Map(new GeoGrid(codes.Length, 1, new(600_000, 700_000), 10, 10, Crs.Utm(30, true)), codes);

    private static ClassMap Map(GeoGrid grid, byte[] codes, string[]? names = null) =>
        ClassMap.Of(new MemoryRaster<byte>(new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }], ClassNames = names ?? [] }, codes, "map"));

    private static (byte[][] Changes, byte[] Persistence, ChangeSummary Summary) Run(ClassMap[] maps, ChangeOptions? options = null, RunOptions? run = null)
    {
        MemoryRaster<byte> Sink() => new(new RasterInfo { Grid = maps[0].Source.Info.Grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }] });
        MemoryRaster<byte>[] changes = [.. Change.Pairs(maps.Length).Select(_ => Sink())];
        MemoryRaster<byte> persistence = Sink();
        ChangeSummary summary = Change.Run(maps, new ChangeSinks { Changes = changes, Persistence = persistence }, options, run);
        return ([.. changes.Select(c => c.Samples)], persistence.Samples, summary);
    }
}
