using System.Text;

namespace Asm.Training.Evaluation;

/// <summary>A table for people, printed as text or as Markdown.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Columns">
/// Headings: what is shown, and for which model; neighbours with the same upper heading share it. The first column
/// is that of the rows' names.
/// </param>
internal sealed record ReportTable(string Title, IReadOnlyList<(string Upper, string Lower)> Columns)
{
    private readonly List<(string[] Cells, bool[] Best)> _rows = [];

    /// <summary>A row that only names those below it.</summary>
    public void AddHeading(string name) => _rows.Add(([name], []));

    /// <summary>Adds a row.</summary>
    /// <param name="cells">Texts, as many as columns.</param>
    /// <param name="best">Which of them are the best of their kind; bold in Markdown.</param>
    public void AddRow(string[] cells, bool[]? best = null) => _rows.Add((cells, best ?? new bool[cells.Length]));

    /// <summary>The table as text with columns in line.</summary>
    public string ToText()
    {
        int[] width = [.. Columns.Select((c, i) => Math.Max(c.Lower.Length,
            _rows.Where(r => r.Cells.Length > i && r.Best.Length > 0).Select(r => r.Cells[i].Length).DefaultIfEmpty(0).Max()))];
        for (int first = 0; first < Columns.Count; first = NextGroup(first))
        {
            int end = NextGroup(first), lacking = Columns[first].Upper.Length - width[first..end].Sum() - 2 * (end - first - 1);
            for (int i = end - 1; lacking > 0; lacking--, i = i > first ? i - 1 : end - 1) width[i]++;
        }

        var text = new StringBuilder(Title).Append('\n');
        if (Columns.Any(c => c.Upper.Length > 0))
        {
            var line = new StringBuilder();
            for (int i = 0; i < Columns.Count; i = NextGroup(i))
            {
                line.Append(Columns[i].Upper);
                line.Append(' ', Enumerable.Range(0, NextGroup(i)).Sum(j => width[j] + 2) - line.Length);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        Append([.. Columns.Select(c => c.Lower)]);
        foreach ((string[] cells, _) in _rows) Append(cells);
        return text.ToString();

        void Append(string[] cells) =>
            text.Append(string.Join("  ", cells.Select((c, i) => i == 0 ? c.PadRight(width[0]) : c.PadLeft(width[i]))).TrimEnd())
                .Append('\n');
    }

    /// <summary>The table as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder($"**{Escape(Title)}**\n\n");
        string Heading((string Upper, string Lower) c) =>
            c.Upper.Length > 0 && c.Lower.Length > 0 ? $"{c.Upper}: {c.Lower}" : c.Upper + c.Lower;
        text.Append($"| {string.Join(" | ", Columns.Select(c => Escape(Heading(c))))} |\n");
        text.Append($"|{string.Concat(Columns.Select((_, i) => i == 0 ? "---|" : "---:|"))}\n");
        foreach ((string[] cells, bool[] best) in _rows)
        {
            IEnumerable<string> shown = best.Length == 0
                ? [$"*{Escape(cells[0])}*", .. Enumerable.Repeat("", Columns.Count - 1)]
                : cells.Select((c, i) => best[i] ? $"**{Escape(c.Trim())}**" : Escape(c.Trim()));
            text.Append($"| {string.Join(" | ", shown)} |\n");
        }
        return text.ToString();
    }

    private int NextGroup(int first)
    {
        int end = first + 1;
        while (end < Columns.Count && Columns[end].Upper.Length > 0 && Columns[end].Upper == Columns[first].Upper) end++;
        return end;
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
