using System.Globalization;
using System.Text;

namespace Asm.Raster.Projections;

/// <summary>One element of well-known text: KEYWORD["text", number, WORD, CHILD[...]].</summary>
/// <param name="Keyword">The keyword in upper case.</param>
/// <param name="Values">Texts, numbers and words, in order.</param>
/// <param name="Children">The elements inside, in order.</param>
internal sealed record WktNode(string Keyword, IReadOnlyList<string> Values, IReadOnlyList<WktNode> Children)
{
    private const int MaxDepth = 32;

    /// <summary>The first value, which is the name of most elements; empty where there is none.</summary>
    public string Name => Values.Count > 0 ? Values[0] : "";

    /// <summary>The first child with this keyword, or null.</summary>
    public WktNode? Child(string keyword) => Children.FirstOrDefault(child => child.Keyword == keyword);

    /// <summary>The value at a position as a number.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public double Number(int index) =>
        index < Values.Count && double.TryParse(Values[index], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : throw new FormatException($"{Keyword}[\"{Name}\"] has no number at position {index + 1}");

    /// <summary>The code of a child AUTHORITY["EPSG", code], or null.</summary>
    public int? Epsg =>
        Child("AUTHORITY") is { Values: [var authority, var code] } && authority.Equals("EPSG", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int epsg) ? epsg : null;

    /// <summary>Reads one element and all inside of it.</summary>
    /// <exception cref="FormatException">The text is not well-formed.</exception>
    public static WktNode Parse(string text)
    {
        int at = 0;
        WktNode node = ParseNode(text, ref at, depth: 0);
        SkipSpace(text, ref at);
        return at == text.Length
            ? node
            : throw new FormatException($"there is text after the end of {node.Keyword}, at character {at + 1}");
    }

    private static WktNode ParseNode(string text, ref int at, int depth)
    {
        if (depth > MaxDepth) throw new FormatException($"elements are nested more than {MaxDepth} deep");
        string keyword = ReadWord(text, ref at).ToUpperInvariant();
        if (keyword.Length == 0 || at == text.Length || text[at] is not ('[' or '('))
            throw new FormatException($"no KEYWORD[ at character {at + 1}");
        char close = text[at] == '[' ? ']' : ')';
        List<string> values = [];
        List<WktNode> children = [];
        do
        {
            at++;
            SkipSpace(text, ref at);
            int start = at;
            if (at < text.Length && text[at] == '"') values.Add(ReadText(text, ref at));
            else
            {
                string word = ReadWord(text, ref at);
                if (at < text.Length && text[at] is '[' or '(')
                {
                    at = start;
                    children.Add(ParseNode(text, ref at, depth + 1));
                }
                else values.Add(word);
            }
            SkipSpace(text, ref at);
        }
        while (at < text.Length && text[at] == ',');
        if (at == text.Length || text[at] != close) throw new FormatException($"{keyword} is not closed by {close} at character {at + 1}");
        at++;
        return new(keyword, values, children);
    }

    private static string ReadWord(string text, ref int at)
    {
        SkipSpace(text, ref at);
        int start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('[' or ']' or '(' or ')' or ',' or '"')) at++;
        string word = text[start..at];
        SkipSpace(text, ref at);
        return word;
    }

    // A quote inside of a text is doubled.
    private static string ReadText(string text, ref int at)
    {
        var content = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"'))
            {
                at++;
                return content.ToString();
            }
            if (text[at] == '"') at++;
            content.Append(text[at]);
        }
        throw new FormatException("a quoted text has no end");
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
