using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

public sealed class GeoTiffSourceTests
{
    [Fact]
    public void Bands_are_read_in_the_order_asked_for_and_converted()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.ZstdMaskOverviews);
        float[] samples = Fixture.Read<float>(source, new(15, 14, 3, 2), 2, 0);
        Assert.Equal([3589, 3590, 3591, 3630, 3631, 3632, 1589, 1590, 1591, 1630, 1631, 1632], samples);
    }

    [Theory]
    [InlineData(Fixture.ZstdMaskOverviews, 3, 1.0, 1.0)]
    [InlineData(Fixture.LzwBigEndian, 2, -1.0, 1.0)]
    [InlineData(Fixture.DeflateFloat, 2, 1.0, 8.0)]
    public void Every_window_shows_the_samples_of_its_pixels(string file, int bands, double sign, double divisor)
    {
        var random = new Random(7);
        using GeoTiffSource source = Fixture.Open(file);
        for (int round = 0; round < 200; round++)
        {
            int column = random.Next(40), row = random.Next(36);
            var window = new PixelWindow(column, row, random.Next(1, 41 - column), random.Next(1, 37 - row));
            int[] wanted = [.. Enumerable.Range(0, bands).Where(_ => random.Next(2) == 0)];
            double[] samples = Fixture.Read<double>(source, window, wanted);
            int at = 0;
            foreach (int band in wanted)
                for (int y = window.Row; y < window.Bottom; y++)
                    for (int x = window.Column; x < window.Right; x++, at++)
                        if (file != Fixture.DeflateFloat || (x, y) != (0, 0)) Assert.Equal(sign * Fixture.Ramp(band, y, x) / divisor, samples[at]);
        }
    }

    [Fact]
    public void Layout_tells_how_the_file_is_made()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.ZstdMaskOverviews);
        GeoTiffLayout layout = source.Layout;
        Assert.Equal((true, true, "ZSTD", 2), (layout.IsBigTiff, layout.IsLittleEndian, layout.Compression, layout.Predictor));
        Assert.Equal((true, 16, 16, false), (layout.IsTiled, layout.BlockWidth, layout.BlockHeight, layout.IsPlanar));
        Assert.Equal((16, false, true), (layout.BitsPerSample, layout.PixelIsPoint, layout.HasMask));
        Assert.Equal([(20, 18), (10, 9)], layout.OverviewSizes);

        using GeoTiffSource strips = Fixture.Open(Fixture.LzwBigEndian);
        Assert.Equal((false, false, "LZW", true), (strips.Layout.IsBigTiff, strips.Layout.IsLittleEndian, strips.Layout.Compression, strips.Layout.IsPlanar));
        Assert.Equal((false, 40, 7), (strips.Layout.IsTiled, strips.Layout.BlockWidth, strips.Layout.BlockHeight));
    }

    [Fact]
    public void Info_carries_names_nodata_scale_offset_and_free_metadata()
    {
        using GeoTiffSource named = Fixture.Open(Fixture.ZstdMaskOverviews);
        Assert.Equal(["B02", "B03", "B04"], named.Info.Bands.Select(b => b.Name));
        Assert.All(named.Info.Bands, b => Assert.Null(b.NoData));
        Assert.Equal(new GeoGrid(40, 36, new(500000, 700000), 10, 10, null), named.Info.Grid with { }, (a, b) => a!.Bounds == b!.Bounds);

        using GeoTiffSource scaled = Fixture.Open(Fixture.DeflateFloat);
        Assert.Equal(SampleType.Float32, scaled.Info.SampleType);
        Assert.All(scaled.Info.Bands, b => Assert.Equal((0.0001, -0.1, double.NaN), (b.Scale, b.Offset, b.NoData!.Value)));
        Assert.Equal([KeyValuePair.Create("SOURCE", "a & b < \"c\"")], scaled.Info.Metadata);
        Assert.True(float.IsNaN(Fixture.Read<float>(scaled, new(0, 0, 1, 1), 0)[0]));
    }

    [Fact]
    public void A_class_map_has_its_colours_and_class_names()
    {
        using GeoTiffSource source = GeoTiffSource.Open(Fixture.PathOf(Fixture.PackBitsPalette));
        Assert.Equal(new(0, 0), source.Info.Grid.Origin);
        Assert.Equal((1.0, 1.0), (source.Info.Grid.PixelWidth, source.Info.Grid.PixelHeight));
        Assert.Null(source.Info.Grid.Crs);
        Assert.Equal(["no data", "mines", "built & sealed", "vegetation"], source.Info.ClassNames);
        Assert.Equal(256, source.Info.Colors.Count);
        Assert.Equal(["#000000", "#e6194b", "#808080", "#3cb44b"], source.Info.Colors.Take(4).Select(c => c.ToString()));
        Assert.Equal([0, 1, 2, 3, 0], Fixture.Read<byte>(source, new(0, 0, 5, 1), 0));
    }

    [Fact]
    public void Sparse_tiles_are_nodata()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.SparseTiles);
        Assert.Equal([1014, 1015, 65535, 65535], Fixture.Read<ushort>(source, new(14, 0, 4, 1), 0));
        Assert.Equal([255, 255], Fixture.Read<byte>(source, new(14, 20, 2, 1), 0));
        Assert.Equal(65535 * 24, Fixture.Read<int>(source, new(16, 20, 24, 1), 0).Sum());
    }

    [Fact]
    public void Sparse_blocks_of_a_file_without_nodata_are_zero()
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().Image(3, 2, 8, 1, 1, 1, [1, 2, 3]).Tag(273, 4, 8, 0).Tag(279, 4, 3, 0).Save(folder.File("sparse.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        Assert.Equal([1, 2, 3, 0, 0, 0], Fixture.Read<byte>(source, new(0, 0, 3, 2), 0));
    }

    [Fact]
    public void The_mask_inside_of_the_file_tells_which_pixels_are_valid()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.ZstdMaskOverviews);
        byte[] valid = new byte[40 * 36];
        source.ReadMask(Fixture.All, valid);
        for (int row = 0; row < 36; row++)
            for (int column = 0; column < 40; column++)
                Assert.Equal(row is >= 5 and < 9 && column is >= 10 and < 20 ? 0 : 1, valid[row * 40 + column]);

        using GeoTiffSource without = Fixture.Open(Fixture.SparseTiles);
        byte[] all = new byte[2];
        without.ReadMask(new(0, 0, 2, 1), all);
        Assert.Equal([1, 1], all);
    }

    [Fact]
    public void A_mask_of_eight_bits_is_read_like_one_of_one_bit()
    {
        using var folder = new TempFolder();
        string path = new TiffBuilder().SixPixels().Image(3, 2, 8, 1, 1, 2, [255, 0, 255, 0, 255, 0]).Tag(254, 4, 4).Save(folder.File("mask8.tif"));
        using GeoTiffSource source = GeoTiffSource.Open(path);
        byte[] valid = new byte[6];
        source.ReadMask(new(0, 0, 3, 2), valid);
        Assert.Equal([1, 0, 1, 0, 1, 0], valid);
    }

    [Fact]
    public void An_overview_is_a_raster_of_the_same_ground()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.ZstdMaskOverviews);
        using GeoTiffSource overview = source.OpenOverview(1);
        Assert.Equal(source.Info.Grid.Bounds, overview.Info.Grid.Bounds);
        Assert.Equal((10, 9, 40.0), (overview.Info.Grid.Width, overview.Info.Grid.Height, overview.Info.Grid.PixelWidth));
        Assert.Equal(["B02", "B03", "B04"], overview.Info.Bands.Select(b => b.Name));
        Assert.True(overview.Layout.HasMask);
        // GDAL's nearest neighbour took the first of 4 x 4 pixels.
        Assert.Equal([1168, 1172, 1332, 1336], Fixture.Read<ushort>(overview, new(1, 1, 2, 2), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.OpenOverview(2));
    }

    [Fact]
    public void Threads_and_cache_do_not_change_samples()
    {
        using GeoTiffSource plain = Fixture.Open(Fixture.ZstdMaskOverviews, Fixture.Options with { CacheBytes = 0 }, threads: 1);
        using GeoTiffSource busy = Fixture.Open(Fixture.ZstdMaskOverviews, Fixture.Options with { CacheBytes = 5000 }, threads: 8);
        for (int column = 0; column < 30; column += 5)
        {
            var window = new PixelWindow(column, 3, 10, 30);
            Assert.Equal(Fixture.Read<int>(plain, window, 0, 1, 2), Fixture.Read<int>(busy, window, 0, 1, 2));
        }
    }

    [Fact]
    public void Many_threads_may_read_one_source_at_once()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.ZstdMaskOverviews, Fixture.Options with { CacheBytes = 8000 }, threads: 3);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, seed =>
        {
            var random = new Random(seed);
            var window = new PixelWindow(random.Next(30), random.Next(26), 10, 10);
            int band = random.Next(3);
            short[] samples = Fixture.Read<short>(source, window, band);
            for (int i = 0; i < 100; i++) Assert.Equal(Fixture.Ramp(band, window.Row + i / 10, window.Column + i % 10), samples[i]);
        });
    }

    [Fact]
    public void Windows_and_bands_outside_of_the_raster_are_the_callers_mistake()
    {
        using GeoTiffSource source = Fixture.Open(Fixture.SparseTiles);
        byte[] room = new byte[16];
        foreach (PixelWindow window in new PixelWindow[] { new(-1, 0, 2, 2), new(39, 0, 2, 2), new(0, 35, 2, 2), new(int.MaxValue, 0, 2, 2), new(0, 0, -1, 1) })
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Read<byte>(window, [0], room));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read<byte>(new(0, 0, 2, 2), [1], room));
        Assert.Throws<ArgumentException>(() => source.Read<byte>(new(0, 0, 5, 5), [0], room));
        source.Read<byte>(new(40, 36, 0, 0), [0], room);
    }
}
