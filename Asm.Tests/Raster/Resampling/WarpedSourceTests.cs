using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Resampling;

public sealed class WarpedSourceTests
{
    private static readonly Crs Zone48 = Crs.Utm(48, north: true);

    // A grid in the same system: positions are exact, so that results can be worked out by hand. 4 x 3 pixels of 10 m.
    private static readonly GeoGrid Small = new(4, 3, new(500000, 100000), 10, 10, Zone48);

    private static float[] Warp(float[] samples, GeoGrid target, ResamplingMethod method, float noData = -1)
    {
        using var warped = new WarpedSource(new MemoryRaster<float>(Small, [new BandInfo { NoData = noData }], samples), target, method);
        var read = new float[target.FullWindow.PixelCount];
        warped.Read<float>(target.FullWindow, [0], read);
        return read;
    }

    private static GeoGrid Shifted(double columns, double rows, int width = 4, int height = 3) =>
        new(width, height, new(500000 + 10 * columns, 100000 - 10 * rows), 10, 10, Zone48);

    [Theory]
    [InlineData(ResamplingMethod.Nearest)]
    [InlineData(ResamplingMethod.Bilinear)]
    [InlineData(ResamplingMethod.Cubic)]
    public void The_same_grid_gives_the_same_samples(ResamplingMethod method)
    {
        float[] samples = [1, 2, 3, 4, 5, -1, 7, 8, 9, 10, 11, 12];
        Assert.Equal(samples, Warp(samples, Small, method));
    }

    [Fact]
    public void Bilinear_weighs_by_distance_and_shares_the_weight_of_missing_samples()
    {
        float[] samples = [10, 20, 30, 40, 50, -1, 70, 80, 90, 100, 110, 120];

        // A quarter of a pixel to the east and to the south: weights 9/16, 3/16, 3/16, 1/16.
        float[] warped = Warp(samples, Shifted(0.25, 0.25), ResamplingMethod.Bilinear);
        Assert.Equal((9 * 10 + 3 * 20 + 3 * 50) / 15f, warped[0], 1e-5f);
        Assert.Equal((9 * 20 + 3 * 30 + 70) / 13f, warped[1], 1e-5f);
        Assert.Equal((9 * 30 + 3 * 40 + 3 * 70 + 80) / 16f, warped[2], 1e-5f);

        // The right column: only samples of the left have data.
        Assert.Equal((9 * 40 + 3 * 80) / 12f, warped[3], 1e-5f);

        // The pixel that holds the position has no data, whatever its neighbours have.
        Assert.Equal(-1, warped[5]);
    }

    [Fact]
    public void Cubic_is_exact_on_a_plane_and_steps_down_to_bilinear_beside_missing_samples()
    {
        GeoGrid grid = new(8, 8, new(500000, 100000), 10, 10, Zone48);
        float[] samples = [.. Enumerable.Range(0, 64).Select(i => 100f + 3 * (i % 8) + 5 * (i / 8))];
        samples[0] = -1;
        using var warped = new WarpedSource(new MemoryRaster<float>(grid, [new BandInfo { NoData = -1 }], samples), new(8, 8, new(500003, 99996), 10, 10, Zone48), ResamplingMethod.Cubic);
        var read = new float[64];
        warped.Read<float>(warped.Info.Grid.FullWindow, [0], read);
        Assert.Equal(100 + 3 * 3.3f + 5 * 3.4f, read[3 * 8 + 3], 1e-3f);
        Assert.Equal(100 + 3 * 1.3f + 5 * 1.4f, read[1 * 8 + 1], 1e-3f);
        Assert.Equal(-1, read[0]);
    }

    [Fact]
    public void Cubic_weights_are_those_of_Keys()
    {
        // An impulse, seen half a pixel beside: -1/16, 9/16, 9/16, -1/16.
        GeoGrid grid = new(9, 9, new(500000, 100000), 10, 10, Zone48);
        var samples = new float[81];
        samples[4 * 9 + 4] = 16;
        using var warped = new WarpedSource(new MemoryRaster<float>(grid, [new BandInfo { NoData = -9 }], samples), new(9, 9, new(500005, 100000), 10, 10, Zone48), ResamplingMethod.Cubic);
        var read = new float[81];
        warped.Read<float>(grid.FullWindow, [0], read);
        Assert.Equal([0, -1, 9, 9, -1, 0, 0], read[37..44]);
    }

    [Fact]
    public void Outside_of_the_source_is_nodata() =>
        Assert.Equal([-1, 1, -1, 5], Warp([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Shifted(-1, 0, 2, 2), ResamplingMethod.Bilinear));

    [Fact]
    public void A_grid_far_away_is_all_nodata() =>
        Assert.Equal([-1, -1], Warp(new float[12], new(2, 1, new(0, 0), 1, 1, Crs.Wgs84), ResamplingMethod.Cubic));

    [Fact]
    public void A_mask_beside_the_samples_becomes_nodata()
    {
        using var warped = new WarpedSource(new Masked(new MemoryRaster<byte>(Small, [new BandInfo()], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])), Small, ResamplingMethod.Bilinear, noData: 255);
        var read = new byte[12];
        warped.Read<byte>(Small.FullWindow, [0], read);
        Assert.Equal([255, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], read);
        Assert.Equal(255, warped.Info.Bands[0].NoData);
    }

    [Fact]
    public void Values_are_rounded_and_clamped_as_the_samples_would_be_and_kept_off_nodata()
    {
        byte[] samples = [0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 1, 1, 1, 1];
        GeoGrid grid = new(4, 4, new(500000, 100000), 10, 10, Zone48), half = new(3, 2, new(500005, 99995), 10, 10, Zone48);
        using var warped = new WarpedSource(new MemoryRaster<byte>(grid, [new BandInfo { NoData = 128 }], samples), half, ResamplingMethod.Bilinear);
        var read = new float[6];
        warped.Read<float>(half.FullWindow, [0], read);

        // 127.5 rounds to 128, which is nodata, and so becomes 129.
        Assert.Equal([129, 255, 129, 129, 255, 129], read);
    }

    [Fact]
    public void Nearest_never_makes_a_new_class()
    {
        byte[] classes = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 0];
        using var warped = new WarpedSource(new MemoryRaster<byte>(Small, [new BandInfo { NoData = 0 }], classes), Shifted(0.4, -0.4), ResamplingMethod.Nearest);
        var read = new byte[12];
        warped.Read<byte>(Small.FullWindow, [0], read);
        Assert.Equal(classes, read);
    }

    [Fact]
    public void Bands_come_in_the_order_asked_for_and_windows_equal_the_whole()
    {
        GeoGrid grid = new(300, 280, new(499000, 102000), 10, 10, Zone48), target = GridProjection.Project(grid, Crs.Wgs84);
        var random = new Random(48);
        ushort[] samples = [.. Enumerable.Range(0, 2 * 300 * 280).Select(_ => (ushort)random.Next(5000))];
        using var warped = new WarpedSource(new MemoryRaster<ushort>(grid, [new BandInfo { NoData = 0 }, new BandInfo { NoData = 7 }], samples), target, ResamplingMethod.Cubic);
        int plane = (int)target.FullWindow.PixelCount;
        var whole = new ushort[2 * plane];
        warped.Read<ushort>(target.FullWindow, [1, 0], whole);
        for (int round = 0; round < 50; round++)
        {
            int column = random.Next(target.Width), row = random.Next(target.Height);
            PixelWindow window = new(column, row, 1 + random.Next(target.Width - column), 1 + random.Next(Math.Min(40, target.Height - row)));
            var part = new ushort[2 * window.PixelCount];
            warped.Read<ushort>(window, [0, 1], part);
            for (int i = 0; i < part.Length; i++)
            {
                int band = i / (int)window.PixelCount, pixel = i % (int)window.PixelCount;
                Assert.Equal(whole[(1 - band) * plane + (window.Row + pixel / window.Width) * target.Width + window.Column + pixel % window.Width], part[i]);
            }
        }
    }

    [Fact]
    public void Only_the_source_window_that_is_needed_is_read()
    {
        GeoGrid grid = new(10000, 10000, new(400000, 1100000), 10, 10, Zone48);
        var recorder = new Recorder(grid);
        GeoGrid target = new(2000, 2000, new(1060000, 1090000), 10, 10, Crs.Utm(47, north: true));
        MapPoint corner = CoordinateTransform.Between(Zone48, target.Crs!).Transform(grid.ToMap(5000, 5000));
        target = new(2000, 2000, corner, 10, 10, target.Crs);
        using var warped = new WarpedSource(recorder, target, ResamplingMethod.Bilinear, noData: 255);
        warped.Read<byte>(new(0, 0, 100, 100), [0], new byte[10000]);
        PixelWindow window = Assert.Single(recorder.Windows);
        Assert.InRange(window.PixelCount, 10000, 16000);
        Assert.True(new PixelWindow(4950, 4950, 250, 250).Contains(window), window.ToString());
    }

    [Fact]
    public void Pixels_much_larger_than_the_source_s_do_not_need_much_memory()
    {
        GeoGrid grid = new(8000, 8000, new(400000, 1100000), 10, 10, Zone48);
        var recorder = new Recorder(grid);
        using var warped = new WarpedSource(recorder, new(80, 80, new(400000, 1100000), 1000, 1000, Zone48), ResamplingMethod.Nearest, noData: 255);
        var read = new byte[6400];
        warped.Read<byte>(warped.Info.Grid.FullWindow, [0], read);
        Assert.All(recorder.Windows, window => Assert.True(window.PixelCount <= 4 << 20));
        Assert.All(read, sample => Assert.Equal(1, sample));
    }

    [Theory]
    [InlineData(null, "its band 'B02' has no nodata value")]
    [InlineData(-1.0, "its samples are UInt16, which cannot be -1")]
    [InlineData(double.NaN, "its samples are UInt16, which cannot be NaN")]
    [InlineData(0.5, "its samples are UInt16, which cannot be 0.5")]
    public void A_result_without_a_usable_nodata_is_refused(double? noData, string found)
    {
        var source = new MemoryRaster<ushort>(Small, [new BandInfo { Name = "B02" }], name: "scene.tif");
        Assert.StartsWith($"scene.tif: {found}\n", Assert.Throws<AsmException>(() => new WarpedSource(source, Small, ResamplingMethod.Nearest, noData)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_raster_without_CRS_is_refused()
    {
        var source = new MemoryRaster<ushort>(new GeoGrid(1, 1, new(0, 1), 1, 1, null), [new BandInfo { NoData = 0 }], name: "scene.tif");
        Assert.StartsWith("scene.tif: has no coordinate reference system\n", Assert.Throws<AsmException>(() => new WarpedSource(source, Small, ResamplingMethod.Nearest)).Message, StringComparison.Ordinal);
    }

    // Steps between neighbours stay below 40, so that the 0.01 pixel of the interpolated positions is below 1.
    [Theory]
    [InlineData(32647, ResamplingMethod.Bilinear, "bilinear")]
    [InlineData(32647, ResamplingMethod.Cubic, "cubic")]
    [InlineData(32647, ResamplingMethod.Nearest, "near")]
    [InlineData(4326, ResamplingMethod.Bilinear, "bilinear")]
    [InlineData(4326, ResamplingMethod.Nearest, "near")]
    public void Gdalwarp_gives_the_same_within_one(int epsg, ResamplingMethod method, string name)
    {
        GeoGrid grid = new(600, 500, new(698000, 1852000), 10, 10, Zone48);
        ushort[] samples = [.. Enumerable.Range(0, 600 * 500).Select(i => (ushort)(2000 + 400 * Math.Sin(i % 600 / 15.0) * Math.Cos(i / 600 / 12.0) + 3 * (i % 600)))];
        foreach (int hole in (int[])[150000, 150001, 150600, 90310]) samples[hole] = 0;
        GeoGrid target = GridProjection.Project(grid, Crs.FromEpsg(epsg));
        ushort[] expected = Gdalwarp(grid, samples, target, name), found = new ushort[expected.Length];
        using var warped = new WarpedSource(new MemoryRaster<ushort>(grid, [new BandInfo { NoData = 0 }], samples), target, method);
        warped.Read<ushort>(target.FullWindow, [0], found);
        int differing = 0, otherValidity = 0, valid = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (expected[i] != 0 && found[i] != 0) valid++;
            if ((expected[i] == 0) != (found[i] == 0)) otherValidity++;
            else if (Math.Abs(expected[i] - found[i]) > 1) differing++;
        }
        Assert.True(valid > 250000);

        // A position within 0.01 pixel of a border between pixels may fall on its other side: at the rim for every method, everywhere for the nearest sample.
        Assert.InRange(otherValidity, 0, 60);
        Assert.InRange(differing, 0, method == ResamplingMethod.Nearest ? valid / 50 : 0);
    }

    private static ushort[] Gdalwarp(GeoGrid grid, ushort[] samples, GeoGrid target, string method)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("in.bin"), MemoryMarshal.AsBytes<ushort>(samples));
        File.WriteAllText(folder.File("in.vrt"),
            $"<VRTDataset rasterXSize=\"{grid.Width}\" rasterYSize=\"{grid.Height}\"><SRS>EPSG:{grid.Crs!.Epsg}</SRS>"
            + $"<GeoTransform>{grid.Origin.X:R},{grid.PixelWidth:R},0,{grid.Origin.Y:R},0,{-grid.PixelHeight:R}</GeoTransform>"
            + $"<VRTRasterBand dataType=\"UInt16\" band=\"1\" subClass=\"VRTRawRasterBand\"><NoDataValue>0</NoDataValue><SourceFilename relativeToVRT=\"1\">in.bin</SourceFilename><ImageOffset>0</ImageOffset><PixelOffset>2</PixelOffset><LineOffset>{2 * grid.Width}</LineOffset><ByteOrder>LSB</ByteOrder></VRTRasterBand></VRTDataset>");
        MapBounds bounds = target.Bounds;
        PeerTool.Run("gdalwarp", "-q", "-et", "0", "-r", method, "-t_srs", $"EPSG:{target.Crs!.Epsg}", "-te", $"{bounds.West:R}", $"{bounds.South:R}", $"{bounds.East:R}", $"{bounds.North:R}",
            "-ts", $"{target.Width}", $"{target.Height}", "-of", "ENVI", folder.File("in.vrt"), folder.File("out.bin"));
        return MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(folder.File("out.bin"))).ToArray();
    }

    private sealed class Masked(IRasterSource inner) : IRasterSource
    {
        public string Name => inner.Name;

        public RasterInfo Info => inner.Info;

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, System.Numerics.INumber<T> => inner.Read(window, bands, destination);

        public void ReadMask(PixelWindow window, Span<byte> valid)
        {
            valid.Fill(1);
            if (window.Column == 0 && window.Row == 0) valid[0] = 0;
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class Recorder(GeoGrid grid) : IRasterSource
    {
        public List<PixelWindow> Windows { get; } = [];

        public string Name => "recorder";

        public RasterInfo Info { get; } = new() { Grid = grid, SampleType = SampleType.UInt8, Bands = [new BandInfo()] };

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, System.Numerics.INumber<T>
        {
            Windows.Add(window);
            destination.Fill(T.One);
        }

        public void Dispose() { }
    }
}
