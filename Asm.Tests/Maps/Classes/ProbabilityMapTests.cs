using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Classes;

public sealed class ProbabilityMapTests
{
    [Fact]
    public void Names_of_bands_are_the_classes_and_unknown_ones_get_colours_of_a_palette()
    {
        ProbabilityMap map = ProbabilityMap.Of(Map<float>("water", "Mines", "sand"));

        Assert.Equal([new MapClass(1, "water", Rgb.Parse("#e69f00")), new MapClass(2, "Mines", Rgb.Parse("#d55e00")), new MapClass(3, "sand", Rgb.Parse("#cc79a7"))], map.Classes);
    }

    [Fact]
    public void Three_bands_without_names_are_the_classes_of_the_method() =>
        Assert.Equal(["mines", "built", "vegetation"], ProbabilityMap.Of(Map<float>("", "", "")).Classes.Select(c => c.Name));

    [Theory]
    [InlineData("has 1 band", "mines")]
    [InlineData("its bands are named: (no name), (no name)", "", "")]
    [InlineData("its bands are named: mines, (no name), built", "mines", "", "built")]
    [InlineData("its bands are named: mines, Mines", "mines", "Mines")]
    public void Bands_that_name_no_classes_are_refused(string expected, params string[] names) =>
        Assert.Contains(expected, Assert.Throws<AsmException>(() => ProbabilityMap.Of(Map<float>(names))).Message, StringComparison.Ordinal);

    [Fact]
    public void Integers_without_a_scale_need_the_sample_that_means_1()
    {
        MemoryRaster<byte> raster = Map<byte>("mines", "built");

        Assert.Contains("`full-scale`", Assert.Throws<AsmException>(() => ProbabilityMap.Of(raster)).Message, StringComparison.Ordinal);
        Assert.Equal(1, ProbabilityMap.Of(raster, 254).Scale.Of(254), 15);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilityMap.Of(raster, 0));
    }

    [Fact]
    public void A_scale_in_the_file_counts() =>
        Assert.Equal(0.4, ProbabilityMap.Of(new MemoryRaster<byte>(Stacks.Grid(1, 1), [new() { Name = "a", Scale = 0.01, Offset = -0.1 }, new() { Name = "b", Scale = 0.01, Offset = -0.1 }])).Scale.Of(50), 12);

    private static MemoryRaster<T> Map<T>(params string[] names) where T : unmanaged, System.Numerics.INumber<T> => new(Stacks.Grid(1, 1), [.. names.Select(n => new BandInfo { Name = n })]);
}
