using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Tests.Raster.Resampling;

public sealed class UpsampledSourceTests
{
    private static readonly Crs Utm30 = Crs.FromEpsg(32630);

    [Fact]
    public void Odd_target_sizes_are_cut_at_the_right_and_bottom()
    {
        using var source = new UpsampledSource(Raster(6, 5, 1, 3), Target(11, 9));
        using var even = new UpsampledSource(Raster(6, 5, 1, 3), Target(12, 10));
        Assert.Equal((11, 9), (source.Info.Grid.Width, source.Info.Grid.Height));
        ushort[] odd = new ushort[99], full = new ushort[99];
        source.Read<ushort>(new(0, 0, 11, 9), [0], odd);
        even.Read<ushort>(new(0, 0, 11, 9), [0], full);
        Assert.Equal(full, odd);
    }

    [Fact]
    public void Borders_are_renormalised_over_the_pixels_inside()
    {
        var raster = new MemoryRaster<ushort>(Target(6, 6).Coarsen(2), [new BandInfo { NoData = 0 }], [100, 200, 300, 100, 200, 300, 100, 200, 300]);
        using var source = new UpsampledSource(raster, Target(6, 6));
        ushort[] row = new ushort[6];
        source.Read<ushort>(new(0, 3, 6, 1), [0], row);
        // (111 x 100 - 9 x 200) / 102 = 91.2; (111 x 100 + 29 x 200 - 3 x 300) / 137 = 116.8; 
        // (29 x 100 + 111 x 200 - 9 x 300) / 131 = 171.0; then by symmetry about 200.
        Assert.Equal([91, 117, 171, 229, 283, 309], row);
    }

    [Fact]
    public void Any_window_yields_the_samples_of_the_whole()
    {
        var random = new Random(3);
        using var source = new UpsampledSource(Raster(40, 30, 2, 4), Target(79, 60));
        ushort[] whole = new ushort[2 * 79 * 60];
        source.Read<ushort>(source.Info.Grid.FullWindow, [0, 1], whole);
        for (int trial = 0; trial < 200; trial++)
        {
            int column = random.Next(79), row = random.Next(60);
            var window = new PixelWindow(column, row, random.Next(1, 80 - column), random.Next(1, 61 - row));
            ushort[] part = new ushort[2 * window.PixelCount];
            source.Read<ushort>(window, [1, 0], part);
            for (int i = 0; i < part.Length; i++)
            {
                int at = (int)(i % window.PixelCount), band = i < window.PixelCount ? 1 : 0;
                Assert.Equal(whole[band * 79 * 60 + (row + at / window.Width) * 79 + column + at % window.Width], part[i]);
            }
        }
    }

    [Fact]
    public void Other_sample_types_receive_the_rounded_samples()
    {
        using var source = new UpsampledSource(Raster(10, 10, 1, 5), Target(20, 20));
        ushort[] integers = new ushort[400];
        float[] floats = new float[400];
        source.Read<ushort>(new(0, 0, 20, 20), [0], integers);
        source.Read<float>(new(0, 0, 20, 20), [0], floats);
        Assert.Equal(integers.Select(i => (float)i), floats);
    }

    [Fact]
    public void Floating_point_rasters_are_not_rounded()
    {
        var raster = new MemoryRaster<float>(Target(12, 2).Coarsen(2), [new BandInfo()], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);
        using var source = new UpsampledSource(raster, Target(12, 2));
        float[] row = new float[4];
        source.Read<float>(new(4, 1, 4, 1), [0], row);
        Assert.Equal([0.275f, 0.325f, 0.375f, 0.425f], row.Select(v => MathF.Round(v, 6)));
    }

    [Fact]
    public void A_pixel_is_without_data_where_its_source_pixel_is()
    {
        ushort[] samples = new ushort[64];
        samples.AsSpan().Fill(500);
        samples[3 * 8 + 4] = 0;
        using var source = new UpsampledSource(new MemoryRaster<ushort>(Target(16, 16).Coarsen(2), [new BandInfo { NoData = 0 }], samples), Target(16, 16));
        ushort[] output = new ushort[256];
        source.Read<ushort>(new(0, 0, 16, 16), [0], output);
        for (int i = 0; i < 256; i++) Assert.Equal(i % 16 is 8 or 9 && i / 16 is 6 or 7 ? 0 : 500, output[i]);
    }

    [Fact]
    public void A_grid_that_does_not_fit_is_refused_with_both_grids_named()
    {
        var shifted = new GeoGrid(20, 20, new(600010, 700000), 10, 10, Utm30);
        var error = Assert.Throws<GridMismatchException>(() => new UpsampledSource(Raster(10, 10, 1, 1), shifted, "B02.tif"));
        Assert.Contains("memory: its grid differs from that of B02.tif at twice its pixel size", error.Message, StringComparison.Ordinal);
        Assert.Throws<GridMismatchException>(() => new UpsampledSource(Raster(10, 10, 1, 1), Target(18, 20)));
    }

    private static GeoGrid Target(int width, int height) => new(width, height, new(600000, 700000), 10, 10, Utm30);

    private static MemoryRaster<ushort> Raster(int width, int height, int bands, int seed)
    {
        var random = new Random(seed);
        ushort[] samples = [.. Enumerable.Range(0, width * height * bands).Select(_ => (ushort)(random.Next(20) == 0 ? 0 : random.Next(1, 8000)))];
        return new(Target(2 * width, 2 * height).Coarsen(2), [.. Enumerable.Repeat(new BandInfo { NoData = 0 }, bands)], samples);
    }
}
