using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Maps.Classes;

public sealed class ClassMapTests
{
    [Fact]
    public void A_map_without_names_has_the_three_classes_of_the_method()
    {
        ClassMap map = Map([], null);

        Assert.Equal(["mines", "built", "vegetation"], map.Classes.Select(c => c.Name));
        Assert.Equal([1], map.Select("Mines"));
        Assert.Equal([3], map.Select("3"));
        Assert.Equal("no data", map.NameOf(0));
        Assert.Equal("code 4", map.NameOf(4));
    }

    [Fact]
    public void Names_of_the_file_count_and_unnamed_codes_are_no_classes()
    {
        ClassMap map = Map(["no data", "", "sand", "water"], null);

        Assert.Equal([new MapClass(2, "sand", new Rgb(2, 2, 2)), new MapClass(3, "water", new Rgb(3, 3, 3))], map.Classes);
        AsmException error = Assert.Throws<AsmException>(() => map.Select("mines"));
        Assert.Contains("sand, water", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_of_a_change_map_selects_what_is_new_and_a_change_only_itself()
    {
        ClassMap map = Map([], """["mines","built","vegetation"]""");

        Assert.Equal([21, 31], map.Select("mines"));
        Assert.Equal([31], map.Select("vegetation to mines"));
        Assert.Equal([11], map.Select("mines to mines"));
        Assert.Equal("built to vegetation", map.NameOf(23));
        Assert.Equal("code 41", map.NameOf(41));
    }

    [Theory]
    [InlineData("""["mines"]""")]
    [InlineData("""["a","b","c","d","e","f","g","h","i","j"]""")]
    [InlineData("""["a",""]""")]
    [InlineData("no json")]
    public void Unusable_names_of_changed_classes_are_refused(string list) => Assert.Throws<AsmException>(() => Map([], list));

    [Fact]
    public void Codes_of_changes_keep_every_pair_apart_and_no_data_wins()
    {
        Assert.Equal(9, Enumerable.Range(1, 3).SelectMany(a => Enumerable.Range(1, 3).Select(b => ChangeCode.Of(a, b))).Distinct().Count());
        Assert.Equal((31, 0, 0, 0), (ChangeCode.Of(3, 1), ChangeCode.Of(0, 1), ChangeCode.Of(3, 0), ChangeCode.Of(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChangeCode.Of(10, 1));
    }

    private static ClassMap Map(IReadOnlyList<string> names, string? changeClasses)
    {
        var info = new RasterInfo
        {
            Grid = new GeoGrid(2, 2, new(600000, 700000), 10, 10, Crs.FromEpsg(32630)),
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { NoData = 0 }],
            ClassNames = names,
            Colors = [new(0, 0, 0), new(1, 1, 1), new(2, 2, 2), new(3, 3, 3)],
            Metadata = changeClasses is null ? new Dictionary<string, string>() : new() { [ClassMap.ChangeClassesKey] = changeClasses },
        };
        return ClassMap.Of(new MemoryRaster<byte>(info));
    }
}
