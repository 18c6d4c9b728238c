using Asm.Analysis.Heatmaps;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Analysis.Heatmaps;

public sealed class KernelDensityTests
{
    private static GeoGrid Grid(int width, int height, double pixel = 10) => new(width, height, new(600_000, 700_000), pixel, pixel, Crs.Utm(30, north: true));

    private static MemoryRaster<byte> Map(int width, int height, Func<int, int, bool> isMine, double pixel = 10)
    {
        var map = new MemoryRaster<byte>(Grid(width, height, pixel), [new() { NoData = 0 }]);
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++) map.Samples[row * width + column] = isMine(column, row) ? (byte)1 : (byte)3;
        return map;
    }

    private static (float[] Density, GeoGrid Cells, HeatmapSummary Summary) Density(IRasterSource map, HeatmapOptions options, RunOptions? run = null)
    {
        GeoGrid cells = KernelDensity.CellsOf(map, options);
        var sink = new MemoryRaster<float>(cells, [new()]);
        HeatmapSummary summary = KernelDensity.Run(map, [1], sink, options, run);
        return (sink.Samples, cells, summary);
    }

    /// <summary>The definition: a sum over all pixels for every cell.</summary>
    private static double[] Direct(MemoryRaster<byte> map, GeoGrid cells, HeatmapOptions options)
    {
        GeoGrid grid = map.Info.Grid;
        double h = options.BandwidthMetres;
        (double X, double Y)[] mines = [.. Enumerable.Range(0, map.Samples.Length).Where(i => map.Samples[i] == 1).Select(i => ((i % grid.Width + 0.5) * grid.PixelWidth, (i / grid.Width + 0.5) * grid.PixelHeight))];
        double[] densities = new double[cells.Width * cells.Height];
        for (int i = 0; i < densities.Length; i++)
        {
            double x = (i % cells.Width + 0.5) * cells.PixelWidth, y = (i / cells.Width + 0.5) * cells.PixelHeight;
            densities[i] = 1e6 * mines.Sum(m => Kernel(Math.Abs(x - m.X), Math.Abs(y - m.Y)));
        }
        return densities;

        double Kernel(double dx, double dy)
        {
            double d2 = (dx * dx + dy * dy) / (h * h);
            return options.Kernel switch
            {
                HeatmapKernel.Quartic => d2 < 1 ? 3 / (Math.PI * h * h) * (1 - d2) * (1 - d2) : 0,
                HeatmapKernel.Uniform => d2 < 1 ? 1 / (Math.PI * h * h) : 0,
                // 0.999936657516334 of a normal distribution lies within 4 standard deviations.
                _ => Math.Max(dx, dy) <= 4 * h ? Math.Exp(-d2 / 2) / (2 * Math.PI * h * h * 0.999936657516334 * 0.999936657516334) : 0,
            };
        }
    }

    [Theory]
    [InlineData(0, 0.95493)]
    [InlineData(50, 0.53715)]
    [InlineData(99, 0.000378136)]
    [InlineData(100, 0)]
    [InlineData(101, 0)]
    public void One_pixel_has_the_quartic_of_its_distance(int pixelsAway, double expected)
    {
        using MemoryRaster<byte> map = Map(301, 301, (column, row) => column == 150 && row == 150);
        (float[] density, _, HeatmapSummary summary) = Density(map, new() { BandwidthMetres = 1000, CellMetres = 10 });
        Assert.Equal(expected, density[150 * 301 + 150 + pixelsAway], 5e-6);
        Assert.Equal(expected, density[(150 - pixelsAway) * 301 + 150], 5e-6);
        if (expected == 0) Assert.Equal(0, density[150 * 301 + 150 + pixelsAway]);
        Assert.Equal(1, summary.Pixels);
        Assert.Equal(0.95493, summary.HighestPerKm2, 5e-6);
        Assert.InRange(summary.Integral, 1 - 1e-6, 1 + 1e-6);
    }

    [Theory]
    [InlineData(HeatmapKernel.Quartic, 100, 10)]
    [InlineData(HeatmapKernel.Quartic, 100, 20)]
    [InlineData(HeatmapKernel.Quartic, 73.3, 10)]
    [InlineData(HeatmapKernel.Quartic, 86.6, 40)]
    [InlineData(HeatmapKernel.Quartic, 5, 10)]
    [InlineData(HeatmapKernel.Quartic, 8, 20)]
    [InlineData(HeatmapKernel.Quartic, 15, 50)]
    [InlineData(HeatmapKernel.Quartic, 400, 30)]
    [InlineData(HeatmapKernel.Uniform, 100, 10)]
    [InlineData(HeatmapKernel.Uniform, 73.3, 20)]
    [InlineData(HeatmapKernel.Gaussian, 40, 10)]
    [InlineData(HeatmapKernel.Gaussian, 33.3, 20)]
    [InlineData(HeatmapKernel.Gaussian, 60, 70)]
    public void Every_cell_has_the_sum_of_the_kernel_over_all_pixels(HeatmapKernel kernel, double bandwidth, double cell)
    {
        foreach ((int width, int height, double share) in new[] { (61, 47, 0.02), (70, 33, 0.5), (13, 90, 0.2), (1, 1, 1.0), (5, 3, 1.0) })
        {
            var random = new Random(7);
            using MemoryRaster<byte> map = Map(width, height, (_, _) => random.NextDouble() < share);
            var options = new HeatmapOptions { Kernel = kernel, BandwidthMetres = bandwidth, CellMetres = cell };
            (float[] density, GeoGrid cells, _) = Density(map, options);
            double[] expected = Direct(map, cells, options);
            for (int i = 0; i < density.Length; i++) Assert.True(Math.Abs(density[i] - expected[i]) <= 1e-7 * expected[i], $"cell {i} of {width} x {height}: {density[i]} is not {expected[i]}");
        }
    }

    [Theory]
    [InlineData(HeatmapKernel.Quartic, 100, 10)]
    [InlineData(HeatmapKernel.Quartic, 95.5, 20)]
    [InlineData(HeatmapKernel.Gaussian, 50, 20)]
    [InlineData(HeatmapKernel.Uniform, 100, 20)]
    public void Nothing_depends_on_threads_or_memory(HeatmapKernel kernel, double bandwidth, double cell)
    {
        var random = new Random(3);
        using MemoryRaster<byte> map = Map(333, 777, (_, row) => random.NextDouble() < row / 1500.0);
        var options = new HeatmapOptions { Kernel = kernel, BandwidthMetres = bandwidth, CellMetres = cell };
        float[] first = Density(map, options, new() { Threads = 1, MaxMemoryBytes = 1 << 30 }).Density;
        Assert.Equal(first, Density(map, options, new() { Threads = 3, MaxMemoryBytes = 800_000 }).Density);
    }

    [Theory]
    [InlineData(HeatmapKernel.Quartic, 2e-4)]
    [InlineData(HeatmapKernel.Gaussian, 1e-6)]
    [InlineData(HeatmapKernel.Uniform, 2e-2)]
    public void Away_from_borders_the_density_adds_up_to_the_number_of_pixels(HeatmapKernel kernel, double error)
    {
        var random = new Random(3);
        using MemoryRaster<byte> map = Map(700, 700, (column, row) => column is > 250 and < 450 && row is > 250 and < 450 && random.NextDouble() < 0.3);
        int mines = map.Samples.Count(s => s == 1);
        HeatmapSummary summary = Density(map, new() { Kernel = kernel, BandwidthMetres = kernel == HeatmapKernel.Gaussian ? 500 : 1000, CellMetres = 100 }).Summary;
        Assert.Equal(mines, summary.Pixels);
        Assert.InRange(summary.Integral / mines, 1 - error, 1 + error);
    }

    [Fact]
    public void The_widest_bandwidth_of_a_full_map_is_still_exact()
    {
        using MemoryRaster<byte> map = Map(2010, 2010, (_, _) => true);
        (float[] density, GeoGrid cells, _) = Density(map, new() { BandwidthMetres = 10_000, CellMetres = 6700 });
        // A disc full of pixels, 10,000 to the km2, but for what a lattice differs from a plane.
        Assert.Equal(10_000, density[cells.Width + 1], 0.01);
    }

    [Fact]
    public void Pixels_without_data_are_not_counted()
    {
        using MemoryRaster<byte> map = Map(30, 30, (column, row) => column == 15 && row == 15);
        map.Samples[16 * 30 + 16] = 0;
        Assert.Equal(1, Density(map, new() { BandwidthMetres = 50, CellMetres = 10 }).Summary.Pixels);
    }

    [Fact]
    public void Maps_in_degrees_or_with_other_cells_are_refused()
    {
        using var degrees = new MemoryRaster<byte>(new GeoGrid(10, 10, new(0, 6), 1e-4, 1e-4, Crs.Wgs84), [new()]);
        Assert.Contains("is in degrees", Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(degrees, new())).Message, StringComparison.Ordinal);
        using var nowhere = new MemoryRaster<byte>(new GeoGrid(10, 10, new(0, 6), 10, 10, null), [new()]);
        Assert.Contains("no coordinate reference system", Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(nowhere, new())).Message, StringComparison.Ordinal);
        using MemoryRaster<byte> map = Map(10, 10, (_, _) => true);
        Assert.Contains("`cell`: is 15 m", Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(map, new() { CellMetres = 15 })).Message, StringComparison.Ordinal);
        Assert.Contains("5 to 10000 m", Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(map, new() { BandwidthMetres = 0 })).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(map, new() { BandwidthMetres = double.NaN }));
        Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(map, new() { BandwidthMetres = 3000, Kernel = HeatmapKernel.Gaussian }));
        using var oblong = new MemoryRaster<byte>(new GeoGrid(10, 10, new(0, 6), 10, 20, Crs.Utm(30, north: true)), [new()]);
        Assert.Contains("square pixels", Assert.ThrowsAny<AsmException>(() => KernelDensity.CellsOf(oblong, new())).Message, StringComparison.Ordinal);
        Assert.Contains("`max-memory`", Assert.ThrowsAny<AsmException>(() => Density(map, new() { CellMetres = 10 }, new() { MaxMemoryBytes = 1000 })).Message, StringComparison.Ordinal);
    }
}
