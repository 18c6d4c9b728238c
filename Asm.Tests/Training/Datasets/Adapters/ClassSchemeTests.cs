using Asm.Raster;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class ClassSchemeTests
{
    [Theory]
    [InlineData("mines", 1)]
    [InlineData("Vegetation", 3)]
    [InlineData("2", 2)]
    [InlineData("0", 0)]
    [InlineData("4", null)]
    [InlineData("water", null)]
    public void Without_a_map_names_and_codes_are_classes(string value, int? code) => Assert.Equal((byte?)code, SceneBuild.Scheme().CodeOf(value));

    [Theory]
    [InlineData("50", 2)]
    [InlineData("10", 3)]
    [InlineData("80", 0)]
    [InlineData("built", 2)]
    [InlineData("0", 0)]
    [InlineData("2", null)]
    [InlineData("60", null)]
    public void With_a_map_numbers_are_values_of_the_file(string value, int? code) => Assert.Equal((byte?)code, SceneBuild.Scheme(null, "50=built", "10=Vegetation", "80=none").CodeOf(value));

    [Theory]
    [InlineData("none", "60", 0)]
    [InlineData("none", "0", 0)]
    [InlineData("vegetation", "60", 3)]
    [InlineData("vegetation", "0", 3)]
    [InlineData("vegetation", "1", 1)]
    public void Other_values_are_the_rest(string rest, string value, int code) => Assert.Equal((byte?)code, SceneBuild.Scheme(rest, "1=mines").CodeOf(value));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("4", null)]
    [InlineData("0", 0)]
    [InlineData("water", 0)]
    public void Without_a_map_a_number_is_never_the_rest(string value, int? code) => Assert.Equal((byte?)code, SceneBuild.Scheme("none").CodeOf(value));

    [Theory]
    [InlineData("1", "built", 2)]
    [InlineData("1", "water", null)]
    [InlineData("1", "", 1)]
    public void A_number_that_the_file_has_a_name_for_is_no_code(string value, string name, int? code) => Assert.Equal((byte?)code, SceneBuild.Scheme().CodeOf(value, name));

    [Theory]
    [InlineData("50", "'50'")]
    [InlineData("50=water", "'water' is no class")]
    [InlineData("=built", "'=built'")]
    public void A_map_that_says_nothing_is_refused(string map, string message) => Assert.Contains(message, Assert.Throws<AsmException>(() => SceneBuild.Scheme(null, map)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_or_a_name_twice_is_refused()
    {
        Assert.Contains("the value 1 twice", Assert.Throws<AsmException>(() => SceneBuild.Scheme(null, "1=built", "1=mines")).Message, StringComparison.Ordinal);
        Assert.Contains("the name 'none'", Assert.Throws<AsmException>(() => new ClassScheme(ClassScheme.Named(["mines", "none"]), [], null)).Message, StringComparison.Ordinal);
        Assert.Contains("the name 'a'", Assert.Throws<AsmException>(() => new ClassScheme(ClassScheme.Named(["a", "a"]), [], null)).Message, StringComparison.Ordinal);
    }
}
