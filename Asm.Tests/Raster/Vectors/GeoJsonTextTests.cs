using System.Text;
using Asm.Raster;
using Asm.Raster.Vectors;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Vectors;

public sealed class GeoJsonTextTests : IDisposable
{
    private const string Text = """{"type":"Feature","properties":{"régión":"Forêt – Attié"},"geometry":{"type":"Point","coordinates":[-2.5,6.25]}}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool> Unicode => new() { { "utf-8", true }, { "utf-8", false }, { "utf-16", true }, { "utf-16", false }, { "utf-16BE", true }, { "utf-16BE", false } };

    [Theory]
    [MemberData(nameof(Unicode))]
    public void Unicode_is_read_with_and_without_a_byte_order_mark(string encoding, bool hasMark)
    {
        Encoding unicode = Encoding.GetEncoding(encoding);
        Assert.Empty(Read([.. hasMark ? unicode.GetPreamble() : [], .. unicode.GetBytes(Text)]).Notes);
    }

    [Fact]
    public void What_is_no_UTF8_is_read_as_Windows_1252_and_that_is_told()
    {
        VectorLayer layer = Read(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Text));
        Assert.Equal("nothing says how its text is encoded: it is no UTF-8 and was read as Windows-1252; where names are wrong, save the file in UTF-8",
            Assert.Single(layer.Notes));
    }

    [Fact]
    public void Letters_of_another_code_page_that_break_the_text_are_refused_as_such()
    {
        var error = Assert.Throws<AsmException>(() => Read([.. "{\"type\":\""u8, 0x81, (byte)'\\', .. "\"}"u8]));
        Assert.Contains("its text is no UTF-8, nor GeoJSON in Windows-1252", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_UTF16_cut_in_a_letter_is_refused()
    {
        string broken = Text.Replace('–', '\uD800');
        byte[] bytes = [0xFF, 0xFE, .. broken.SelectMany(letter => new[] { (byte)letter, (byte)(letter >> 8) })];
        Assert.Contains("is not well-formed GeoJSON", Assert.Throws<AsmException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    private VectorLayer Read(byte[] bytes)
    {
        string path = _folder.File("a.geojson");
        File.WriteAllBytes(path, bytes);
        VectorLayer layer = VectorFile.Read(path);
        Assert.Equal("Forêt – Attié", Assert.Single(layer.Features).Attributes["régión"]);
        Assert.Equal((-2.5, 6.25), (layer.Features[0].Geometry.Coordinate.X, layer.Features[0].Geometry.Coordinate.Y));
        return layer;
    }
}
