using System.Security.Cryptography;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

public sealed class SafeProductTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_product_of_JPEG_2000_bands_and_GeoTIFF_bands_give_the_same_stack()
    {
        string product = SafeFolder.Write(_folder, jpeg2000: true), flat = SafeFolder.WriteFlat(_folder.File("flat"));
        using StackSource first = StackSource.Open([product]), second = StackSource.Open([flat], new() { Offset = -1000 });
        Assert.True(first.Info.Grid.IsSameAs(second.Info.Grid), first.Info.Grid.ToString());
        Assert.Equal(Jp2.ReadAll<ushort>(second), Jp2.ReadAll<ushort>(first));
        Assert.Equal(12, first.Files.Count);
    }

    [Fact]
    public void Offsets_quantification_and_all_that_the_metadata_say_are_taken()
    {
        using StackSource stack = StackSource.Open([SafeFolder.Write(_folder)]);
        ushort[] found = Jp2.ReadAll<ushort>(stack);
        using MemoryRaster<ushort> blue = SafeFolder.Band("B02");
        Assert.Equal([.. blue.Samples.Select(dn => (ushort)(dn == 0 ? 0 : Math.Max(1, dn - 1000)))], found[..2400]);
        ProductMetadata product = stack.Product!;
        Assert.Equal((SafeFolder.Name[..^5], ProductLevel.Level2A, "05.09", "30NWM"), (product.Name, product.Level, product.Baseline, product.Tile));
        Assert.Equal((12.5, 32.5, 138.25, "BOA_ADD_OFFSET of MTD_MSIL2A.xml", false), (product.CloudPercent, product.SunZenithDegrees, product.SunAzimuthDegrees, product.OffsetSource, product.IsOffsetRemoved));
        Assert.Empty(stack.Notices);
    }

    [Fact]
    public void The_offset_that_the_user_gives_goes_first_and_is_noted()
    {
        using StackSource stack = StackSource.Open([SafeFolder.Write(_folder)], new() { Offset = 0 });
        using MemoryRaster<ushort> blue = SafeFolder.Band("B02");
        Assert.Equal(blue.Samples, Jp2.ReadAll<ushort>(stack)[..2400]);
        Assert.Equal(["`offset` 0 is used; the product says -1000 (BOA_ADD_OFFSET of MTD_MSIL2A.xml)."], stack.Notices);
    }

    [Fact]
    public void Level_1C_is_taken_with_a_notice()
    {
        string root = SafeFolder.Write(_folder);
        File.Delete(Path.Combine(root, "MTD_MSIL2A.xml"));
        File.WriteAllText(Path.Combine(root, "MTD_MSIL1C.xml"), SafeFolder.ProductXml("1C"));
        using StackSource stack = StackSource.Open([root]);
        string notice = Assert.Single(stack.Notices);
        Assert.Contains("is a level 1C product", notice, StringComparison.Ordinal);
        Assert.Contains("Sen2Cor", notice, StringComparison.Ordinal);
        Assert.Equal("RADIO_ADD_OFFSET of MTD_MSIL1C.xml", stack.Product!.OffsetSource);
    }

    [Fact]
    public void A_baseline_with_an_offset_that_is_not_told_is_refused_until_the_user_tells()
    {
        string root = SafeFolder.Write(_folder, SafeFolder.ProductXml(offset: null));
        var error = Assert.Throws<AsmException>(() => StackSource.Open([root]));
        Assert.Contains("is of processing baseline 05.09, and its metadata do not tell the offset of B02", error.Message, StringComparison.Ordinal);
        using StackSource stack = StackSource.Open([root], new() { Offset = -1000 });
        Assert.Empty(stack.Notices);
    }

    [Fact]
    public void An_earlier_baseline_has_no_offset()
    {
        using StackSource stack = StackSource.Open([SafeFolder.Write(_folder, SafeFolder.ProductXml(baseline: "03.01", offset: null))]);
        using MemoryRaster<ushort> blue = SafeFolder.Band("B02");
        Assert.Equal(blue.Samples, Jp2.ReadAll<ushort>(stack)[..2400]);
    }

    [Fact]
    public void A_renamed_product_and_its_granule_are_products_too()
    {
        string root = SafeFolder.Write(_folder, name: "my scene");
        using (StackSource stack = StackSource.Open([root + "/"])) Assert.Equal("30NWM", stack.Product!.Tile);
        using (StackSource stack = StackSource.Open([Path.Combine(root, "GRANULE", SafeFolder.Granule)])) Assert.Equal("05.09", stack.Product!.Baseline);
    }

    [Fact]
    public void A_product_of_several_tiles_is_refused_with_their_names()
    {
        string root = SafeFolder.Write(_folder);
        Directory.CreateDirectory(Path.Combine(root, "GRANULE", "L2A_T30NXM", "IMG_DATA"));
        File.WriteAllText(Path.Combine(root, "GRANULE", "L2A_T30NXM", "IMG_DATA", "x.jp2"), "");
        var error = Assert.Throws<AsmException>(() => StackSource.Open([root]));
        Assert.Contains($"holds 2 tiles: {SafeFolder.Granule}, L2A_T30NXM", error.Message, StringComparison.Ordinal);
        using StackSource stack = StackSource.Open([Path.Combine(root, "GRANULE", SafeFolder.Granule)]);
    }

    [Fact]
    public void Missing_bands_metadata_and_folders_are_named()
    {
        string root = SafeFolder.Write(_folder), images = Path.Combine(root, "GRANULE", SafeFolder.Granule, "IMG_DATA", "R20m");
        File.Move(Path.Combine(images, "T30NWM_20230115T102341_B8A_20m.tif"), Path.Combine(images, "renamed.tif"));
        Assert.Contains("no file for B8A; found: B02 (T30NWM_20230115T102341_B02_10m.tif)", Assert.Throws<AsmException>(() => StackSource.Open([root])).Message, StringComparison.Ordinal);
        File.Move(Path.Combine(images, "renamed.tif"), Path.Combine(images, "T30NWM_20230115T102341_B8A_20m.tif"));
        File.Delete(Path.Combine(root, "MTD_MSIL2A.xml"));
        Assert.Contains("has no MTD_MSIL2A.xml or MTD_MSIL1C.xml", Assert.Throws<AsmException>(() => StackSource.Open([root])).Message, StringComparison.Ordinal);
        using (StackSource.Open([root], new() { Offset = -1000 })) { }
        Directory.Delete(Path.Combine(root, "GRANULE"), recursive: true);
        Assert.Contains("has no bands below GRANULE", Assert.Throws<AsmException>(() => StackSource.Open([root])).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("none.SAFE")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_from_before_December_2016_is_found_by_its_longer_names()
    {
        string root = SafeFolder.Write(_folder, name: "S2A_OPER_PRD_MSIL1C_PDMC_20160129T174538_R008_V20160129T103421_20160129T103421.SAFE");
        string granule = Path.Combine(root, "GRANULE", "S2A_OPER_MSI_L1C_TL_EPA__20160129T103421_A003150_T30NWM_N02.01"), images = Path.Combine(granule, "IMG_DATA");
        Directory.CreateDirectory(images);
        string old = Path.Combine(root, "GRANULE", SafeFolder.Granule);
        foreach (string band in Stacks.BandNames)
            File.Move(Directory.GetFiles(old, $"*_{band}_*.tif", SearchOption.AllDirectories).Single(), Path.Combine(images, $"S2A_OPER_MSI_L1C_TL_EPA__20160129T103421_A003150_T30NWM_{band}.tif"));
        File.Move(Path.Combine(old, "MTD_TL.xml"), Path.Combine(granule, "S2A_OPER_MTD_L1C_TL_EPA__20160129T103421_A003150_T30NWM.xml"));
        Directory.Delete(old, recursive: true);
        File.Delete(Path.Combine(root, "MTD_MSIL2A.xml"));
        File.WriteAllText(Path.Combine(root, "S2A_OPER_MTD_SAFL1C_PDMC_20160129T174538_R008_V20160129T103421_20160129T103421.xml"), SafeFolder.ProductXml("1C", "02.01", null));
        using StackSource stack = StackSource.Open([root]);
        Assert.Equal((ProductLevel.Level1C, "02.01", 0.0, 32.5), (stack.Product!.Level, stack.Product.Baseline, stack.Product.Offsets["B8A"], stack.Product.SunZenithDegrees));
    }

    [Fact]
    public void A_band_with_another_checksum_than_the_manifest_says_is_refused_and_nothing_is_written()
    {
        string root = SafeFolder.Write(_folder), band = Directory.GetFiles(root, "*_B11_20m.tif", SearchOption.AllDirectories).Single();
        string Sum(string algorithm, byte[] sum) => $"<x><byteStream><fileLocation href=\"./{Path.GetRelativePath(root, band).Replace('\\', '/')}\"/><checksum checksumName=\"{algorithm}\">{Convert.ToHexStringLower(sum)}</checksum></byteStream></x>";
#pragma warning disable CA5351 // MD5 is what the products carry.
        File.WriteAllText(Path.Combine(root, "manifest.safe"), Sum("MD5", MD5.HashData(File.ReadAllBytes(band))));
#pragma warning restore CA5351
        var options = new PrepareStage { Sources = [root], OutputPath = _folder.File("stack.tif"), Overwrite = true };
        options.Run();
        File.WriteAllText(Path.Combine(root, "manifest.safe"), Sum("SHA-256", SHA256.HashData([1])));
        File.Delete(_folder.File("stack.tif"));
        Assert.Contains("B11_20m.tif: has the SHA-256 checksum ", Assert.Throws<AsmException>(() => options.Run()).Message, StringComparison.Ordinal);
        Assert.Equal([SafeFolder.Name], _folder.Names);
    }

    [Fact]
    public void A_prepared_stack_still_tells_its_product_and_takes_no_offset_again()
    {
        string path = _folder.File("stack.tif");
        new PrepareStage { Sources = [SafeFolder.Write(_folder)], OutputPath = path }.Run();
        using (StackSource stack = StackSource.Open([path])) Assert.Equal(("30NWM", "05.09"), (stack.Product!.Tile, stack.Product.Baseline));
        Assert.Contains("its offset is gone", Assert.Throws<AsmException>(() => StackSource.Open([path], new() { Offset = -1000 })).Message, StringComparison.Ordinal);
    }
}
