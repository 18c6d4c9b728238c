using System.Buffers.Binary;
using System.Text;
using Asm.Raster;
using Asm.Raster.Jpeg2000;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Jpeg2000;

public sealed class Jpeg2000ErrorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_another_kind_are_refused_by_their_first_bytes()
    {
        File.WriteAllText(_folder.File("page.jp2"), "<html>Please log in</html>");
        var error = Assert.Throws<RasterFormatException>(() => Jpeg2000Source.Open(_folder.File("page.jp2")));
        Assert.Contains("does not start as a JPEG 2000 file does but with bytes 3C68746D6C3E506C", error.Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("empty.jp2"), "");
        Assert.Throws<RasterFormatException>(() => Jpeg2000Source.Open(_folder.File("empty.jp2")));
        Assert.Contains("cannot be opened", Assert.Throws<AsmException>(() => Jpeg2000Source.Open(_folder.File("none.jp2"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_refused_when_it_is_opened()
    {
        byte[] whole = File.ReadAllBytes(Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(150, 150, 1), 64));
        var random = new Random(2);
        for (int i = 0; i < 60; i++)
        {
            File.WriteAllBytes(_folder.File("cut.jp2"), whole[..random.Next(whole.Length - 2)]);
            var error = Assert.Throws<RasterFormatException>(() => Jpeg2000Source.Open(_folder.File("cut.jp2")).Dispose());
            Assert.StartsWith(_folder.File("cut.jp2") + ": ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damage_gives_an_error_or_samples_but_no_crash()
    {
        byte[] whole = File.ReadAllBytes(Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(150, 150, 3), 64, "NBITS=15"));
        var random = new Random(4);
        int errors = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. whole];
            int first = i % 2 == 0 ? 0 : 1000, last = i % 2 == 0 ? 1500 : whole.Length;
            for (int change = random.Next(1, 6); change > 0; change--) damaged[random.Next(first, Math.Min(last, whole.Length))] = (byte)random.Next(256);
            File.WriteAllBytes(_folder.File("damaged.jp2"), damaged);
            try
            {
                using Jpeg2000Source source = Jpeg2000Source.Open(_folder.File("damaged.jp2"));
                if (source.Info.Grid.FullWindow.PixelCount > 1_000_000) continue;
                Jp2.ReadAll<ushort>(source);
            }
            catch (AsmException) { errors++; }
        }
        Assert.InRange(errors, 5, 299);
    }

    [Fact]
    public void A_damaged_tile_is_named_with_what_the_decoder_says()
    {
        string path = Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(150, 150, 5), 64);
        byte[] bytes = File.ReadAllBytes(path);
        // The second half of the fifth tile's data is gone, and the lengths agree with that.
        int at = 0;
        for (int tile = 0; tile < 5; tile++) at = bytes.AsSpan(at + 2).IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90, 0x00, 0x0A]) + at + 2;
        int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 6));
        int box = bytes.AsSpan().IndexOf("jp2c"u8) - 4, boxLength = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(box)), cut = length / 2;
        if (boxLength > 1) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(box), boxLength - cut);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + 6), length - cut);
        File.WriteAllBytes(path, [.. bytes[..(at + length - cut)], .. bytes[(at + length)..]]);
        using Jpeg2000Source source = Jpeg2000Source.Open(path);
        var error = Assert.Throws<RasterFormatException>(() => Jp2.ReadAll<ushort>(source));
        Assert.Contains("tile 4 cannot be decoded: ", error.Message, StringComparison.Ordinal);
        ushort[] other = new ushort[100];
        source.Read<ushort>(new(0, 0, 10, 10), [0], other);
    }

    [Theory]
    [InlineData(4, 0x7FFFFFFF, "tiles")]
    [InlineData(4, unchecked((int)0x80000000), "on a grid of tiles")]
    [InlineData(20, 0, "on a grid of tiles")]
    [InlineData(28, 1_000, "on a grid of tiles")]
    public void A_size_that_cannot_be_is_refused_before_memory_is_taken(int offset, int value, string expected)
    {
        byte[] bytes = File.ReadAllBytes(Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(70, 70, 6), 64));
        int siz = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) + 4;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(siz + offset), value);
        File.WriteAllBytes(_folder.File("b.jp2"), bytes);
        Assert.Contains(expected, Assert.Throws<RasterFormatException>(() => Jpeg2000Source.Open(_folder.File("b.jp2"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void XML_boxes_resolve_no_entity()
    {
        byte[] codestream = File.ReadAllBytes(Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(40, 40, 7), 64, "GMLJP2=NO", "GeoJP2=NO"));
        const string evil = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><RectifiedGrid srsName=\"EPSG:32630\"><pos>&x;</pos></RectifiedGrid></a>";
        byte[] box = new byte[8 + evil.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes("xml " + evil).CopyTo(box, 4);
        File.WriteAllBytes(_folder.File("b.jp2"), [.. codestream[..12], .. box, .. codestream[12..]]);
        using Jpeg2000Source source = Jpeg2000Source.Open(_folder.File("b.jp2"));
        Assert.Null(source.Info.Grid.Crs);
    }

    [Fact]
    public void Windows_outside_of_the_image_are_refused()
    {
        using Jpeg2000Source source = Jpeg2000Source.Open(Jp2.Write(_folder.File("a.jp2"), Jp2.Noise(40, 40, 8), 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read<ushort>(new(0, 0, 41, 1), [0], new ushort[41]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read<ushort>(new(0, 0, 1, 1), [1], new ushort[1]));
        Assert.Throws<ArgumentException>(() => source.Read<ushort>(new(0, 0, 2, 1), [0], new ushort[1]));
    }
}
