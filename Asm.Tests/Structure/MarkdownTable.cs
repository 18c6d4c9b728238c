namespace Asm.Tests.Structure;

/// <summary>Reads the tables of a Markdown text.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of the table with this header, row by row; none where there is no such table.</summary>
    public static IEnumerable<string[]> Rows(string text, params string[] header) => text.ReplaceLineEndings("\n").Split('\n')
        .Select(line => line.StartsWith('|') ? line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries) : [])
        .SkipWhile(cells => !cells.SequenceEqual(header))
        .Skip(2)
        .TakeWhile(cells => cells.Length == header.Length);

    /// <summary>The names in a cell, between commas, without code marks.</summary>
    public static string[] Names(string cell) =>
        cell.Replace("`", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
