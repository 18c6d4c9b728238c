using Asm.Raster;

namespace Asm.Tests.Raster;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("data/T30NWM_B02-10m.tif", "data/T30NWM_B02-10m.tif")]
    [InlineData("données/scène.tif", "données/scène.tif")]
    [InlineData("my data/scene.tif", "\"my data/scene.tif\"")]
    [InlineData("it's.tif", "\"it's.tif\"")]
    [InlineData("a;b&c.tif", "\"a;b&c.tif\"")]
    [InlineData("", "\"\"")]
    public void An_argument_that_a_shell_would_take_apart_stands_in_quotes(string argument, string quoted) =>
        Assert.Equal(quoted, CommandText.Quote(argument));

    [Fact]
    public void What_a_shell_reads_within_double_quotes_stands_in_single_ones_where_it_knows_them() =>
        Assert.Equal(OperatingSystem.IsWindows() ? "\"it's $5.tif\"" : @"'it'\''s $5.tif'", CommandText.Quote("it's $5.tif"));
}
