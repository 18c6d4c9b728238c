using Asm.Inference.Preparation;
using Asm.Raster;

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
              expected: one GeoTIFF or JPEG 2000 file for each of B02, B03, B04, B05, B06, B07, B08, B8A, B11, B12, named like B02.tif or T48QUE_20200223T033721_B02_10m.jp2
              fix: add or rename the files
            """.ReplaceLineEndings("\n"), error.Message);
    }

    [Fact]
    public void A_band_with_two_files_is_refused_with_both_named()
    {
        var error = Assert.Throws<AsmException>(() => BandFileFinder.Find([.. Ten.Select(band => band + ".tif"), "old_B05.tif"], "scene"));
        Assert.StartsWith("scene: more than one file has the name of B05: B05.tif, old_B05.tif\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_resolution_beside_one_with_it_is_ambiguous() =>
        Assert.Throws<AsmException>(() => BandFileFinder.Find([.. Ten.Select(band => band + ".tif"), "B05_20m.tif"], "scene"));

    [Fact]
    public void Jpeg_2000_files_and_folders_named_by_their_resolution_are_found()
    {
        string[] files = [.. Ten.Select(band => $"R{(band is "B02" or "B03" or "B04" or "B08" ? 10 : 20)}m/{band}.jp2")];
        Assert.Equal(files, BandFileFinder.Find([.. files, "R20m/B02.jp2", "R60m/B12.jp2", "R10m/TCI.jp2"], "scene"));
    }
}
