using System.Globalization;
using Asm.Raster;

namespace Asm.Maps.Tables;

/// <summary>A table for a terminal: the first column to the left, the others to the right, as wide as their texts.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; all have as many cells.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(cell => PlainText.Show(cell))]);

    /// <summary>Writes the rows.</summary>
    public void Write(TextWriter writer)
    {
        if (_rows.Count == 0) return;
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(i => _rows.Max(row => row[i].Length))];
        foreach (string[] row in _rows)
            writer.WriteLine(("  "
                + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[i])))).TrimEnd());
    }

    /// <summary>A share with three decimals; "-" where it is not known.</summary>
    public static string Share(double? value) =>
        value is { } share && double.IsFinite(share) ? share.ToString("0.000", CultureInfo.InvariantCulture) : "-";

    /// <summary>Hectares.</summary>
    public static string Hectares(double? value) => value is { } hectares ? hectares.ToString("N0", CultureInfo.InvariantCulture) : "-";

    /// <summary>A count.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
