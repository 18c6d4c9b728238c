using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation;

public sealed class BandFileFinderTests
{
    private static readonly string[] Ten = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    [Fact]
    public void The_ten_bands_are_found_among_others_in_the_order_of_the_method()
    {
        string[] files = ["B01.tif", "B02.tif", "B03.tif", "B04.tif", "B05.tif", "B06.tif", "B07.tif", "B08.tif", "B09.tif", "B11.tif", "B12.tif", "B8A.tif", "cloud_mask.tif"];
        Assert.Equal(Ten.Select(band => band + ".tif"), BandFileFinder.Find(files, "scene"));
    }

    [Fact]
    public void Names_of_products_are_understood_in_any_case()
    {
        string[] files = [.. Ten.Select((band, i) => $"t48que_20200223t033721_{band.ToLowerInvariant()}_{(i is < 3 or 6 ? 10 : 20)}m.TIF")];
        Assert.Equal(files, BandFileFinder.Find([.. files.Reverse()], "scene"));
    }

    [Fact]
    public void Of_copies_at_several_resolutions_the_finest_is_meant()
    {
        string[] files = [.. Ten.SelectMany(band => new[] { $"X_{band}_60m.tif", $"X_{band}_20m.tif" }), "X_B02_10m.tif", "X_B03_10m.tif", "X_B04_10m.tif", "X_B08_10m.tif"];
        Assert.Equal(
            ["X_B02_10m.tif", "X_B03_10m.tif", "X_B04_10m.tif", "X_B05_20m.tif", "X_B06_20m.tif", "X_B07_20m.tif", "X_B08_10m.tif", "X_B8A_20m.tif", "X_B11_20m.tif", "X_B12_20m.tif"],
            BandFileFinder.Find(files, "scene"));
    }

    [Fact]
    public void Missing_bands_are_named_together_with_what_was_found()
    {
        var error = Assert.Throws<AsmException>(() => BandFileFinder.Find(["B02.tif", "x_B8A.tif", "B01.tif"], "scene"));
        Assert.Equal("""
            scene: no file for B03, B04, B05, B06, B07, B08, B11, B12; found: B02 (B02.tif), B8A (x_B8A.tif)
              expected: one GeoTIFF for each of B02, B03, B04, B05, B06, B07, B08, B8A, B11, B12, named like B02.tif or T48QUE_20200223T033721_B02_10m.tif
              fix: add or rename the files
            """.ReplaceLineEndings("\n"), error.Message);
    }

    [Fact]
    public void A_band_with_two_files_is_refused_with_both_named()
    {
        var error = Assert.Throws<AsmException>(() => BandFileFinder.Find([.. Ten.Select(band => band + ".tif"), "old_B05.tif"], "scene"));
        Assert.StartsWith("B05: more than one file has this band's name: B05.tif, old_B05.tif\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_resolution_beside_one_with_it_is_ambiguous() =>
        Assert.Throws<AsmException>(() => BandFileFinder.Find([.. Ten.Select(band => band + ".tif"), "B05_20m.tif"], "scene"));

    [Fact]
    public void Jpeg_2000_is_refused_with_the_command_that_converts_it()
    {
        var error = Assert.Throws<AsmException>(() => BandFileFinder.Find([.. Ten.Select(band => $"T30NXM_{band}.jp2")], "scene"));
        Assert.StartsWith("T30NXM_B02.jp2: is a JPEG 2000 file, which this version does not read\n", error.Message, StringComparison.Ordinal);
        Assert.Contains("gdal_translate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_folder_is_refused_by_what_it_is()
    {
        var error = Assert.Throws<AsmException>(() => BandFileFinder.Expand(["S2A_MSIL2A_20230625T234621_N0509_R073_T01WCP.SAFE/"]));
        Assert.Contains("is a Sentinel-2 product folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_stands_for_its_files()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("b.tif"), "");
        File.WriteAllText(folder.File("a.tif"), "");
        Assert.Equal([folder.File("a.tif"), folder.File("b.tif")], BandFileFinder.Expand([folder.FullPath]));
        Assert.StartsWith(folder.File("c.tif") + ": does not exist\n", Assert.Throws<AsmException>(() => BandFileFinder.Expand([folder.File("c.tif")])).Message, StringComparison.Ordinal);
    }
}
