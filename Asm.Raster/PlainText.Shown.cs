using System.Globalization;
using System.Text;

namespace Asm.Raster;

internal static partial class PlainText
{
    /// <summary>
    /// A text for a terminal or a log: what <see cref="Escape"/> escapes is escaped, but for the backslash, so that what was shown once can
    /// be shown again and a path stays as it is.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLines">True leaves line feeds, for a message of several lines.</param>
    public static string Show(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text)) return text;
        var shown = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            bool isHidden = length == 2 ? IsTag(char.ConvertToUtf32(text, i)) : IsHidden(text[i]);
            if (isHidden && !(keepLines && text[i] == '\n'))
                foreach (char c in text.AsSpan(i, length)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else shown.Append(text, i, length);
            i += length - 1;
        }
        return shown.ToString();
    }

    /// <summary>A text of at most so many characters: of a longer one the middle is left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The characters that are left, 10 or more.</param>
    public static string Shorten(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most) return text;
        int end = most / 4, start = most - end - 1;
        if (char.IsHighSurrogate(text[start - 1])) start--;
        if (char.IsLowSurrogate(text[^end])) end--;
        return $"{text[..start]}…{text[^end..]}";
    }
}
