using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Hardening.Mutations;

/// <summary>Changes numbers, words and lines of a text: JSON, YAML, XML, CSV, WKT.</summary>
internal static partial class Tokens
{
    /// <summary>Whether a file's beginning has printable characters only.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(512, bytes.Length)].IndexOfAnyInRange<byte>(0, 8) < 0;

    /// <summary>One to three changes.</summary>
    public static byte[] Mutate(byte[] original, Random random)
    {
        string text = Encoding.UTF8.GetString(original);
        for (int changes = random.Next(2) == 0 ? 1 : random.Next(1, 4); changes > 0; changes--) text = Change(text, random);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Change(string text, Random random)
    {
        MatchCollection tokens = Token().Matches(text);
        if (tokens.Count == 0) return text + Nasty.Text(random);
        Match token = tokens[random.Next(tokens.Count)], other = tokens[random.Next(tokens.Count)];
        switch (random.Next(6))
        {
            case 0:
                return text.Remove(token.Index, token.Length);
            case 1:
                return text.Insert(token.Index, Nasty.Text(random));
            case 2:
                return text.Remove(token.Index, token.Length).Insert(token.Index, other.Value);
            case 3:
                string[] lines = text.Split('\n');
                int from = random.Next(lines.Length), to = random.Next(lines.Length);
                return string.Join('\n', lines.Take(to).Append(lines[from]).Concat(lines.Skip(random.Next(2) == 0 ? to : to + 1)));
            default:
                return text.Remove(token.Index, token.Length).Insert(token.Index, Nasty.Text(random));
        }
    }

    // Numbers, words with their marks, and single marks.
    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?|[\w.:/-]+|[^\s\w]")]
    private static partial Regex Token();
}
