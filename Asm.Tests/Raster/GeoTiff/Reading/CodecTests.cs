using System.IO.Compression;
using System.Runtime.InteropServices;
using Asm.Raster.GeoTiff.Reading;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

public sealed class CodecTests
{
    [Fact]
    public void PackBits_decodes_the_example_of_the_specification()
    {
        byte[] packed = Convert.FromHexString("FEAA028000 2AFDAA0380 002A22F7AA".Replace(" ", "", StringComparison.Ordinal));
        byte[] plain = new byte[24];
        Assert.Equal(24, PackBits.Decode(packed, plain));
        Assert.Equal("AAAAAA80002AAAAAAAAA80002A22AAAAAAAAAAAAAAAAAAAA", Convert.ToHexString(plain));
    }

    [Fact]
    public void Lzw_decodes_the_example_of_the_specification()
    {
        // TIFF 6.0, section 13: 7 7 7 8 8 7 7 6 6 as codes 256 7 258 8 8 258 6 6 257 of 9 bits.
        byte[] codes = Pack(9, 256, 7, 258, 8, 8, 258, 6, 6, 257);
        byte[] plain = new byte[9];
        Assert.Equal(9, Lzw.Decode(codes, plain));
        Assert.Equal([7, 7, 7, 8, 8, 7, 7, 6, 6], plain);
    }

    [Fact]
    public void Lzw_refuses_codes_that_stand_for_nothing()
    {
        Assert.Throws<InvalidDataException>(() => Lzw.Decode(Pack(9, 256, 300), new byte[9]));
        Assert.Throws<InvalidDataException>(() => Lzw.Decode(Pack(9, 256, 7, 259), new byte[9]));
    }

    [Fact]
    public void Lzw_stops_at_the_size_that_is_expected()
    {
        byte[] plain = new byte[4];
        Assert.Equal(4, Lzw.Decode(Pack(9, 256, 7, 258, 259, 260), plain));
        Assert.Equal([7, 7, 7, 7], plain);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Horizontal_differences_are_summed_band_by_band_and_wrap_around(int bands)
    {
        var random = new Random(3);
        ushort[] samples = [.. Enumerable.Range(0, 2 * 33 * bands).Select(_ => (ushort)random.Next(65536))];
        ushort[] stored = [.. samples];
        for (int i = stored.Length - 1; i >= 0; i--)
            if (i % (33 * bands) >= bands) stored[i] -= stored[i - bands];
        PredictorDecoder.UndoHorizontal(MemoryMarshal.AsBytes(stored.AsSpan()), 33 * bands * 2, 2, bands);
        Assert.Equal(samples, stored);
    }

    [Fact]
    public void Floating_point_differences_are_undone()
    {
        // 1.5f = 3FC00000, -2f = C0000000: planes 3F C0 | C0 00 | 00 00 | 00 00 as differences to the byte before.
        byte[] stored = [0x3F, 0x81, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00];
        PredictorDecoder.UndoFloatingPoint(stored, 8, 4, 1);
        Assert.Equal([1.5f, -2f], MemoryMarshal.Cast<byte, float>(stored).ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Floating_point_planes_are_the_same_in_both_byte_orders(bool bigEndian)
    {
        using var folder = new TempFolder();
        using var block = new MemoryStream();
        using (var zlib = new ZLibStream(block, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write([0x3F, 0x81, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00]);
        string path = new TiffBuilder(bigEndian: bigEndian).Image(2, 1, 32, 3, 1, 1, block.ToArray()).Tag(259, 3, 32946).Tag(317, 3, 3).Save(folder.File("a.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal([1.5f, -2f], Fixture.Read<float>(source, new(0, 0, 2, 1), 0));
        Assert.Equal("DEFLATE", source.Layout.Compression);
    }

    private static byte[] Pack(int width, params int[] codes)
    {
        string bits = string.Concat(codes.Select(code => Convert.ToString(code, 2).PadLeft(width, '0')));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '0');
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2))];
    }
}
