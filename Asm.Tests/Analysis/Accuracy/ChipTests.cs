using Asm.Analysis.Accuracy.Chips;
using Asm.Analysis.Accuracy.Points;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using SkiaSharp;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class ChipTests
{
    [Fact]
    public void A_chip_shows_the_pixels_around_its_point_in_true_and_false_colours()
    {
        // Pixel (20, 10) is bright in red and in short-wave infrared only; reflectance 0.28 and 0.45 are full brightness.
        using MemoryRaster<ushort> scene = Scene(40, 30, (band, column, row) => (column, row) != (20, 10) ? (ushort)1 : band switch { "B04" => (ushort)2800, "B11" => (ushort)2250, _ => (ushort)1 });
        var chips = new PointChips([scene], 8, 4);
        Assert.Equal(["scene"], chips.Scenes);
        MapPoint at = scene.Info.Grid.ToMap(20.5, 10.5);
        Assert.Equal((255, 0, 0), At(chips.Png(0, ChipColors.True, at, null), 4, 4));
        Assert.Equal((128, 0, 255), At(chips.Png(0, ChipColors.False, at, null), 4, 4));
        Assert.Equal((255, 0, 0), At(chips.Png(0, ChipColors.True, CoordinateTransform.Between(scene.Info.Grid.Crs!, Crs.Wgs84).Transform(at), Crs.Wgs84), 4, 4));
        Assert.Equal((255, 0, 0), At(chips.Png(0, ChipColors.True, scene.Info.Grid.ToMap(19.1, 10.9), null), 5, 4));
    }

    [Fact]
    public void Outside_of_the_scene_and_without_data_a_chip_is_grey()
    {
        using MemoryRaster<ushort> scene = Scene(40, 30, (_, column, _) => (ushort)(column < 2 ? 0 : 2800));
        var chips = new PointChips([scene], 8, 4);
        Assert.Equal((96, 96, 96), At(chips.Png(0, ChipColors.True, new(0, 0), null), 4, 4));
        byte[] corner = chips.Png(0, ChipColors.True, scene.Info.Grid.ToMap(1.5, 0.5), null);
        Assert.Equal((96, 96, 96), At(corner, 2, 0)); // beyond the edge
        Assert.Equal((96, 96, 96), At(corner, 4, 6)); // no data
        Assert.Equal((255, 255, 255), At(corner, 7, 7));
    }

    [Fact]
    public void Pages_hold_60_points_each()
    {
        using var folder = new TempFolder();
        using MemoryRaster<ushort> scene = Scene(40, 30, (_, column, row) => (ushort)(100 * (column + row)));
        var points = new PointTable("map.tif", scene.Info.Grid.Crs, [.. Enumerable.Range(1, 61).Select(i => new SamplePoint(i, $"{i}", scene.Info.Grid.ToMap(i % 40 + 0.5, i % 30 + 0.5), "mines"))]);
        IReadOnlyList<string> pages = ContactSheets.Write(folder.File("points.csv"), points, new PointChips([scene, scene], 8, 4));
        Assert.Equal(["points.chips-1.png", "points.chips-2.png"], folder.Names);
        using SKBitmap first = SKBitmap.Decode(pages[0]), second = SKBitmap.Decode(pages[1]);
        Assert.Equal(first.Width, second.Width);
        Assert.True(first.Height > second.Height);
        Assert.Contains("the file exists", Assert.Throws<AsmException>(() => ContactSheets.Write(folder.File("points.csv"), points, new PointChips([scene], 8, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scene_without_the_bands_is_refused()
    {
        using var scene = new MemoryRaster<byte>(Stacks.Grid(4, 4), [new BandInfo { Name = "red" }], null, "photo.tif");
        Assert.StartsWith("photo.tif: has no band named B03, B02; its bands are: red", Assert.Throws<AsmException>(() => new PointChips([scene])).Message, StringComparison.Ordinal);
    }

    private static (int, int, int) At(byte[] png, int column, int row)
    {
        // A corner of the magnified pixel: crosses run through the middles.
        using SKBitmap bitmap = SKBitmap.Decode(png);
        Assert.Equal((32, 32), (bitmap.Width, bitmap.Height));
        SKColor color = bitmap.GetPixel(4 * column, 4 * row);
        return (color.Red, color.Green, color.Blue);
    }

    private static MemoryRaster<ushort> Scene(int width, int height, Func<string, int, int, ushort> sample)
    {
        var samples = new ushort[10 * width * height];
        for (int i = 0; i < samples.Length; i++) samples[i] = sample(Stacks.BandNames[i / (width * height)], i % width, i / width % height);
        return new(Stacks.Grid(width, height), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples, "scene.tif");
    }
}
