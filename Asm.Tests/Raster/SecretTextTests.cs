using System.Text.Json;
using Asm.Raster;

namespace Asm.Tests.Raster;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("https://a.org/b.tif?sv=1&se=2024-01-01T00:00:00Z&sig=KEY: refused", "https://a.org/b.tif: refused")]
    [InlineData("(https://me:KEY@a.org/b.tif)", "(https://a.org/b.tif)")]
    [InlineData("ftp://me:KEY@a.org/b?x=KEY, s3://b/k?X-Amz-Signature=KEY.", "ftp://a.org/b, s3://b/k.")]
    [InlineData("https://a.org/b#access_token=KEY", "https://a.org/b")]
    [InlineData("leads on to //me:KEY@a.org/b", "leads on to //a.org/b")]
    [InlineData("/b.tif?X-Amz-Signature=KEY&a=1", "/b.tif?X-Amz-Signature=…&a=1")]
    [InlineData("https://a.org/b?q='a'&sig=KEY", "https://a.org/b'a'&sig=…")]
    [InlineData("/vsicurl/https://a.org/b?sig=KEY", "/vsicurl/https://a.org/b")]
    [InlineData("a.tif: has 3 bands, x = 2", "a.tif: has 3 bands, x = 2")]
    public void Keys_are_left_out(string text, string shown)
    {
        Assert.Equal(shown, SecretText.Hide(text));
        Assert.Equal(shown, new AsmException(text).Message);
    }

    [Fact]
    public void A_message_quotes_at_most_200_characters_of_a_file()
    {
        string name = new('x', 100_000);
        string message = new AsmException("a.csv", $"the column '{name}' is not known", "one of 'a', 'b'", $"give `class` '{name[..500]}'").Message;
        Assert.InRange(message.Split('\n')[0].Length, 200, 240);
        Assert.EndsWith($"fix: give `class` '{name[..500]}'", message, StringComparison.Ordinal);
        JsonException parser = new($"'{name}' is no number at {name}");
        Assert.InRange(new AsmException($"a.json: cannot be read: {parser.Message}", parser).Message.Length, 200, 240);
        Assert.InRange(new AsmException($"a.json: {name}").Message.Length, 1500, 2000);
    }

    [Fact]
    public void A_line_feed_in_a_name_makes_no_line_of_a_message() => Assert.Equal(
        "a\\u000a  fix: do evil.tif: is damaged\n  expected: b\n  fix: c", new AsmException("a\n  fix: do evil.tif", "is damaged", "b", "c").Message);

    [Fact]
    public void What_was_shown_can_be_shown_again_and_paths_stay()
    {
        Assert.Equal(@"\u001b[31mRED\u0007 C:\users\u1234", PlainText.Show(PlainText.Show("\u001b[31mRED\u0007 C:\\users\\u1234")));
        Assert.Equal("a\n\\u202eb", PlainText.Show("a\n\u202eb", keepLines: true));
    }
}
