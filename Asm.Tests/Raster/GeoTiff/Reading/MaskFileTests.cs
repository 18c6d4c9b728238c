using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

public sealed class MaskFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mask_beside_the_file_is_its_mask()
    {
        string path = new TiffBuilder().SixPixels().Save(_folder.File("a.tif"));
        new TiffBuilder().Image(3, 2, 8, 1, 1, 2, [255, 0, 255, 255, 255, 0]).Save(path + ".msk");
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal([1, 0, 1, 1, 1, 0], MaskOf(source));
        Assert.Equal(["beside the file, a.tif.msk"], source.Layout.Masks);
    }

    [Fact]
    public void A_mask_beside_the_file_as_gdal_writes_it_hides_overviews_that_it_does_not_have()
    {
        string path = _folder.File("a.tif");
        Stacks.Write(_folder.File("stack.tif"), 600, 600);
        PeerTool.Run("gdal_translate", "-q", "-b", "1", "-mask", "2", "--config", "GDAL_TIFF_INTERNAL_MASK", "NO", _folder.File("stack.tif"), path);
        Assert.True(File.Exists(path + ".msk"));
        using (GeoTiffSource source = GeoTiffSource.Open(path)) Assert.DoesNotContain((byte)0, MaskOf(source));
        PeerTool.Run("gdaladdo", "-q", "--config", "GDAL_TIFF_INTERNAL_MASK", "NO", path, "2");
        File.Delete(path + ".msk");
        new TiffBuilder().Image(600, 600, 8, 1, 1, 600, [.. Enumerable.Repeat((byte)0, 360_000)]).Save(path + ".msk");
        using (GeoTiffSource source = GeoTiffSource.Open(path))
        {
            Assert.Empty(source.Layout.OverviewSizes);
            Assert.DoesNotContain((byte)1, MaskOf(source));
        }
    }

    [Theory]
    [InlineData(2, 2, 8, "is the mask beside ")]
    [InlineData(3, 2, 16, "is the mask beside ")]
    public void A_mask_beside_the_file_that_does_not_fit_is_refused_by_name(int width, int height, int bits, string found)
    {
        string path = new TiffBuilder().SixPixels().Save(_folder.File("a.tif"));
        new TiffBuilder().Image(width, height, bits, 1, 1, height, new byte[width * height * bits / 8]).Save(path + ".msk");
        var error = Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(path));
        Assert.StartsWith($"{path}.msk: {found}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_alpha_band_is_a_mask_and_no_band(int extra)
    {
        string path = new TiffBuilder().Image(3, 1, 8, 1, 3, 1, [1, 2, 0, 3, 4, 9, 5, 6, 255]).Tag(338, 3, 0, extra).Save(_folder.File("a.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal(2, source.Info.Bands.Count);
        Assert.Equal([0, 1, 1], MaskOf(source));
        Assert.Equal([2, 4, 6, 1, 3, 5], Fixture.Read<byte>(source, source.Info.Grid.FullWindow, [1, 0]));
    }

    [Theory]
    [InlineData("COLORINTERP", "colorinterp", "Alpha")]
    [InlineData("DESCRIPTION", "description", "dataMask")]
    public void An_alpha_band_between_others_is_found_by_gdals_word_or_by_the_name_of_sentinel_hub(string name, string role, string word)
    {
        string path = new TiffBuilder().Image(2, 1, 16, 1, 3, 1, [1, 0, 0, 0, 3, 0, 4, 0, 7, 0, 6, 0]).Tag(338, 3, 0, 0)
            .Text(42112, $"<GDALMetadata><Item name=\"{name}\" sample=\"1\" role=\"{role}\">{word}</Item></GDALMetadata>").Save(_folder.File("a.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal([0, 1], MaskOf(source));
        Assert.Equal([1, 4, 3, 6], Fixture.Read<ushort>(source, source.Info.Grid.FullWindow, [0, 1]).Select(s => (int)s));
    }

    [Fact]
    public void Nodata_beside_the_file_goes_before_that_in_it_band_by_band()
    {
        string path = new TiffBuilder().Image(1, 1, 8, 1, 2, 1, [1, 2]).Text(42113, "7").Save(_folder.File("a.tif"));
        File.WriteAllText(path + ".aux.xml", "<PAMDataset><PAMRasterBand band=\"2\"><NoDataValue le_hex_equiv=\"x\">2.0</NoDataValue></PAMRasterBand></PAMDataset>");
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal([7, 2], source.Info.Bands.Select(b => b.NoData));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_file_that_was_cut_is_refused_when_it_is_opened(int page)
    {
        var builder = new TiffBuilder().SixPixels();
        builder.Image(2, 1, 8, 1, 1, 1, [1, 2]).Tag(254, 4, 1);
        builder.Image(3, 2, 8, 1, 1, 2, [1, 1, 1, 1, 1, 1]).Tag(254, 4, 4);
        // Which page it is that ends beyond the file: image, overview or mask.
        var bad = new TiffBuilder();
        for (int i = 0; i < 3; i++)
        {
            if (i == 0) bad.SixPixels();
            else if (i == 1) bad.Image(2, 1, 8, 1, 1, 1, [1, 2]).Tag(254, 4, 1);
            else bad.Image(3, 2, 8, 1, 1, 2, [1, 1, 1, 1, 1, 1]).Tag(254, 4, 4);
            if (i == page) bad.Tag(273, 4, 4_000);
        }
        builder.Save(_folder.File("whole.tif"));
        GeoTiffSource.Open(_folder.File("whole.tif")).Dispose();
        var error = Assert.Throws<RasterFormatException>(() => new RunOptions().Open(bad.Save(_folder.File("a.tif"))));
        Assert.Contains("block 0 lies at byte 4000 and is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_file_that_was_cut_is_refused_when_it_is_opened_and_sparse_blocks_are_not()
    {
        string path = Stacks.Write(_folder.File("stack.tif"), 300, 300);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(_folder.File("cut.tif"), whole[..^100]);
        Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(_folder.File("cut.tif")));
        string sparse = new TiffBuilder().SixPixels().Tag(273, 4, 0).Tag(279, 4, 0).Save(_folder.File("sparse.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(sparse);
        Assert.Equal(new byte[6], Fixture.Read<byte>(source, source.Info.Grid.FullWindow, [0]));
    }

    private static byte[] MaskOf(IRasterSource source)
    {
        var valid = new byte[source.Info.Grid.FullWindow.PixelCount];
        source.ReadMask(source.Info.Grid.FullWindow, valid);
        return valid;
    }
}
