using System.Globalization;
using Asm.Raster;
using CsvHelper;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Reads the tables of a run.</summary>
internal static class PageTables
{
    /// <summary>The from-to table of a change.</summary>
    public static IReadOnlyList<PageChange.Row> Changes(string path) =>
        Read(path, ["from", "to", "code", "pixels", "hectares"],
            row => new PageChange.Row(row[0], row[1], Whole(row[2]), Whole64(row[3]), Number(row[4])));

    /// <summary>The zone table.</summary>
    public static IReadOnlyList<PageZones.Row> Zones(string path) =>
        Read(path, ["zone", "map", "class", "hectares", "groundHectares", "share", "part", "code"],
            row => new PageZones.Row(row[0], row[1], row[2],
                Number(row[3].Length > 0 ? row[3] : row[4]), Number(row[5]), row[6], Whole(row[7])));

    private static List<T> Read<T>(string path, string[] columns, Func<string[], T> make)
    {
        if (!File.Exists(path))
            throw new AsmException(path, "there is no such file",
                "a table that the run wrote", "run the project again", AsmErrorCode.InputMissing);
        try
        {
            using CsvReader csv = CsvReader.FromFile(path, CsvReaderOptions.Default with { Separator = ',' });
            csv.ReadHeader();
            string[] headers = [.. csv.Headers];
            int[] at = [.. columns.Select(name => Array.IndexOf(headers, name))];
            if (Array.IndexOf(at, -1) is >= 0 and var missing) throw new FormatException($"there is no column {columns[missing]}");
            var rows = new List<T>();
            while (csv.Read()) rows.Add(make([.. at.Select(column => PlainText.FromCell(csv.GetString(column)))]));
            return rows;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CsvFormatException or FormatException or OverflowException)
        {
            throw new AsmException($"{path}: cannot be read as a table: {e.Message.Split('\n')[0]}"
                + $"\n  expected: CSV with the columns {string.Join(',', columns)}\n  fix: run the project again", e,
                AsmErrorCode.InputFormat);
        }
    }

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is no number");

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Whole64(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
