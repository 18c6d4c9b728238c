using Asm.Maps.Bands;

namespace Asm.Tests.Maps.Bands;

public sealed class StackBandsTests
{
    [Theory]
    [InlineData("B02", "B02")]
    [InlineData("B2", "B02")]
    [InlineData("b8a", "B8A")]
    [InlineData("B08", "B08")]
    [InlineData("B8", "B08")]
    [InlineData("T48QUE_20200223T033721_B02_10m", "B02")]
    [InlineData("S2A_MSIL2A_20200223T033721_N0214_R061_T48QUE_B8A_20m", "B8A")]
    [InlineData("scene-B11", "B11")]
    [InlineData("scene.b12", "B12")]
    [InlineData("T30NXM_B10", "B10")]
    [InlineData("B1", "B01")]
    [InlineData("cloud_mask", null)]
    [InlineData("SCL_20m", null)]
    [InlineData("B13", null)]
    [InlineData("B8B", null)]
    [InlineData("AB02", null)]
    [InlineData("B022", null)]
    [InlineData("rgb_B04_B03_B02", null)]
    public void A_band_is_found_where_it_is_a_word_of_its_own(string text, string? band) => Assert.Equal(band, StackBands.FindIn(text));

    [Theory]
    [InlineData("T48QUE_20200223T033721_B02_10m", 10)]
    [InlineData("B05_20M", 20)]
    [InlineData("B05", null)]
    [InlineData("B05_110m", null)]
    public void The_resolution_is_found_where_the_name_gives_it(string text, int? metres) => Assert.Equal(metres, StackBands.FindResolution(text));
}
