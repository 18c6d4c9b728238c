using System.Text;
using System.Text.Unicode;

namespace Asm.Raster.Vectors.GeoJson;

/// <summary>
/// The text of a GeoJSON file as UTF-8, which RFC 7946 wants. Windows writes UTF-16 too, and old programs the code page of their machine.
/// </summary>
internal static class JsonText
{
    /// <summary>What is told of text that is no UTF-8.</summary>
    public const string Guessed = $"nothing says how its text is encoded: {TextEncoding.ReadAsWestern}; "
        + "where names are wrong, save the file in UTF-8";

    /// <summary>The text in UTF-8, without a byte order mark.</summary>
    /// <param name="bytes">All bytes of the file.</param>
    /// <param name="isGuessed">True where the bytes are no UTF-8 and were taken as Windows-1252.</param>
    public static ReadOnlySpan<byte> Utf8Of(byte[] bytes, out bool isGuessed)
    {
        isGuessed = false;
        if (Utf16Of(bytes) is { } utf16) return WithoutMark(Encoding.Convert(ByteEscapes.Of(utf16), Encoding.UTF8, bytes));
        ReadOnlySpan<byte> text = WithoutMark(bytes);
        if (Utf8.IsValid(text)) return text;
        isGuessed = true;
        return Encoding.Convert(TextEncoding.Western, Encoding.UTF8, text.ToArray());
    }

    // JSON starts with two letters of ASCII, so a zero beside one tells as much as a byte order mark (RFC 4627, section 3).
    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] or [not 0, 0, ..] => new(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] or [0, not 0, ..] => new(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
}
