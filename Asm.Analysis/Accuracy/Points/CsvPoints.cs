using System.Globalization;
using System.Text.RegularExpressions;
using Asm.Maps.Tables;
using Asm.Raster;
using Asm.Raster.Running;
using CsvHelper;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// Points as text with the columns id, x, y, class and reference: separated by commas, or as spreadsheets of other countries have it by
/// semicolons or tabs with decimal commas.
/// </summary>
internal static partial class CsvPoints
{
    public static List<SamplePoint> Read(string path)
    {
        if (!File.Exists(path))
            throw new AsmException(path, Directory.Exists(path) ? "is a folder" : "there is no such file",
                "a CSV file of points", "check the path", AsmErrorCode.InputMissing);
        try
        {
            (string table, char separator) = Dialect(CsvText.Read(path));
            using CsvReader csv = CsvReader.FromText(table,
                CsvReaderOptions.Default with { Separator = separator, TrimWhitespace = true, TrackLineNumbers = true });
            csv.ReadHeader();
            string[] headers = [.. csv.Headers];
            int[] columns = [.. PointsFile.Columns.Select(name => Column(path, headers, name))];
            var points = new List<SamplePoint>();
            while (csv.Read())
            {
                if (csv.FieldCount != headers.Length)
                    throw new AsmException(path, $"row {csv.LineNumber} has {csv.FieldCount} fields, the header has {headers.Length}",
                        "as many fields in every row",
                        csv.FieldCount == 1 ? "separate its fields as those of row 1, or remove it"
                            : separator == ',' ? "write decimals with a point, and put texts with commas in quotes"
                            : $"put texts with '{(separator == '\t' ? "tab" : separator)}' in quotes");
                string Text(int column) => PlainText.FromCell(csv.GetString(columns[column]).Trim());

                // Spreadsheets leave rows of nothing but separators at the end.
                if (Enumerable.Range(0, csv.FieldCount).All(i => string.IsNullOrWhiteSpace(csv.GetString(i)))) continue;
                double Number(int column) => Coordinate(path, csv.LineNumber, PointsFile.Columns[column], Text(column), separator);
                var point = new SamplePoint(csv.LineNumber, Text(0), new(Number(1), Number(2)), Text(3), Text(4));
                if (point.Id.Length == 0)
                    throw new AsmException(path, $"row {point.Row} has no id", "an id of its own for every point", "number the rows");
                points.Add(point);
            }
            return points;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new AsmException($"{path}: cannot be read as a table of points: {e.Message.Split('\n')[0]}"
                + $"\n  expected: CSV with the columns {string.Join(',', PointsFile.Columns)}\n  fix: check the file", e,
                AsmErrorCode.InputFormat);
        }
    }

    public static void Write(string path, PointTable table, bool overwrite) => AsideFile.Write(path, overwrite, stream =>
    {
        using var csv = new CsvTable(stream, PointsFile.Columns);
        foreach (SamplePoint point in table.Points)
            csv.Add([point.Id, Number(point.Position.X), Number(point.Position.Y), point.Stratum, point.Reference]);
    });

    /// <summary>A coordinate as CSV has it.</summary>
    public static string Number(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>
    /// The table without the line that tells Excel its separator, and the separator: that one, or of comma, semicolon and tab the one that
    /// parts row 1 into the most of the columns.
    /// </summary>
    private static (string Table, char Separator) Dialect(string text)
    {
        if (ExcelSeparator().Match(text) is { Success: true } told) return (text[told.Length..], told.Groups[1].Value[0]);
        string first = text[..(text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length)];
        int Known(char separator) => first.Split(separator)
            .Count(name => PointsFile.Columns.Contains(name.Trim(' ', '"'), StringComparer.OrdinalIgnoreCase));
        return (text, ((char[])[',', ';', '\t']).MaxBy(Known));
    }

    [GeneratedRegex(@"\A\s*[+-]?\d{1,3}(?:[.,'\u2019\s]\d{3})+(?:[.,]\d+)?\s*\z")]
    private static partial Regex ThousandsMark();

    [GeneratedRegex(@"\Asep=([,;:|\t])[ ,;\t]*(?:\r\n|\r|\n)", RegexOptions.IgnoreCase)]
    private static partial Regex ExcelSeparator();

    private static int Column(string path, string[] headers, string name)
    {
        int[] found = [.. Enumerable.Range(0, headers.Length)
            .Where(i => string.Equals(headers[i].Trim(), name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1) return found[0];
        string all = string.Join(',', PointsFile.Columns);
        if (headers.Length == 0 || headers.All(string.IsNullOrWhiteSpace))
            throw new AsmException(path, "is empty", $"CSV with the columns {all}",
                "draw a sample with asm sample", AsmErrorCode.InputFormat);
        if (found.Length > 1)
            throw new AsmException(path, $"row 1 names the column {name} {found.Length} times",
                $"the columns {all}, each once", "rename one of them");
        if (headers.Any(h => h.Contains(';', StringComparison.Ordinal) || h.Contains('\t', StringComparison.Ordinal)))
            throw new AsmException(path, $"row 1 is '{string.Join(',', headers)}': the columns are not separated by commas",
                $"{all}, separated by commas, semicolons or tabs", "separate row 1 as the rows below");
        throw new AsmException(path, $"has no column {name}; row 1 names {PlainText.Shorten(string.Join(", ", headers), 500)}",
            $"the columns {all}", "add the column, or name it in row 1");
    }

    private static double Coordinate(string path, long row, string column, string text, char separator)
    {
        // A comma that does not separate columns is a decimal comma, unless a point or another comma says that it groups thousands.
        bool comma = text.Contains(',', StringComparison.Ordinal);
        string number = separator != ',' && comma && !text.Contains('.', StringComparison.Ordinal) ? text.Replace(',', '.') : text;
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            return value;
        bool groups = ThousandsMark().IsMatch(text);
        throw new AsmException(path,
            $"row {row}: {column} is '{text}'{(groups ? ", with a mark between thousands" : comma ? ", with a decimal comma" : "")}",
            "a number with a decimal point, such as 600005.5",
            groups ? "format the column as numbers without a mark between thousands, and save the table again"
                : comma ? "save the table with decimal points" : "correct the row");
    }
}
