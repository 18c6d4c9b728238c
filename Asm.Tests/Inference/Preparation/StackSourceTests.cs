using System.Numerics;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation;

public sealed class StackSourceTests
{
    private static readonly GeoGrid Grid10 = new(11, 8, new(600000, 700000), 10, 10, Crs.FromEpsg(32630));
    private static readonly string[] Coarse = ["B05", "B06", "B07", "B8A", "B11", "B12"];

    [Fact]
    public void Ten_bands_come_in_the_order_of_the_method_on_the_grid_of_B02()
    {
        using StackSource stack = OpenBandFiles(Constant, new());
        Assert.Equal(["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"], stack.Info.Bands.Select(band => band.Name));
        Assert.All(stack.Info.Bands, band => Assert.Equal((0.0, 0.0001, 0.0), (band.NoData, band.Scale, band.Offset)));
        Assert.True(stack.Info.Grid.IsSameAs(Grid10));
        Assert.Equal(SampleType.UInt16, stack.Info.SampleType);
        ushort[] pixel = new ushort[10];
        stack.Read<ushort>(new(10, 7, 1, 1), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], pixel);
        Assert.Equal([1200, 1300, 1400, 1500, 1600, 1700, 1800, 1850, 2100, 2200], pixel);
    }

    [Fact]
    public void Bands_are_read_in_any_order_as_any_type()
    {
        using StackSource stack = OpenBandFiles(Constant, new() { Offset = -1000 });
        float[] pixels = new float[6];
        stack.Read<float>(new(3, 3, 2, 1), [9, 0, 7], pixels);
        Assert.Equal([1200, 1200, 200, 200, 850, 850], pixels);
    }

    [Fact]
    public void No_data_of_a_coarse_band_covers_all_of_its_pixel_and_nothing_else_becomes_0()
    {
        using StackSource stack = OpenBandFiles((band, grid) =>
        {
            MemoryRaster<ushort> raster = Constant(band, grid);
            if (band == "B11") raster.Samples[grid.Width + 2] = 0;
            return raster;
        }, new() { Offset = -2000 });
        ushort[] samples = new ushort[2 * 88];
        stack.Read<ushort>(Grid10.FullWindow, [8, 0], samples);
        for (int i = 0; i < 88; i++) Assert.Equal(i % 11 is 4 or 5 && i / 11 is 2 or 3 ? 0 : 100, samples[i]);
        Assert.All(samples[88..], sample => Assert.Equal(1, sample));
    }

    [Fact]
    public void The_nodata_value_given_goes_before_that_of_the_files()
    {
        using StackSource stack = OpenBandFiles((band, grid) =>
        {
            var raster = new MemoryRaster<short>(grid, [new BandInfo { NoData = 0 }], [.. Enumerable.Repeat((short)500, (int)grid.FullWindow.PixelCount)]);
            (raster.Samples[0], raster.Samples[1]) = (-9999, 0);
            return raster;
        }, new() { NoData = -9999 });
        ushort[] samples = new ushort[6];
        stack.Read<ushort>(new(0, 0, 3, 1), [0, 3], samples);
        // The first pixel of B05 at 20 m is without data, so two of the stack are; a valid 0 is 1 in the stack.
        Assert.Equal([0, 1, 500, 0, 0], samples[..5]);
    }

    [Fact]
    public void Floating_point_reflectance_is_scaled()
    {
        using StackSource stack = OpenBandFiles((_, grid) =>
            new MemoryRaster<float>(grid, [new BandInfo()], [.. Enumerable.Repeat(0.25f, (int)grid.FullWindow.PixelCount)]), new());
        ushort[] samples = new ushort[880];
        stack.Read<ushort>(Grid10.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], samples);
        Assert.All(samples, sample => Assert.Equal(2500, sample));
    }

    [Fact]
    public void Pixels_that_a_mask_excludes_are_0()
    {
        using StackSource stack = OpenBandFiles((band, grid) => band is "B03" or "B12" ? new MaskedRaster(Constant(band, grid)) : Constant(band, grid), new());
        ushort[] samples = new ushort[9];
        stack.Read<ushort>(new(0, 0, 3, 1), [0, 1, 9], samples);
        Assert.Equal([1200, 1200, 1200, 0, 1300, 1300, 0, 0, 2200], samples);
    }

    [Fact]
    public void A_band_that_is_shifted_is_refused_with_both_grids_named()
    {
        var error = Assert.Throws<GridMismatchException>(() => OpenBandFiles((band, grid) =>
            Constant(band, band == "B12" ? new GeoGrid(grid.Width, grid.Height, new(600020, 700000), 20, 20, grid.Crs) : grid), new()));
        Assert.Contains("B12.tif: its grid differs from that of", error.Message, StringComparison.Ordinal);
        Assert.Contains("B02.tif at twice its pixel size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_of_another_zone_or_of_60_m_is_refused()
    {
        Assert.Throws<GridMismatchException>(() => OpenBandFiles((band, grid) =>
            Constant(band, band == "B04" ? new GeoGrid(grid.Width, grid.Height, grid.Origin, 10, 10, Crs.FromEpsg(32631)) : grid), new()));
        Assert.Throws<GridMismatchException>(() => OpenBandFiles((band, grid) =>
            Constant(band, band == "B11" ? new GeoGrid(2, 2, grid.Origin, 60, 60, grid.Crs) : grid), new()));
    }

    [Fact]
    public void Bands_that_are_10_m_already_are_used_as_they_are()
    {
        using StackSource stack = OpenBandFiles((band, _) => Constant(band, Grid10), new());
        ushort[] samples = new ushort[88];
        stack.Read<ushort>(Grid10.FullWindow, [3], samples);
        Assert.All(samples, sample => Assert.Equal(1500, sample));
    }

    [Fact]
    public void Files_without_a_coordinate_reference_system_are_refused()
    {
        var error = Assert.Throws<AsmException>(() => OpenBandFiles((band, grid) =>
            Constant(band, new GeoGrid(grid.Width, grid.Height, grid.Origin, grid.PixelWidth, grid.PixelHeight, null)), new()));
        Assert.Contains("has no coordinate reference system", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_20_m_copy_of_B02_is_not_taken_for_the_10_m_band()
    {
        var error = Assert.Throws<AsmException>(() => OpenBandFiles((band, _) => Constant(band, Grid10.Coarsen(2)), new()));
        Assert.Contains("has pixels of 20 x 20", error.Message, StringComparison.Ordinal);
    }

    private static MemoryRaster<ushort> Constant(string band, GeoGrid grid)
    {
        int sample = band == "B8A" ? 1850 : 1000 + 100 * int.Parse(band.AsSpan(1));
        return new(grid, [new BandInfo()], [.. Enumerable.Repeat((ushort)sample, (int)grid.FullWindow.PixelCount)], band + ".tif");
    }

    private static StackSource OpenBandFiles(Func<string, GeoGrid, IRasterSource> make, StackRadiometry radiometry)
    {
        using var folder = new TempFolder();
        foreach (string band in StackBands.Names) File.WriteAllText(folder.File(band + ".tif"), "");
        return StackAssembly.Open([folder.FullPath], radiometry, new BandOpener(new(), 0, null)
        {
            Replacement = path =>
            {
                string band = Path.GetFileNameWithoutExtension(path);
                return make(band, Coarse.Contains(band) ? Grid10.Coarsen(2) : Grid10);
            },
        });
    }

    /// <summary>A raster whose mask excludes the first pixel.</summary>
    private sealed class MaskedRaster(MemoryRaster<ushort> raster) : IRasterSource
    {
        public string Name => raster.Name;

        public RasterInfo Info => raster.Info;

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> => raster.Read(window, bands, destination);

        public void ReadMask(PixelWindow window, Span<byte> valid)
        {
            valid.Fill(1);
            if (window is { Column: 0, Row: 0 }) valid[0] = 0;
        }

        public void Dispose() => raster.Dispose();
    }
}
