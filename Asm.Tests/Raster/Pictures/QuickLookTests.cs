using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Pictures;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using SkiaSharp;

namespace Asm.Tests.Raster.Pictures;

public sealed class QuickLookTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_have_their_colours_and_no_data_is_transparent()
    {
        using MemoryRaster<byte> map = Classes(4, 1, [0, 1, 2, 9]);
        QuickLook.WriteClasses(map, _folder.File("map.png"));
        Assert.Equal(["#00000000", "#ffff0000", "#ff00ff00", "#ff808080"], Pixels("map.png"));
        Assert.Equal(["map.png"], _folder.Names);
    }

    [Fact]
    public void A_small_picture_shows_the_most_frequent_class_of_each_square()
    {
        using MemoryRaster<byte> map = Classes(5, 3, [
            1, 2, 0, 0, 2,
            2, 1, 0, 2, 2,
            1, 1, 0, 0, 0]);
        QuickLook.WriteClasses(map, _folder.File("map.png"), new() { MaxSidePixels = 3 });
        Assert.Equal(["#ffff0000", "#ff00ff00", "#ff00ff00", "#ffff0000", "#00000000", "#00000000"], Pixels("map.png"));
    }

    [Fact]
    public void A_small_picture_shows_the_mean_of_the_pixels_with_data()
    {
        using var stack = new MemoryRaster<ushort>(Grid(4, 2), [new() { NoData = 0 }, new() { NoData = 0 }, new() { NoData = 0 }], [
            10, 20, 0, 0, 30, 40, 0, 0,
            100, 100, 1, 1, 100, 0, 1, 1,
            200, 200, 2, 2, 200, 250, 2, 2]);
        QuickLook.WriteRgb(stack, [2, 1, 0], _folder.File("rgb.png"), new() { MaxSidePixels = 2, Range = (0, 255) });
        // The lower right pixel of the left square has no data in the second band, so three pixels remain: (200, 100, 20).
        Assert.Equal(["#ffc86414", "#00000000"], Pixels("rgb.png"));
    }

    [Fact]
    public void Samples_between_the_2nd_and_98th_percentile_are_stretched()
    {
        using var raster = new MemoryRaster<float>(Grid(101, 1), [new()], [.. Enumerable.Range(0, 101).Select(i => (float)i)]);
        QuickLook.WriteGray(raster, 0, _folder.File("gray.png"));
        string[] pixels = Pixels("gray.png");
        Assert.Equal("#ff000000", pixels[1]);
        Assert.Equal("#ff000000", pixels[2]);
        Assert.Equal("#ff808080", pixels[50]);
        Assert.Equal("#ffffffff", pixels[98]);
        Assert.Equal("#ffffffff", pixels[100]);
    }

    [Fact]
    public void A_raster_without_data_is_wholly_transparent()
    {
        using var raster = new MemoryRaster<float>(Grid(2, 1), [new()], [float.NaN, float.NaN]);
        QuickLook.WriteGray(raster, 0, _folder.File("gray.png"));
        Assert.Equal(["#00000000", "#00000000"], Pixels("gray.png"));
    }

    [Fact]
    public void The_picture_of_a_large_raster_keeps_to_the_longer_side()
    {
        using var raster = new MemoryRaster<byte>(Grid(1000, 3001), [new()]);
        QuickLook.WriteGray(raster, 0, _folder.File("gray.png"), new() { MaxSidePixels = 300 });
        using SKBitmap picture = SKBitmap.Decode(_folder.File("gray.png"));
        Assert.Equal((91, 273), (picture.Width, picture.Height));
    }

    [Fact]
    public void A_map_without_colours_and_a_name_that_is_taken_are_refused()
    {
        using var plain = new MemoryRaster<byte>(Grid(1, 1), [new()], name: "map.tif");
        Assert.Equal("map.tif: has no colours of classes\n  expected: a class map with a colour table\n  fix: use a map that asm predict wrote, or give colours",
            Assert.Throws<AsmException>(() => QuickLook.WriteClasses(plain, _folder.File("map.png"))).Message);
        QuickLook.WriteGray(plain, 0, _folder.File("map.png"));
        Assert.Throws<AsmException>(() => QuickLook.WriteGray(plain, 0, _folder.File("map.png")));
        QuickLook.WriteGray(plain, 0, _folder.File("map.png"), new() { Overwrite = true });
    }

    private string[] Pixels(string name)
    {
        using SKBitmap picture = SKBitmap.Decode(_folder.File(name));
        return [.. picture.Pixels.Select(p => p.ToString())];
    }

    private static MemoryRaster<byte> Classes(int width, int height, byte[] codes) => new(new RasterInfo
    {
        Grid = Grid(width, height),
        SampleType = SampleType.UInt8,
        Bands = [new() { NoData = 0 }],
        Colors = [new(0, 0, 0), new(255, 0, 0), new(0, 255, 0)],
    }, codes);

    private static GeoGrid Grid(int width, int height) => new(width, height, new MapPoint(0, 0), 10, 10, null);
}
