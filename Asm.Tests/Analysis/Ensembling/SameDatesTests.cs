using Asm.Analysis.Ensembling;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Ensembling;

public sealed class SameDatesTests
{
    private const string Early = "S2A_MSIL2A_20190107T034141_N0211_R061_T48QUE_20190107T073152.SAFE";

    private static Acquisition? Named(string name) => Acquisition.Of(new Dictionary<string, string>(), name);

    [Theory]
    [InlineData("S2A_MSIL2A_20190107T034141_N0500_R061_T48QUE_20221216T080818.SAFE", true)]
    [InlineData("T48QUE_20190107T034141.probabilities.tif", true)]
    [InlineData("L2A_T48QUE_A018529_20190107T035330", true)]
    [InlineData("S2B_MSIL2A_20190112T034129_N0211_R061_T48QUE_20190112T073152.SAFE", false)]
    [InlineData("S2A_MSIL2A_20190107T034141_N0211_R061_T48QUD_20190107T073152.SAFE", false)]
    public void Names_of_products_tell_tile_and_overflight(string name, bool same) =>
        Assert.Equal(same, Named(Early)!.IsSameAs(Named(name)!));

    [Fact]
    public void A_name_without_tile_or_time_tells_nothing_and_metadata_come_first()
    {
        Assert.Null(Named("T48QUE.tif"));
        Assert.Null(Named("20190107T034141.tif"));
        var metadata = new Dictionary<string, string> { ["ASM_PRODUCT"] = """{"tile":"30NWM","sensingTime":"2023-01-15T10:23:41Z"}""" };
        Assert.Equal("tile 30NWM, 2023-01-15 10:23 UTC", Acquisition.Of(metadata, Early)!.ToString());
        Assert.Equal("tile 48QUE, 2019-01-07 03:41 UTC", Acquisition.Of(new Dictionary<string, string> { ["ASM_PRODUCT"] = "{}" }, Early)!.ToString());
    }

    [Fact]
    public void Each_pair_of_one_acquisition_is_told()
    {
        IRasterSource Map(string name) => new MemoryRaster<byte>(Stacks.Grid(1, 1), [new BandInfo()], [1], name);
        string[] told = [.. SameDates.Find([Map("T48QUE_20190107T034141_a.tif"), Map("T48QUE_20190112T034129.tif"), Map("T48QUE_20190107T034141_b.tif")], [])];
        Assert.Equal(
            ["T48QUE_20190107T034141_a.tif and T48QUE_20190107T034141_b.tif are of one acquisition (tile 48QUE, 2019-01-07 03:41 UTC): "
                + "the date counts twice, and agrees with itself; leave one out"], told);
    }

    private static MemoryRaster<byte> Random(string name, int seed, int width = 300, int column = 0, Func<byte, byte>? change = null)
    {
        byte[] samples = new byte[3 * 300 * width];
        new Random(seed).NextBytes(samples);
        return new MemoryRaster<byte>(Stacks.Grid(300 + column, 300).Crop(new(column, 0, width, 300)), [new BandInfo(), new BandInfo(), new BandInfo()],
            [.. samples.Select(sample => change?.Invoke(sample) ?? sample)], name);
    }

    [Fact]
    public void Maps_of_the_same_pixels_are_told_and_no_others()
    {
        MemoryRaster<byte> rim = Random("rim.tif", 1);
        rim.Samples[0] ^= 1;
        IRasterSource[] maps = [Random("a.tif", 1), Random("other.tif", 2), Random("moved.tif", 1, column: 1), rim, Random("near.tif", 1, change: sample => (byte)(sample | 1))];
        Assert.Equal(["a.tif and rim.tif have the same pixels: the date counts twice, and agrees with itself; leave one out"], SameDates.Find(maps, []));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Maps_of_one_number_and_no_data_tell_nothing(int numbers) =>
        Assert.Empty(SameDates.Find([.. new[] { "a.tif", "b.tif" }.Select(name => Random(name, 1, change: sample => (byte)(sample % numbers)))], []));

    [Fact]
    public void Numbers_count_and_not_how_they_are_stored()
    {
        float[] numbers = [0, 1, 2, float.NaN], others = [-0f, 1, 2, BitConverter.UInt32BitsToSingle(0x7FC00001)];
        IRasterSource Map(float[] samples, string name) => new MemoryRaster<float>(Stacks.Grid(2, 2), [new BandInfo()], samples, name);
        Assert.Single(SameDates.Find([Map(numbers, "a.tif"), Map(others, "b.tif"), Map([0, 1, 2, 3], "c.tif")], []));
    }

    [Fact]
    public void A_dry_run_tells_of_scenes_that_have_the_same_pixels()
    {
        using var project = new RunProject();
        string file = project.Write(RunProject.Text());
        using (IRasterSource scene = new RunOptions().Open(project["scenes/a-0-0.tif"]))
        {
            ushort[] samples = Jp2.ReadAll<ushort>(scene);
            using var copy = new MemoryRaster<ushort>(scene.Info with { Metadata = new Dictionary<string, string> { ["NOTE"] = "copied" } }, samples);
            File.Delete(project["scenes/a-0-1.tif"]);
            copy.Save(project["scenes/a-0-1.tif"]);
        }
        (int exit, string output, string error) = AsmProgram.Run("run", file, "--dry-run");
        Assert.True(exit == 0, error);
        Assert.Contains("a-0-1.tif have the same pixels: the date counts twice, and agrees with itself; leave one out", output, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(output, "have the same pixels"));
    }

    [Fact]
    public void A_dry_run_tells_of_scenes_that_are_the_same_bytes()
    {
        using var project = new RunProject();
        string file = project.Write(RunProject.Text());
        File.Copy(project["scenes/a-0-0.tif"], project["scenes/a-0-1.tif"], overwrite: true);
        (int exit, string output, string error) = AsmProgram.Run("run", file, "--dry-run");
        Assert.True(exit == 0, error);
        Assert.Contains("a-0-0.tif and ", output, StringComparison.Ordinal);
        Assert.Contains("a-0-1.tif are the same bytes: the date counts twice, and agrees with itself; leave one out", output, StringComparison.Ordinal);
    }
}
