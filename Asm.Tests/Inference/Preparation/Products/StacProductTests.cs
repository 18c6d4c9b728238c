using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

public sealed class StacProductTests : IDisposable
{
    private static readonly string[] Common = ["blue", "green", "red", "rededge1", "rededge2", "rededge3", "nir", "nir08", "swir16", "swir22"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Item(string properties, string? raster = "\"scale\":0.0001,\"offset\":-0.1", Func<int, string>? href = null, string links = "")
    {
        string Asset(string name, int i) => $"\"{name}\":{{\"href\":\"{href?.Invoke(i) ?? $"https://x/30/N/WM/{Stacks.BandNames[i]}.tif"}\",\"eo:bands\":[{{\"name\":\"{name}\"}}]" + (raster is null ? "" : $",\"raster:bands\":[{{{raster}}}]") + "}";
        return $$"""
            {"type":"Feature","stac_version":"1.0.0","id":"S2A_30NWM_20230115_0_L2A","links":[{{links}}],
             "properties":{"datetime":"2023-01-15T10:23:41.024Z","eo:cloud_cover":3.25,"view:sun_elevation":57.5,"view:sun_azimuth":130,"grid:code":"MGRS-30NWM","s2:product_type":"S2MSI2A"{{properties}} },
             "assets":{"visual":{"href":"https://x/TCI.tif","eo:bands":[{"name":"red"},{"name":"green"}]},
              {{string.Join(",", Common.Select(Asset))}} } }
            """;
    }

    private StackSource Open(string item, StackRadiometry? radiometry = null, Func<string, string>? fileName = null)
    {
        string folder = SafeFolder.WriteFlat(_folder.File("scene"), fileName);
        File.WriteAllText(Path.Combine(folder, "item.json"), item);
        return StackSource.Open([folder], radiometry);
    }

    private static void AssertBlue(StackSource stack, int offset)
    {
        using MemoryRaster<ushort> blue = SafeFolder.Band("B02");
        Assert.Equal([.. blue.Samples.Select(dn => (ushort)(dn == 0 ? 0 : Math.Max(1, dn + offset)))], Jp2.ReadAll<ushort>(stack)[..2400]);
    }

    [Fact]
    public void The_offsets_of_the_assets_are_removed()
    {
        using StackSource stack = Open(Item(",\"s2:processing_baseline\":\"05.09\",\"earthsearch:boa_offset_applied\":false"));
        AssertBlue(stack, -1000);
        ProductMetadata product = stack.Product!;
        Assert.Equal(("S2A_30NWM_20230115_0_L2A", ProductLevel.Level2A, "05.09", "30NWM", 10_000.0), (product.Name, product.Level, product.Baseline, product.Tile, product.Quantification));
        Assert.Equal((3.25, 32.5, 130.0, "raster:bands of the STAC item"), (product.CloudPercent, product.SunZenithDegrees, product.SunAzimuthDegrees, product.OffsetSource));
        Assert.EndsWith("item.json", stack.Files[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_that_was_removed_already_is_not_removed_again_and_that_is_recorded()
    {
        using StackSource stack = Open(Item(",\"s2:processing_baseline\":\"05.09\",\"earthsearch:boa_offset_applied\":true"));
        AssertBlue(stack, 0);
        Assert.Equal((true, "earthsearch:boa_offset_applied"), (stack.Product!.IsOffsetRemoved, stack.Product.OffsetSource));
        Assert.Contains("\"offsetRemoved\":true", stack.Info.Metadata["ASM_PRODUCT"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_offset_goes_before_a_flag_that_errs()
    {
        using StackSource stack = Open(Item(",\"earthsearch:boa_offset_applied\":true"), new() { Offset = -1000 });
        AssertBlue(stack, -1000);
        Assert.Contains("`offset` -1000 is used; the product says 0 (earthsearch:boa_offset_applied).", Assert.Single(stack.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_says_nothing_of_the_offset_of_its_baseline_is_refused()
    {
        var error = Assert.Throws<AsmException>(() => Open(Item(",\"s2:processing_baseline\":\"05.09\"", raster: null)));
        Assert.Contains("its metadata do not tell the offset of B02", error.Message, StringComparison.Ordinal);
        using StackSource earlier = Open(Item(",\"s2:processing_baseline\":\"02.14\"", raster: null));
        AssertBlue(earlier, 0);
    }

    [Fact]
    public void The_Planetary_Computer_hosts_the_numbers_of_ESA()
    {
        const string link = "{\"rel\":\"preview\",\"href\":\"https://planetarycomputer.microsoft.com/api/data/v1/item/map\"}";
        using StackSource stack = Open(Item(",\"s2:processing_baseline\":\"05.09\",\"s2:mgrs_tile\":\"30NWM\",\"s2:mean_solar_zenith\":31.5", raster: null, links: link));
        AssertBlue(stack, -1000);
        Assert.Equal((31.5, "Planetary Computer: ESA's numbers unchanged, baseline 05.09"), (stack.Product!.SunZenithDegrees, stack.Product.OffsetSource));
    }

    [Fact]
    public void Files_that_only_the_item_names_are_found_by_it()
    {
        using StackSource stack = Open(Item(",\"earthsearch:boa_offset_applied\":true", href: i => $"./{Common[i]}.tif"), fileName: band => Common[Array.IndexOf(Stacks.BandNames, band)] + ".tif");
        AssertBlue(stack, 0);
    }

    [Fact]
    public void The_item_itself_stands_for_its_folder()
    {
        using (Open(Item(",\"earthsearch:boa_offset_applied\":true"))) { }
        using StackSource stack = StackSource.Open([Path.Combine(_folder.File("scene"), "item.json")]);
        AssertBlue(stack, 0);
    }

    [Fact]
    public void XML_of_the_product_beside_the_bands_tells_what_the_item_does_not()
    {
        using (Open(Item(",\"s2:processing_baseline\":\"02.14\"", raster: null))) { }
        string folder = _folder.File("scene");
        File.WriteAllText(Path.Combine(folder, "MTD_MSIL2A.xml"), SafeFolder.ProductXml());
        File.WriteAllText(Path.Combine(folder, "item.json"), Item(",\"s2:processing_baseline\":\"05.09\"", raster: null));
        using (StackSource stack = StackSource.Open([folder])) AssertBlue(stack, -1000);
        File.Delete(Path.Combine(folder, "item.json"));
        using (StackSource stack = StackSource.Open([folder])) Assert.Equal("BOA_ADD_OFFSET of MTD_MSIL2A.xml", stack.Product!.OffsetSource);
    }

    [Fact]
    public void A_file_that_declares_another_offset_than_the_item_is_refused()
    {
        using (Open(Item(",\"earthsearch:boa_offset_applied\":true"))) { }
        string path = Path.Combine(_folder.File("scene"), "B02.tif");
        File.Delete(path);
        using (MemoryRaster<ushort> blue = SafeFolder.Band("B02"))
        using (CogSink sink = CogSink.Create(path, blue.Info with { Bands = [new BandInfo { Scale = 0.0001, Offset = -0.1 }] }))
        {
            sink.WriteRows<ushort>(40, blue.Samples);
            sink.Complete();
        }
        var error = Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("scene")]));
        Assert.Contains("declares the offset -1000, but the product's metadata say 0 (earthsearch:boa_offset_applied)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_JSON_is_passed_over_and_two_items_are_refused()
    {
        using (Open("{\"type\":\"FeatureCollection\"}")) { }
        string folder = _folder.File("scene");
        File.WriteAllText(Path.Combine(folder, "broken.json"), "{");
        using (StackSource stack = StackSource.Open([folder])) Assert.Null(stack.Product);
        Assert.Contains("is no STAC item", Assert.Throws<AsmException>(() => StackSource.Open([Path.Combine(folder, "broken.json")])).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "a.json"), Item(""));
        File.WriteAllText(Path.Combine(folder, "b.json"), Item(""));
        Assert.Contains("holds several STAC items: a.json, b.json", Assert.Throws<AsmException>(() => StackSource.Open([folder])).Message, StringComparison.Ordinal);
    }
}
