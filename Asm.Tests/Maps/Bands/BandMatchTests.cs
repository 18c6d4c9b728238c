using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Bands;

public sealed class BandMatchTests
{
    /// <summary>The positions of the ten bands among named ones.</summary>
    private static int[] Find(string names, IReadOnlyList<string>? wanted = null) => BandMatch.Find(Info(names.Split(' ')), wanted ?? StackBands.Names, "stack.tif");

    private static RasterInfo Info(string[] names) => new()
    {
        Grid = Stacks.Grid(1, 1),
        SampleType = SampleType.UInt16,
        Bands = [.. names.Select(name => new BandInfo { Name = name.Replace('~', ' ') })],
    };

    private static string Refused(string names, IReadOnlyList<string>? wanted = null) => Assert.Throws<AsmException>(() => Find(names, wanted)).Message;

    [Theory]
    // Earth Engine, plain, with the word of a reducer, and with the image before it
    [InlineData("B2 B3 B4 B5 B6 B7 B8 B8A B11 B12")]
    [InlineData("B2_median B3_median B4_median B5_median B6_median B7_median B8_median B8A_median B11_median B12_median")]
    [InlineData("0_B2 0_B3 0_B4 0_B5 0_B6 0_B7 0_B8 0_B8A 0_B11 0_B12")]
    // Sen2Cor and openEO
    [InlineData("T48QUE_B02_10m T48QUE_B03_10m T48QUE_B04_10m T48QUE_B05_20m T48QUE_B06_20m T48QUE_B07_20m T48QUE_B08_10m T48QUE_B8A_20m T48QUE_B11_20m T48QUE_B12_20m")]
    [InlineData("b02 b03 b04 b05 b06 b07 b08 b8a b11 b12")]
    // GDAL's driver of Sentinel-2
    [InlineData("B2,~central~wavelength~490~nm B3,~560~nm B4,~665~nm B5,~705~nm B6,~740~nm B7,~783~nm B8,~842~nm B8A,~865~nm B11,~1610~nm B12,~2190~nm")]
    // FORCE: BROADNIR is B08, NIR is B8A
    [InlineData("BLUE GREEN RED REDEDGE1 REDEDGE2 REDEDGE3 BROADNIR NIR SWIR1 SWIR2")]
    // STAC's common names
    [InlineData("blue green red rededge1 rededge2 rededge3 nir nir08 swir16 swir22")]
    // Landsat's users
    [InlineData("Blue Green Red Red_Edge_1 Red_Edge_2 Red_Edge_3 NIR NIR2 SWIR_1 SWIR_2")]
    [InlineData("SR_B2 SR_B3 SR_B4 SR_B5 SR_B6 SR_B7 SR_B8 SR_B8A SR_B11 SR_B12")]
    [InlineData("red~edge~1~median blue~median green~median red~median red~edge~2 red~edge~3 narrow~nir nir swir1 swir2", 1, 2, 3, 0, 4, 5, 7, 6, 8, 9)]
    [InlineData("Band_2 Band_3 Band_4 Band_5 Band_6 Band_7 Band_8 Band_8A Band_11 Band_12")]
    // another order, and bands that are not wanted
    [InlineData("B3_median B2_median B4_median B5_median B6_median B8A_median B8_median B7_median B11_median B12_median", 1, 0, 2, 3, 4, 7, 6, 5, 8, 9)]
    [InlineData("B1 B2 B3 B4 B5 B6 B7 B8 B8A B9 B11 B12 SCL QA60", 1, 2, 3, 4, 5, 6, 7, 8, 10, 11)]
    [InlineData("SWIR2 SWIR1 NIR BROADNIR REDEDGE3 REDEDGE2 REDEDGE1 RED GREEN BLUE", 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)]
    // SNAP keeps the angles of each band
    [InlineData("B2 B3 B4 B5 B6 B7 B8 B8A B11 B12 view_zenith_B2 view_azimuth_B2")]
    public void Bands_are_found_by_name(string names, params int[] positions) =>
        Assert.Equal(positions.Length > 0 ? positions : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Find(names));

    [Theory]
    [InlineData("Band_1 Band_2 Band_3 Band_4 Band_5 Band_6 Band_7 Band_8 Band_9 Band_10")]
    [InlineData("lyr.1 lyr.2 lyr.3 lyr.4 lyr.5 lyr.6 lyr.7 lyr.8 lyr.9 lyr.10")]
    [InlineData("0 1 2 3 4 5 6 7 8 9")]
    [InlineData("Gray Gray Gray Gray Gray Gray Gray Gray Gray Gray")]
    public void Names_that_say_nothing_leave_the_position(string names) => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Find(names));

    [Theory]
    // a band that no name tells
    [InlineData("B2 B3 B4 B5 B6 B7 B8 other B11 B12", "has no band named B8A; its bands are: B2, B3")]
    [InlineData("B02 x2 x3 x4 x5 x6 x7 x8 x9 x10", "has no band named B03, B04")]
    // Earth Engine's own numbers are no bands of Sentinel-2
    [InlineData("b1 b2 b3 b4 b5 b6 b7 b8 b9 b10", "has no band named B8A, B11, B12")]
    // words of no band, and numbers of another file
    [InlineData("p q r s t u v w x y", "has no band named B02")]
    [InlineData("Band_2 Band_3 Band_4 Band_5 Band_6 Band_7 Band_8 Band_9 Band_12 Band_13", "has no band named B02")]
    // two for one
    [InlineData("B2 B3 B4 B5 B6 B7 B8 B8A B11 B12 B2_1", "has 2 bands that may be B02: band 1 'B2', band 11 'B2_1'")]
    [InlineData("B02 BLUE B03 B04 B05 B06 B07 B08 B8A B11 B12", "has 2 bands that may be B02: band 1 'B02', band 2 'BLUE'")]
    [InlineData("BLUE GREEN RED REDEDGE1 REDEDGE2 REDEDGE3 NIR NIR SWIR1 SWIR2", "has 2 bands that may be B08")]
    public void Names_that_tell_a_part_are_refused(string names, string found) => Assert.Contains(found, Refused(names), StringComparison.Ordinal);

    [Fact]
    public void Another_number_of_silent_bands_is_refused_and_the_way_to_name_them_told()
    {
        string message = Refused(string.Join(' ', Enumerable.Range(1, 13).Select(i => $"Band_{i}")));
        Assert.Contains("has 13 bands whose names say nothing", message, StringComparison.Ordinal);
        Assert.Contains("asm prepare stack.tif -o stack.tif --bands B02,B03,B04,B05,B06,B07,B08,B8A,B11,B12", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_fewer_bands_finds_them_too() => Assert.Equal([2, 1, 0, 3], Find("RED GREEN BLUE NIR", ["B02", "B03", "B04", "B08"]));

    [Fact]
    public void A_model_of_its_own_names_finds_them() => Assert.Equal([1, 0], Find("slope height", ["height", "slope"]));

    [Theory]
    [InlineData("B02,-,B03", true)]
    [InlineData("B02, b3 ,red", true)]
    [InlineData("B02,B2", false)]
    [InlineData("B02,BLUE", false)]
    [InlineData("-,-", false)]
    [InlineData("B02,,B03", false)]
    public void A_list_of_bands_names_each_once(string text, bool isList) => Assert.Equal(isList, BandList.Parse(text) is not null);

    [Theory]
    [InlineData("gee_median_swapped", 1, 0, 2, 3, 4, 5, 6, 7, 8, 9)]
    [InlineData("gee_plain", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    [InlineData("gee_median_b8a", 0, 1, 2, 3, 4, 7, 6, 5, 8, 9)]
    [InlineData("force_names", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    [InlineData("esri_names", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    public void Real_files_are_understood(string name, params int[] positions)
    {
        using var raster = Asm.Raster.GeoTiff.Reading.GeoTiffSource.Open(SharedData.Require($"cases/bands/{name}.tif"));
        Assert.Equal(positions, BandMatch.Find(raster.Info, StackBands.Names, raster.Name));
    }
}
