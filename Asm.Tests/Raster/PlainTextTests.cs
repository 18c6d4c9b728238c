using Asm.Raster;

namespace Asm.Tests.Raster;

public class PlainTextTests
{
    [Theory]
    [InlineData("Niño Ō ζώνη 區 ÿ", "Niño Ō ζώνη 區 ÿ")]
    [InlineData("\u001b[31mRED\u0007", @"\u001b[31mRED\u0007")]
    [InlineData("a\tb\r\nc\u007f\u0085\u009b", @"a\u0009b\u000d\u000ac\u007f\u0085\u009b")]
    [InlineData("mines\u202egnp\u202c \u2066x\u2069\u200e\u061c", @"mines\u202egnp\u202c \u2066x\u2069\u200e\u061c")]
    [InlineData("line\u2028\u2029\ufeff", @"line\u2028\u2029\ufeff")]
    [InlineData(@"C:\users\u1", @"C:\users\u1")]
    [InlineData(@"\u202e \\u202E", @"\u005cu202e \\u005cu202E")]
    [InlineData("می\u200cخواهم 👍🏽", "می\u200cخواهم 👍🏽")]
    public void Characters_that_steer_or_hide_are_written_as_escapes_and_all_others_stay(string text, string escaped)
    {
        Assert.Equal(escaped, PlainText.Escape(text));
        Assert.Equal(text, PlainText.FromCell(escaped));
    }

    [Fact]
    public void Halves_of_surrogate_pairs_and_tags_are_written_as_escapes()
    {
        Assert.Equal(@"a\ud83d", PlainText.Escape("a\ud83d"));
        Assert.Equal(@"\udc4db", PlainText.Escape("\udc4db"));
        Assert.Equal(@"x\udb40\udc41", PlainText.Escape("x\U000e0041"));
        Assert.Equal("x\U000e0041", PlainText.FromCell(@"x\udb40\udc41"));
    }

    [Fact]
    public void A_message_keeps_its_lines_where_that_is_asked() =>
        Assert.Equal("a\\u0009b\n  fix: c\\u000d", PlainText.Escape("a\tb\n  fix: c\r", keepLines: true));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("-", "'-")]
    [InlineData("\t=1", @"\u0009=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("''-x", "'''-x")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("O'Hara", "O'Hara")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+3", "+3")]
    [InlineData("-1.5E-07", "-1.5E-07")]
    [InlineData("-1.5.2", "'-1.5.2")]
    [InlineData("", "")]
    public void A_cell_is_no_formula_and_gives_its_text_back(string text, string cell)
    {
        Assert.Equal(cell, PlainText.ToCell(text));
        Assert.Equal(text, PlainText.FromCell(cell));
    }
}
