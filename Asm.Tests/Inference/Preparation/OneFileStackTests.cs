using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation;

public sealed class OneFileStackTests
{
    [Fact]
    public void Named_bands_are_taken_by_name()
    {
        // The order of EuroSAT: B8A is the last of 13 bands.
        string[] names = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A"];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 12, 10, 11], ReadPixel(names));
    }

    [Fact]
    public void Short_names_are_understood() => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ReadPixel("B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B11", "B12"));

    [Fact]
    public void Ten_bands_without_names_are_in_the_order_of_the_method() => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ReadPixel("", "", "", "", "", "", "", "", "", ""));

    [Fact]
    public void Thirteen_bands_without_names_are_refused()
    {
        var error = Assert.Throws<AsmException>(() => ReadPixel([.. Enumerable.Repeat("", 13)]));
        Assert.StartsWith("stack.tif: has 13 bands whose names say nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_bands_are_refused() => Assert.Throws<AsmException>(() => ReadPixel("B04", "B03", "B02", "B08"));

    [Fact]
    public void Names_that_nobody_knows_are_not_taken_for_the_order_of_the_method() =>
        Assert.Throws<AsmException>(() => ReadPixel("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"));

    [Fact]
    public void Bands_that_a_person_names_are_taken_by_those_names() =>
        Assert.Equal([1, 0, 2, 3, 4, 5, 6, 7, 9, 10], ReadPixel(new() { Bands = "B03,B2,red,B05,B06,B07,B08,B8A,-,B11,B12" }, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]));

    [Fact]
    public void A_list_of_names_of_another_length_is_refused() =>
        Assert.Contains("`bands`: names 2 bands, but stack.tif has 10", Assert.Throws<SettingException>(() => ReadPixel(new() { Bands = "B02,B03" }, [.. Enumerable.Repeat("", 10)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_comes_twice_is_refused() =>
        Assert.Throws<AsmException>(() => ReadPixel("B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B11", "B12", "B02"));

    /// <summary>The positions that the ten bands of the stack come from.</summary>
    private static int[] ReadPixel(params string[] names) => ReadPixel(new(), names);

    private static int[] ReadPixel(StackRadiometry radiometry, string[] names)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("stack.tif"), "");
        var grid = new GeoGrid(1, 1, new(600000, 700000), 10, 10, Crs.FromEpsg(32630));
        var raster = new MemoryRaster<ushort>(grid, [.. names.Select(name => new BandInfo { Name = name })], [.. names.Select((_, i) => (ushort)(i + 1))], "stack.tif");
        using StackSource stack = StackAssembly.Open([folder.File("stack.tif")], radiometry, new BandOpener(new(), 0, null) { Replacement = _ => raster });
        ushort[] pixel = new ushort[10];
        stack.Read<ushort>(grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], pixel);
        return [.. pixel.Select(sample => sample - 1)];
    }
}
