using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Raster;

/// <summary>
/// Text from files as people read it: characters that steer a terminal, turn the direction of writing or cannot be seen are written as
/// escapes, and a cell of a table is no formula. Different texts stay different, and <see cref="FromCell"/> gets the text back.
/// </summary>
internal static partial class PlainText
{
    /// <summary>
    /// A text with its control characters, direction marks (Unicode TR 9), line separators, byte order marks, tags, and halves of
    /// surrogate pairs as \uXXXX; so is a backslash that begins what looks like such an escape.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLines">True leaves line feeds, for a message of several lines.</param>
    public static string Escape(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            bool isEscaped = length == 2 ? IsTag(char.ConvertToUtf32(text, i)) : IsHidden(text[i]) || IsEscape(text.AsSpan(i));
            if (isEscaped && !(keepLines && text[i] == '\n'))
                foreach (char c in text.AsSpan(i, length)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else escaped.Append(text, i, length);
            i += length - 1;
        }
        return escaped.ToString();
    }

    /// <summary>
    /// A text as a cell of a table: escaped, and with an apostrophe before what a spreadsheet takes as a formula. Numbers are left as they
    /// are.
    /// </summary>
    /// <remarks>The signs that begin a formula: OWASP, "CSV injection".</remarks>
    /// <param name="text">The text.</param>
    public static string ToCell(string text)
    {
        string escaped = Escape(text);
        return Formula().IsMatch(escaped) && !Number().IsMatch(escaped) ? $"'{escaped}" : escaped;
    }

    /// <summary>The text that <see cref="ToCell"/> made a cell of.</summary>
    /// <param name="cell">The cell.</param>
    public static string FromCell(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        string text = cell.StartsWith('\'') && Formula().IsMatch(cell) ? cell[1..] : cell;
        return text.Contains(@"\u", StringComparison.Ordinal)
            ? Escaped().Replace(text,
                m => ((char)int.Parse(m.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
            : text;
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
            if (c == '\\' || IsHidden(c) || char.IsSurrogate(c)) return false;
        return true;
    }

    /// <summary>
    /// True for what steers a terminal, turns the direction of writing, or cannot be seen; and for halves of surrogate pairs.
    /// </summary>
    internal static bool IsHidden(char c) => char.IsControl(c) || char.IsSurrogate(c)
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
            or (>= '\u206a' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffb');

    private static bool IsTag(int codePoint) => codePoint is >= 0xE0000 and <= 0xE007F;

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text is ['\\', 'u', var a, var b, var c, var d, ..]
        && char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d);

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\A'*[=+\-@\uff1d\uff0b\uff0d\uff20]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"\A[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\z", RegexOptions.ECMAScript)]
    private static partial Regex Number();
}
