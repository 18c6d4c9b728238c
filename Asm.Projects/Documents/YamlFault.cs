using Asm.Raster;
using YamlDotNet.Core;

namespace Asm.Projects.Documents;

/// <summary>Errors that name the line of a project file.</summary>
internal static class YamlFault
{
    /// <summary>The error for something at a place of the file.</summary>
    public static AsmException At(string file, Mark place, string found, string expected, string fix) =>
        new($"{file}, line {place.Line}", found, expected, fix, AsmErrorCode.Project);

    /// <summary>The known name that is spelled most like another, for "did you mean"; null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known.Select(k => (Name: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Distance <= Math.Max(1, word.Length / 3)).OrderBy(k => k.Distance)
            .ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault().Name;

    // Levenshtein: insertions, deletions and replacements of letters.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
