using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;

namespace Asm.Tests.Simulation;

public sealed class SimulatedSceneTests
{
    private static readonly int[] AllBands = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static readonly SimulationOptions Busy = new() { Width = 300, Height = 280, Seed = 7, CloudCover = 0.3, Seasons = 3, NoDataWedge = true, Offset = new PixelOffset(-37, 95) };

    [Fact]
    public void The_bands_are_a_ten_band_stack_on_a_ten_metre_grid()
    {
        RasterInfo info = new SimulatedScene(Busy).Bands(0, 0).Info;
        Assert.Equal(["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"], info.Bands.Select(b => b.Name));
        Assert.All(info.Bands, b => Assert.Equal((0, 1e-4), (b.NoData, b.Scale)));
        Assert.Equal(SampleType.UInt16, info.SampleType);
        Assert.True(info.Grid.IsSameAs(new GeoGrid(300, 280, new MapPoint(600_000, 700_020), 10, 10, Crs.FromEpsg(32630))));
    }

    [Fact]
    public void The_truth_names_and_colours_its_classes()
    {
        RasterInfo info = new SimulatedScene(Busy).Truth(0).Info;
        Assert.Equal(["no data", "mines", "built", "vegetation"], info.ClassNames);
        Assert.Equal(4, info.Colors.Count);
        Assert.Equal(SampleType.UInt8, info.SampleType);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void Reading_in_any_windows_equals_reading_whole(int season, int date)
    {
        var scene = new SimulatedScene(Busy);
        IRasterSource bands = scene.Bands(season, date), truth = scene.Truth(season);
        ushort[] whole = Read<ushort>(bands, bands.Info.Grid.FullWindow, AllBands);
        byte[] wholeTruth = Read<byte>(truth, truth.Info.Grid.FullWindow, [0]);
        var random = new Random(20260801);
        for (int n = 0; n < 25; n++)
        {
            int width = random.Next(1, n < 20 ? 40 : 300), height = random.Next(1, n < 20 ? 40 : 120);
            var window = new PixelWindow(random.Next(300 - width), random.Next(280 - height), width, height);
            int[] some = [random.Next(10), random.Next(10)];
            Assert.Equal(Crop(whole, window, some), Read<ushort>(bands, window, some));
            Assert.Equal(Crop(wholeTruth, window, [0]), Read<byte>(truth, window, [0]));
        }
    }

    [Fact]
    public void Equal_options_give_equal_pixels_on_every_machine()
    {
        var scene = new SimulatedScene(Busy);
        PixelWindow spot = new(137, 201, 1, 1);
        Assert.Equal([2430, 2492, 2719, 2813, 2932, 3086, 3204, 3308, 2689, 1939], Read<ushort>(scene.Bands(1, 2), spot, AllBands));
        IRasterSource bands = scene.Bands(1, 2), truth = scene.Truth(1);
        Assert.Equal(164_927_018, Read<ushort>(bands, bands.Info.Grid.FullWindow, [6]).Sum(v => (long)v));
        byte[] classes = Read<byte>(truth, truth.Info.Grid.FullWindow, [0]);
        Assert.Equal((4302, 4340), (classes.Count(c => c == 1), classes.Count(c => c == 2)));
    }

    [Fact]
    public void Concurrent_reads_give_what_reads_in_turn_give()
    {
        IRasterSource bands = new SimulatedScene(Busy).Bands(1, 0);
        PixelWindow[] strips = [.. Enumerable.Range(0, 7).Select(i => new PixelWindow(0, i * 40, 300, 40))];
        ushort[][] inTurn = [.. strips.Select(s => Read<ushort>(bands, s, AllBands))];
        ushort[][] atOnce = new ushort[strips.Length][];
        Parallel.For(0, strips.Length, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, i => atOnce[i] = Read<ushort>(bands, strips[i], AllBands));
        Assert.Equal(inTurn, atOnce);
    }

    [Fact]
    public void An_offset_moves_the_view_over_one_and_the_same_landscape()
    {
        SimulationOptions left = new() { Width = 120, Height = 90, Seed = 3 }, right = left with { Offset = new PixelOffset(50, 20) };
        ushort[] a = Read<ushort>(new SimulatedScene(left).Bands(0, 0), new PixelWindow(50, 20, 70, 70), AllBands);
        ushort[] b = Read<ushort>(new SimulatedScene(right).Bands(0, 0), new PixelWindow(0, 0, 70, 70), AllBands);
        Assert.Equal(a, b);
    }

    [Fact]
    public void Seeds_seasons_and_dates_differ()
    {
        PixelWindow window = new(0, 0, 64, 64);
        SimulationOptions options = new() { Width = 64, Height = 64, Seed = 1 };
        ushort[][] images =
        [
            Read<ushort>(new SimulatedScene(options).Bands(0, 0), window, [2]),
            Read<ushort>(new SimulatedScene(options with { Seed = 2 }).Bands(0, 0), window, [2]),
            Read<ushort>(new SimulatedScene(options).Bands(1, 0), window, [2]),
            Read<ushort>(new SimulatedScene(options).Bands(0, 1), window, [2]),
        ];
        for (int i = 0; i < images.Length; i++)
            for (int j = 0; j < i; j++) Assert.NotEqual(images[i], images[j]);
    }

    [Fact]
    public void Classes_and_samples_keep_to_their_ranges()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            var scene = new SimulatedScene(new SimulationOptions { Width = 200, Height = 200, Seed = seed, CloudCover = 0.1, RadiometricShift = 2 });
            Assert.All(Read<byte>(scene.Truth(0), new PixelWindow(0, 0, 200, 200), [0]), c => Assert.InRange(c, 1, 3));
            ushort[] samples = Read<ushort>(scene.Bands(0, 0), new PixelWindow(0, 0, 200, 200), AllBands);
            Assert.InRange(samples.Min(), 1, 12_000);
            Assert.InRange(samples.Max(), 1, 12_000);
        }
    }

    [Fact]
    public void Over_many_seeds_a_few_percent_are_mined_and_built()
    {
        var total = new long[4];
        for (ulong seed = 0; seed < 24; seed++)
            foreach (byte c in Read<byte>(new SimulatedScene(new SimulationOptions { Width = 256, Height = 256, Seed = seed }).Truth(0), new PixelWindow(0, 0, 256, 256), [0])) total[c]++;
        double all = total.Sum();
        Assert.InRange(total[1] / all, 0.02, 0.10);
        Assert.InRange(total[2] / all, 0.015, 0.10);
        Assert.InRange(total[3] / all, 0.80, 0.96);
    }

    [Fact]
    public void Without_mine_density_there_are_no_mines()
    {
        for (ulong seed = 0; seed < 8; seed++)
            Assert.DoesNotContain((byte)1, Read<byte>(new SimulatedScene(new SimulationOptions { Width = 256, Height = 256, Seed = seed, MineDensity = 0 }).Truth(1), new PixelWindow(0, 0, 256, 256), [0]));
    }

    [Fact]
    public void Mines_grow_from_season_to_season_and_keep_most_of_their_ground()
    {
        long[] mined = new long[3];
        long kept = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            var scene = new SimulatedScene(new SimulationOptions { Width = 256, Height = 256, Seed = seed, Seasons = 3 });
            byte[][] seasons = [.. Enumerable.Range(0, 3).Select(s => Read<byte>(scene.Truth(s), new PixelWindow(0, 0, 256, 256), [0]))];
            for (int s = 0; s < 3; s++) mined[s] += seasons[s].Count(c => c == 1);
            kept += seasons[0].Zip(seasons[1]).Count(p => p is (1, 1));
        }
        Assert.True(mined[1] > 1.1 * mined[0], $"{mined[0]} pixels, then {mined[1]}");
        Assert.True(mined[2] > 1.02 * mined[1], $"{mined[1]} pixels, then {mined[2]}");
        Assert.InRange(kept / (double)mined[0], 0.85, 0.999);
    }

    [Fact]
    public void The_wedge_without_data_is_the_same_in_all_bands_and_only_on_every_second_date()
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = 200, Height = 150, Seed = 5, NoDataWedge = true });
        PixelWindow window = new(0, 0, 200, 150);
        ushort[] samples = Read<ushort>(scene.Bands(0, 1), window, AllBands);
        bool[] missing = [.. samples.Take(30_000).Select(v => v == 0)];
        for (int b = 1; b < 10; b++) Assert.Equal(missing, samples.Skip(b * 30_000).Take(30_000).Select(v => v == 0));
        Assert.InRange(missing.Count(m => m) / 30_000.0, 0.1, 0.6);
        Assert.DoesNotContain((ushort)0, Read<ushort>(scene.Bands(0, 0), window, AllBands));
        Assert.DoesNotContain((byte)0, Read<byte>(scene.Truth(0), window, [0]));
    }

    [Fact]
    public void Clouds_are_bright_in_all_visible_bands_and_cover_about_what_was_asked_for()
    {
        long cloudy = 0, pixels = 0;
        for (ulong seed = 0; seed < 8; seed++)
        {
            SimulationOptions clear = new() { Width = 256, Height = 256, Seed = seed, HazeStrength = 0 };
            PixelWindow window = new(0, 0, 256, 256);
            ushort[] without = Read<ushort>(new SimulatedScene(clear).Bands(0, 0), window, [0, 1, 2]), with = Read<ushort>(new SimulatedScene(clear with { CloudCover = 0.3 }).Bands(0, 0), window, [0, 1, 2]);
            for (int i = 0; i < 65_536; i++, pixels++)
            {
                if (with[i] < without[i] + 2000) continue;
                cloudy++;
                Assert.True(with[i + 65_536] > 2000 && with[i + 131_072] > 2000, $"seed {seed}, pixel {i}: {with[i]} {with[i + 65_536]} {with[i + 131_072]}");
            }
        }
        Assert.InRange(cloudy / (double)pixels, 0.15, 0.45);
    }

    [Theory]
    [InlineData("Width", 0)]
    [InlineData("Seasons", 21)]
    [InlineData("CloudCover", 1)]
    [InlineData("MineDensity", -1)]
    public void Options_outside_of_their_range_are_refused(string option, int value)
    {
        SimulationOptions options = option switch
        {
            "Width" => new() { Width = value },
            "Seasons" => new() { Seasons = value },
            "CloudCover" => new() { CloudCover = value },
            _ => new() { MineDensity = value },
        };
        Assert.Equal(option, Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedScene(options)).ParamName);
    }

    [Fact]
    public void Windows_seasons_and_dates_outside_of_the_scene_are_refused()
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = 20, Height = 20 });
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Bands(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Bands(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Truth(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read<ushort>(scene.Bands(0, 0), new PixelWindow(15, 0, 6, 1), [0]));
    }

    private static T[] Read<T>(IRasterSource source, PixelWindow window, int[] bands) where T : unmanaged, System.Numerics.INumber<T>
    {
        var samples = new T[window.PixelCount * bands.Length];
        source.Read<T>(window, bands, samples);
        return samples;
    }

    private static T[] Crop<T>(T[] whole, PixelWindow window, int[] bands) =>
        [.. bands.SelectMany(b => Enumerable.Range(window.Row, window.Height).SelectMany(y => whole.Skip((b * 280 + y) * 300 + window.Column).Take(window.Width)))];
}
