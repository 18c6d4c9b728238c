using System.IO.Compression;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

/// <summary>Products as people have them on their disks.</summary>
public sealed class FoundProductTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ushort[] Read(params string[] sources)
    {
        using StackSource stack = StackSource.Open(sources);
        return Jp2.ReadAll<ushort>(stack);
    }

    private static string Refused(params string[] sources) => Assert.ThrowsAny<AsmException>(() => StackSource.Open(sources).Dispose()).Message;

    [Theory]
    [InlineData("X")]
    [InlineData(SafeFolder.Name + "/inner")]
    [InlineData("a/b")]
    public void A_product_inside_of_other_folders_is_found(string around)
    {
        string root = SafeFolder.Write(_folder), parent = _folder.File("outer/" + around);
        ushort[] expected = Read(root);
        Directory.CreateDirectory(parent);
        Directory.Move(root, Path.Combine(parent, SafeFolder.Name));
        Assert.Equal(expected, Read(_folder.File("outer")));
    }

    [Fact]
    public void Two_products_in_a_folder_are_named()
    {
        Directory.CreateDirectory(_folder.File("both"));
        foreach (string name in new[] { "a.SAFE", "b.SAFE" }) Directory.Move(SafeFolder.Write(_folder, name: name), _folder.File("both/" + name));
        Assert.Contains("both: holds 2 products: a.SAFE, b.SAFE", Refused(_folder.File("both")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_is_named_by_its_own_files_and_folders()
    {
        string root = SafeFolder.Write(_folder), granule = Path.Combine(root, "GRANULE", SafeFolder.Granule);
        File.WriteAllText(Path.Combine(root, "INSPIRE.xml"), "<a/>");
        File.WriteAllText(Path.Combine(root, "manifest.safe"), "<a/>");
        ushort[] expected = Read(root);
        string[] ways =
        [
            Path.Combine(root, "MTD_MSIL2A.xml"), Path.Combine(root, "INSPIRE.xml"), Path.Combine(root, "manifest.safe"), Path.Combine(granule, "MTD_TL.xml"),
            Path.Combine(granule, "IMG_DATA"), Path.Combine(granule, "IMG_DATA", "R10m"), Path.Combine(root, "GRANULE"),
        ];
        foreach (string way in ways) Assert.Equal(expected, Read(way));
        Assert.Equal(expected, Read([.. Directory.EnumerateFiles(Path.Combine(granule, "IMG_DATA"), "*_B*.tif", SearchOption.AllDirectories)]));
        string name = SafeFolder.Name[..^".SAFE".Length];
        Assert.Equal(name, Scene.NameOf(Path.Combine(root, "MTD_MSIL2A.xml")));
        Assert.Equal(SafeFolder.Granule, Scene.NameOf(Path.Combine(granule, "IMG_DATA")));
        Assert.Equal(name, Scene.NameOf(Path.Combine(root, "GRANULE")));
    }

    [Fact]
    public void The_folder_of_granules_is_the_product_around_it()
    {
        string root = SafeFolder.Write(_folder, jpeg2000: true), granules = Path.Combine(root, "GRANULE");
        Assert.Equal(Read(root), Read(granules));
        File.WriteAllText(Path.Combine(granules, "notes.txt"), "");
        Assert.Equal(Read(root), Read(granules));
        // Without the metadata above it there is no offset, as without them in the product.
        File.Delete(Path.Combine(root, "MTD_MSIL2A.xml"));
        Assert.Contains("has no MTD_MSIL2A.xml", Refused(granules), StringComparison.Ordinal);
    }

    [Fact]
    public void Band_files_of_two_products_are_refused_and_both_are_named()
    {
        string old = SafeFolder.Name.Replace("N0509", "N0214", StringComparison.Ordinal);
        SafeFolder.Write(_folder, SafeFolder.ProductXml(baseline: "02.14", offset: null), name: old);
        SafeFolder.Write(_folder);
        string[] Files(string product, string metres) => [.. Directory.EnumerateFiles(Path.Combine(_folder.File(product), "GRANULE", SafeFolder.Granule, "IMG_DATA", metres)).Order(StringComparer.Ordinal)];
        string[] fine = Files(old, "R10m"), coarse = Files(SafeFolder.Name, "R20m");
        Assert.Equal($"{coarse[0]}: is of the product {SafeFolder.Name}, and {Path.GetFileName(fine[0])} of {old}\n  expected: bands of one product\n  fix: give the files of one product", Refused([.. fine, .. coarse]));
        Assert.Equal(Read(_folder.File(old)), Read([.. fine, .. Files(old, "R20m")]));
    }

    [Fact]
    public void Band_files_whose_names_tell_two_dates_are_refused()
    {
        static string NameOf(string band) => $"T30NWM_{(band is "B11" or "B12" ? "20230120" : "20230115")}T102341_{band}.tif";
        Assert.Equal($"{_folder.File("flat")}: T30NWM_20230120T102341_B11.tif is of tile 30NWM, 2023-01-20 10:23 UTC, and T30NWM_20230115T102341_B02.tif of tile 30NWM, 2023-01-15 10:23 UTC\n"
            + "  expected: bands of one product\n  fix: give the files of one product", Refused(SafeFolder.WriteFlat(_folder.File("flat"), NameOf)));
    }

    [Fact]
    public void Single_files_have_the_offset_of_the_metadata_beside_them()
    {
        string flat = SafeFolder.WriteFlat(_folder.File("flat"));
        string[] files = [.. Directory.EnumerateFiles(flat, "*.tif")];
        ushort[] plain = Read(files);
        File.WriteAllText(Path.Combine(flat, "MTD_MSIL2A.xml"), SafeFolder.ProductXml());
        ushort[] removed = Read(files);
        Assert.Equal(Read(flat), removed);
        Assert.NotEqual(plain, removed);
    }

    [Fact]
    public void What_a_Mac_leaves_beside_files_is_passed_over()
    {
        string root = SafeFolder.Write(_folder);
        ushort[] expected = Read(root);
        foreach (string file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, "._" + Path.GetFileName(file)), "Mac OS X");
        Assert.Equal(expected, Read(root));
    }

    [Theory]
    [InlineData("Downloads/p.SAFE/", "p.zip")]
    [InlineData("p.SAFE/p.SAFE/", "p.zip")]
    [InlineData("renamed/", "p.zip")]
    [InlineData("p.SAFE/", "p.SAFE")]
    [InlineData("p.SAFE/", "$value")]
    public void A_zip_file_is_taken_however_it_was_packed_and_called(string prefix, string name)
    {
        Jp2.RequireDecoder();
        string root = SafeFolder.Write(_folder, jpeg2000: true), zip = _folder.File(name);
        ushort[] expected = Read(root);
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Create))
            foreach (string file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            {
                string inside = Path.GetRelativePath(root, file).Replace('\\', '/');
                archive.CreateEntryFromFile(file, prefix + inside);
                archive.CreateEntry($"__MACOSX/{prefix}{Path.GetDirectoryName(inside)}/._{Path.GetFileName(inside)}");
            }
        Assert.True(StackSource.IsProduct(zip));
        Assert.Equal(expected, Read(zip));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<n1:Level-2A_User_Prod")]
    public void Empty_and_cut_metadata_are_made_up_for_by_the_offset(string xml)
    {
        string whole = SafeFolder.Write(_folder), root = SafeFolder.Write(_folder, name: "q.SAFE");
        File.WriteAllText(Path.Combine(root, "MTD_MSIL2A.xml"), xml);
        Assert.Throws<AsmException>(() => StackSource.Open([root]));
        using StackSource stack = StackSource.Open([root], new() { Offset = -1000 });
        Assert.Equal(Read(whole), Jp2.ReadAll<ushort>(stack));
        Assert.Equal("30NWM", stack.Product!.Tile);
    }

    [Fact]
    public void Amazons_note_of_a_tile_tells_what_its_product_is()
    {
        ProductMetadata told = TileInfo.TryRead("""{"timestamp": "2023-01-15T10:33:00Z", "productName": "S2A_MSIL1C_20230115T102341_N0509_R065_T30NWM_20230115T163702"}"""u8.ToArray())!;
        Assert.Equal((ProductLevel.Level1C, "05.09", "30NWM", 10), (told.Level, told.Baseline, told.Tile, told.SensingTime!.Value.Hour));
        ProductMetadata strip = TileInfo.TryRead("""{"datastrip": {"id": "S2B_OPER_MSI_L2A_DS_2BPS_20190520T152439_S20190520T035000_N02.12"}}"""u8.ToArray())!;
        Assert.Equal("02.12", strip.Baseline);
        Assert.Null(TileInfo.TryRead("[1]"u8.ToArray()));
        Assert.Null(TileInfo.TryRead("{"u8.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_metadata_of_a_tile_tell_the_offset_of_ESAs_numbers_and_no_other(bool jpeg2000)
    {
        string root = SafeFolder.Write(_folder, jpeg2000: jpeg2000), flat = _folder.File("0");
        Directory.Move(Path.Combine(root, "GRANULE", SafeFolder.Granule, "IMG_DATA"), flat);
        File.WriteAllText(Path.Combine(flat, "metadata.xml"), SafeFolder.TileXml());
        if (!jpeg2000)
        {
            Assert.Contains("is of processing baseline 05.09, and its metadata do not tell the offset", Refused(flat), StringComparison.Ordinal);
            return;
        }
        using StackSource stack = StackSource.Open([flat], new() { NoData = 0 });
        Assert.Equal(-1000, stack.Product!.Offsets["B8A"]);
        Assert.Equal("30NWM", stack.Product.Tile);
        Assert.Contains("-1000 is used", Assert.Single(stack.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_of_one_export_of_Earth_Engine_are_named_with_a_way_to_join_them()
    {
        string[] tiles = [_folder.File("ee/S2-0000000000-0000000000.tif"), _folder.File("ee/S2-0000000000-0000007680.tif")];
        Directory.CreateDirectory(_folder.File("ee"));
        foreach (string tile in tiles) Stacks.Write(tile, 8, 8);
        string stem = _folder.File("ee/S2");
        foreach (string message in new[] { Refused(tiles), Refused(_folder.File("ee")) })
            Assert.Contains($"gdalwarp {stem}-*.tif {stem}.tif", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_virtual_raster_is_called_one()
    {
        File.WriteAllText(_folder.File("a.vrt"), "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>");
        Assert.Contains($"gdal_translate {_folder.File("a.vrt")} OUT.tif", Refused(_folder.File("a.vrt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("system.prj")]
    public void The_CRS_of_metadata_is_no_path(string text)
    {
        File.WriteAllText(_folder.File("system.prj"), Asm.Raster.Projections.Crs.FromEpsg(32630).Wkt);
        string root = SafeFolder.Write(_folder), xml = Path.Combine(root, "GRANULE", SafeFolder.Granule, "MTD_TL.xml");
        string path = text.StartsWith('/') ? text : _folder.File(text);
        File.WriteAllText(xml, SafeFolder.TileXml().Replace("EPSG:32630", path, StringComparison.Ordinal));
        Assert.Contains($"MTD_TL.xml: names its CRS '{path}'", Refused(root), StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_too_many_or_too_deep_elements_are_refused()
    {
        byte[] Text(string inside) => System.Text.Encoding.ASCII.GetBytes($"<a>{inside}</a>");
        Assert.Contains("XML nodes", Assert.Throws<AsmException>(() => ProductText.ParseXml(Text(string.Concat(Enumerable.Repeat("<b/>", 600_000))), "f")).Message, StringComparison.Ordinal);
        Assert.Contains("XML nodes", Assert.Throws<AsmException>(() => ProductText.ParseXml(Text(string.Concat(Enumerable.Repeat("<b>", 70)) + string.Concat(Enumerable.Repeat("</b>", 70))), "f")).Message, StringComparison.Ordinal);
        ProductText.ParseXml(Text(string.Concat(Enumerable.Repeat("<b/>", 100_000))), "f");
    }

    [Theory]
    [InlineData("cases/products/unz")]
    [InlineData("cases/products/unz2/S2C_MSIL2A_20250825T034541_N0511_R104_T48QUE_20250825T080818.SAFE")]
    [InlineData("cases/products/nested.zip")]
    [InlineData("cases/products/mac/S2C_MSIL2A_20250825T034541_N0511_R104_T48QUE_20250825T080818.SAFE")]
    public void Real_layouts_are_taken(string path)
    {
        Jp2.RequireDecoder();
        using StackSource stack = StackSource.Open([SharedData.Require(path)]);
        Assert.Equal(("48QUE", 96), (stack.Product!.Tile, stack.Info.Grid.Width));
    }
}
