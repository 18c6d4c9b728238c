using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Writing;

public sealed class CogOverviewTests
{
    [Theory]
    [InlineData(new byte[] { 3, 3, 2, 1 }, 3)]
    [InlineData(new byte[] { 3, 2, 2, 3 }, 2)]
    [InlineData(new byte[] { 4, 3, 2, 1 }, 1)]
    [InlineData(new byte[] { 0, 0, 0, 3 }, 3)]
    [InlineData(new byte[] { 0, 0, 0, 0 }, 0)]
    public void The_mode_is_the_most_frequent_class_with_data_and_the_lowest_of_equals(byte[] four, byte expected) => Assert.Equal(expected, Halve<byte>(OverviewMode.Mode, four, 0));

    [Theory]
    [InlineData(new ushort[] { 1, 2, 3, 4 }, 3)]
    [InlineData(new ushort[] { 1, 1, 1, 2 }, 1)]
    [InlineData(new ushort[] { 0, 7, 0, 8 }, 8)]
    [InlineData(new ushort[] { 0, 0, 0, 9 }, 9)]
    [InlineData(new ushort[] { 0, 0, 0, 0 }, 0)]
    [InlineData(new ushort[] { 65535, 65535, 65534, 65535 }, 65535)]
    public void The_average_is_the_rounded_mean_of_samples_with_data(ushort[] four, ushort expected) => Assert.Equal(expected, Halve<ushort>(OverviewMode.Average, four, 0));

    [Fact]
    public void Runs_of_one_class_are_halved_as_their_pixels_are()
    {
        var random = new Random(4);
        var fine = new byte[2 * 201];
        for (int row = 0; row < 2; row++)
            for (int i = 0; i < 201;)
            {
                int run = Math.Min(201 - i, random.Next(1, 60));
                fine.AsSpan(201 * row + i, run).Fill((byte)random.Next(3));
                i += run;
            }
        fine.AsSpan(40, 70).Fill(2);
        fine.AsSpan(201 + 40, 70).Fill(2);
        var coarse = new byte[201];

        OverviewKernel.Halve<byte>(OverviewMode.Mode, fine, 201, 201, 2, 0, coarse);

        for (int x = 0; x < 100; x++) Assert.Equal(Halve<byte>(OverviewMode.Mode, [fine[2 * x], fine[2 * x + 1], fine[201 + 2 * x], fine[201 + 2 * x + 1]], 0), coarse[x]);
    }

    [Fact]
    public void Negative_halves_are_rounded_away_from_zero() => Assert.Equal(-3, Halve<short>(OverviewMode.Average, [-2, -3, -2, -3], null));

    [Fact]
    public void The_average_of_the_largest_integers_does_not_overflow()
    {
        Assert.Equal(uint.MaxValue, Halve(OverviewMode.Average, [uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue - 1], null));
        Assert.Equal(int.MinValue, Halve(OverviewMode.Average, [int.MinValue, int.MinValue, int.MinValue, int.MinValue + 1], null));
    }

    [Fact]
    public void NaN_has_no_say_whatever_nodata_is()
    {
        Assert.Equal(0.5f, Halve(OverviewMode.Average, [float.NaN, 0.25f, 0.75f, float.NaN], null));
        Assert.Equal(0.5f, Halve(OverviewMode.Average, [-1, 0.25f, 0.75f, float.NaN], -1));
        Assert.Equal(-1f, Halve(OverviewMode.Average, [-1, -1, float.NaN, -1], -1));
        Assert.Equal(float.NaN, Halve(OverviewMode.Average, [float.NaN, float.NaN, float.NaN, float.NaN], null));
        Assert.Equal(2f, Halve(OverviewMode.Mode, [float.NaN, 2, float.NaN, float.NaN], null));
    }

    [Fact]
    public void At_odd_edges_the_pixels_that_are_there_decide()
    {
        using var folder = new TempFolder();
        ushort[] samples = new ushort[17 * 17];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)(i % 17 * 10 + i / 17);
        string path = CogFiles.Write(folder.File("a.tif"), CogFiles.Info(17, 17, SampleType.UInt16, 1, null), samples, new() { TileSize = 16 });
        Assert.Equal([(17, 17), (9, 9)], LibTiffReader.Sizes(path));
        ushort[] overview = LibTiffReader.Read<ushort>(path, 0, 1);
        Assert.Equal(6, overview[0]);
        Assert.Equal(161, overview[8]);
        Assert.Equal(21, overview[8 * 9]);
        Assert.Equal(176, overview[8 * 9 + 8]);
    }

    [Theory]
    [InlineData(100, 33, new[] { 100, 50, 25, 13 })]
    [InlineData(16, 16, new[] { 16 })]
    [InlineData(5, 40, new[] { 5, 3, 2 })]
    public void Overviews_go_on_until_both_sides_fit_in_a_tile(int width, int height, int[] expectedWidths)
    {
        using var folder = new TempFolder();
        string path = CogFiles.Write(folder.File("a.tif"), CogFiles.Info(width, height, SampleType.UInt8, 1, null), new byte[width * height], new() { TileSize = 16 });
        Assert.Equal(expectedWidths, LibTiffReader.Sizes(path).Select(s => s.Width));
    }

    [Fact]
    public void Every_level_of_random_class_maps_follows_from_the_one_below()
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        for (int i = 0; i < 10; i++)
        {
            int width = random.Next(20, 150), height = random.Next(20, 150);
            byte[] samples = [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(0, 4))];
            RasterInfo info = CogFiles.Info(width, height, SampleType.UInt8, 1, 0) with { ClassNames = ["none", "a", "b", "c"] };
            string path = CogFiles.Write(folder.File($"{i}.tif"), info, samples, new() { TileSize = 16 });
            (int Width, int Height)[] sizes = LibTiffReader.Sizes(path);
            for (short level = 1; level < sizes.Length; level++)
                Assert.Equal(HalveByCounting(LibTiffReader.Read<byte>(path, 0, (short)(level - 1)), sizes[level - 1].Width, sizes[level - 1].Height), LibTiffReader.Read<byte>(path, 0, level));
        }
    }

    /// <summary>The definition, written another way: count the codes 1 to 3 of each 2 x 2 block.</summary>
    private static byte[] HalveByCounting(byte[] fine, int width, int height)
    {
        var coarse = new List<byte>();
        for (int row = 0; row < height; row += 2)
            for (int column = 0; column < width; column += 2)
            {
                var counts = new int[4];
                for (int r = row; r < Math.Min(row + 2, height); r++)
                    for (int c = column; c < Math.Min(column + 2, width); c++)
                        counts[fine[r * width + c]]++;
                counts[0] = 0;
                coarse.Add((byte)(counts.Max() == 0 ? 0 : Array.IndexOf(counts, counts.Max())));
            }
        return [.. coarse];
    }

    private static T Halve<T>(OverviewMode mode, T[] four, T? noData) where T : unmanaged, System.Numerics.INumber<T>
    {
        T[] coarse = new T[1];
        OverviewKernel.Halve(mode, four, 2, 2, 2, noData, coarse);
        return coarse[0];
    }
}
