using System.Text;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

public sealed class GeoTiffErrorTests
{
    private static string Refusal(byte[] file)
    {
        using var folder = new TempFolder();
        string path = folder.File("a.tif");
        File.WriteAllBytes(path, file);
        var error = Assert.Throws<RasterFormatException>(() =>
        {
            using GeoTiffSource source = GeoTiffSource.Open(path);
            Fixture.Read<byte>(source, source.Info.Grid.FullWindow, [.. Enumerable.Range(0, source.Info.Bands.Count)]);
        });
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        return error.Message[(path.Length + 2)..];
    }

    [Theory]
    [InlineData(7, "JPEG")]
    [InlineData(34712, "JPEG 2000")]
    [InlineData(34887, "LERC")]
    [InlineData(50001, "WebP")]
    [InlineData(50002, "JPEG XL")]
    [InlineData(12345, "of the unknown kind 12345")]
    public void Compressions_that_are_not_read_are_named_with_the_fix(int number, string name) =>
        Assert.Equal($"its compression is {name}\n  expected: NONE, LZW, DEFLATE, PACKBITS or ZSTD\n  fix: rewrite it: gdal_translate -co COMPRESS=DEFLATE IN.tif OUT.tif",
            Refusal(new TiffBuilder().SixPixels().Tag(259, 3, number).ToBytes()));

    [Theory]
    [InlineData(12, 1, "its samples have 12 bits in sample format 1")]
    [InlineData(64, 1, "its samples have 64 bits in sample format 1")]
    [InlineData(16, 3, "its samples have 16 bits in sample format 3")]
    [InlineData(8, 2, "its samples have 8 bits in sample format 2")]
    public void Sample_types_that_are_not_read_are_named(int bits, int format, string found) =>
        Assert.StartsWith(found + "\n  expected: uint8, int16, uint16, int32, uint32, float32 or float64\n", Refusal(new TiffBuilder().SixPixels().Tag(258, 3, bits).Tag(339, 3, format).ToBytes()), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_tiff_is_refused() =>
        Assert.Equal("does not start as a TIFF does but with bytes 89504E470D0A1A0A\n  expected: a GeoTIFF\n  fix: convert it: gdal_translate -of GTiff IN OUT.tif",
            Refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));

    [Theory]
    [InlineData("")]
    [InlineData("II")]
    [InlineData("II*\0")]
    [InlineData("MM\0*\0\0\0\0")]
    public void Files_that_end_too_early_are_refused(string start) => Assert.NotEmpty(Refusal(Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void A_short_strip_is_refused() =>
        Assert.Equal("the file is damaged: block 0 has 5 bytes in NONE\n  expected: enough for 6 bytes of samples\n  fix: copy or download the file again", Refusal(new TiffBuilder().SixPixels().Tag(279, 4, 5).ToBytes()));

    [Fact]
    public void A_strip_outside_of_the_file_is_refused() =>
        Assert.Contains("block 0 lies at byte 4000000000 and is 6 bytes long", Refusal(new TiffBuilder().SixPixels().Tag(273, 4, 4_000_000_000).ToBytes()), StringComparison.Ordinal);

    [Theory]
    [InlineData(8, "block 0 cannot be decompressed: ")]
    [InlineData(5, "block 0 ends after 0 bytes")]
    [InlineData(50000, "block 0 cannot be decompressed: ")]
    [InlineData(32773, "block 0 ends after 5 bytes")]
    public void A_strip_that_cannot_be_decompressed_is_refused(int compression, string found) =>
        Assert.Contains(found, Refusal(new TiffBuilder().Image(3, 2, 8, 1, 1, 2, compression == 32773 ? [252, 7] : compression == 5 ? [0x80, 0x40] : [1, 2, 3, 4]).Tag(259, 3, compression).ToBytes()), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) zlib.Write([1, 2, 3, 4, 5, 6]);
        byte[] block = stream.ToArray();
        block[^1] ^= 1;
        Assert.Contains("block 0 cannot be decompressed", Refusal(new TiffBuilder().Image(3, 2, 8, 1, 1, 2, block).Tag(259, 3, 8).ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_in_a_loop_are_refused()
    {
        byte[] file = new TiffBuilder().SixPixels().ToBytes();
        file.AsSpan(4, 4).CopyTo(file.AsSpan(^4));
        Assert.Contains("its directories form a loop", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_the_file_cannot_hold_are_refused_before_memory_is_taken()
    {
        Assert.Contains("its blocks of 60000 x 60000 pixels", Refusal(new TiffBuilder().SixPixels().Tag(322, 4, 60_000).Tag(323, 4, 60_000).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("block 0 has 6 bytes in DEFLATE", Refusal(new TiffBuilder().SixPixels().Tag(257, 4, 5000).Tag(278, 4, 5000).Tag(259, 3, 8).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("tells the place of 1 and the length of 1 blocks", Refusal(new TiffBuilder().SixPixels().Tag(278, 4, 1).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("it has 4000000000 blocks", Refusal(new TiffBuilder().SixPixels().Tag(256, 4, 2_000_000).Tag(257, 4, 2_000_000).Tag(322, 4, 1000).Tag(323, 4, 1).ToBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<GDALMetadata><Item>", "not well-formed")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><GDALMetadata/>", "DTD")]
    [InlineData("<GDALMetadata><Item name=\"SCALE\" sample=\"0\" role=\"scale\">ten</Item></GDALMetadata>", "the scale of a band is 'ten'")]
    public void Metadata_that_cannot_be_read_are_refused(string xml, string found) =>
        Assert.Contains(found, Refusal(new TiffBuilder().SixPixels().Text(42112, xml).ToBytes()), StringComparison.Ordinal);

    [Fact]
    public void A_nodata_value_that_is_no_number_is_refused() =>
        Assert.Contains("'abc'", Refusal(new TiffBuilder().SixPixels().Text(42113, "abc").ToBytes()), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_an_error_for_the_user()
    {
        Assert.Contains("check the path", Assert.Throws<AsmException>(() => GeoTiffSource.Open("no/such/file.tif")).Message, StringComparison.Ordinal);
        Assert.Throws<AsmException>(() => GeoTiffSource.Open(AppContext.BaseDirectory));
    }
}
