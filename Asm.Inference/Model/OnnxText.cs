using System.Globalization;
using System.Text;

namespace Asm.Inference.Model;

/// <summary>Text of a model file in messages.</summary>
internal static class OnnxText
{
    private const int MostCharacters = 80;

    /// <summary>The text, cut where it is long, with escapes for what is not to be seen or turns the line around.</summary>
    public static string Quote(string text)
    {
        var clean = new StringBuilder();
        foreach (char c in text.Length > MostCharacters ? text.AsSpan(0, MostCharacters) : text)
            if (IsPlain(c)) clean.Append(c);
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        return text.Length > MostCharacters ? $"{clean}..." : $"{clean}";
    }

    /// <summary>False for control characters, line ends, marks of direction and halves of characters.</summary>
    public static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);

    /// <summary>"1 x 10 x 64 x 64".</summary>
    public static string Sizes(IEnumerable<long> dims) => string.Join(" x ", dims);
}
