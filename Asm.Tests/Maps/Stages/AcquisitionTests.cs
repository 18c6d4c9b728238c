using Asm.Maps.Stages;

namespace Asm.Tests.Maps.Stages;

public sealed class AcquisitionTests
{
    private static Acquisition? Of(string name, string? product = null) =>
        Acquisition.Of(product is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["ASM_PRODUCT"] = product }, name);

    [Fact]
    public void Two_processings_of_one_overflight_are_the_same() => Assert.True(
        Of("S2A_MSIL2A_20190107T034141_N0211_R061_T48QUE_20190107T073152.SAFE")!.IsSameAs(Of("S2A_MSIL2A_20190107T034141_N0500_R061_T48QUE_20221216T080818.probabilities.tif")!));

    [Fact]
    public void The_time_of_the_strip_and_of_the_tile_are_the_same() => Assert.True(
        Of("x.tif", """{"tile":"48QUE","sensingTime":"2019-01-07T03:53:30.000Z"}""")!.IsSameAs(Of("T48QUE_20190107T034141_B02_10m.jp2")!));

    [Theory]
    [InlineData("S2B_MSIL2A_20190112T034129_N0211_R061_T48QUE_20190112T073152.SAFE")]
    [InlineData("S2A_MSIL2A_20190107T034141_N0211_R061_T48QUF_20190107T073152.SAFE")]
    public void Other_days_and_other_tiles_are_not(string other) =>
        Assert.False(Of("S2A_MSIL2A_20190107T034141_N0211_R061_T48QUE_20190107T073152.SAFE")!.IsSameAs(Of(other)!));

    [Theory]
    [InlineData("scene.tif", null)]
    [InlineData("T48QUE.tif", null)]
    [InlineData("a.tif", "no JSON")]
    [InlineData("a.tif", """{"tile":7}""")]
    public void Where_nothing_tells_it_there_is_none(string name, string? product) => Assert.Null(Of(name, product));
}
