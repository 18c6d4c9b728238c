using System.Globalization;
using Asm.Raster;
using Asm.Raster.Running;
using CsvHelper;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>Points as comma-separated text with the columns id, x, y, class and reference.</summary>
internal static class CsvPoints
{
    public static List<SamplePoint> Read(string path)
    {
        if (!File.Exists(path))
            throw new AsmException(path, Directory.Exists(path) ? "is a folder" : "there is no such file",
                "a CSV file of points", "check the path", AsmErrorCode.InputMissing);
        try
        {
            using CsvReader csv = CsvReader.FromFile(path,
                CsvReaderOptions.Default with { Separator = ',', TrimWhitespace = true, TrackLineNumbers = true });
            csv.ReadHeader();
            string[] headers = [.. csv.Headers];
            int[] columns = [.. PointsFile.Columns.Select(name => Column(path, headers, name))];
            var points = new List<SamplePoint>();
            while (csv.Read())
            {
                if (csv.FieldCount != headers.Length)
                    throw new AsmException(path, $"row {csv.LineNumber} has {csv.FieldCount} fields, the header has {headers.Length}",
                        "as many fields in every row", "write decimals with a point, and put texts with commas in quotes");
                string Text(int column) => csv.GetString(columns[column]).Trim();

                // Spreadsheets leave rows of nothing but separators at the end.
                if (Enumerable.Range(0, csv.FieldCount).All(i => string.IsNullOrWhiteSpace(csv.GetString(i)))) continue;
                double Number(int column) => Coordinate(path, csv.LineNumber, PointsFile.Columns[column], Text(column));
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
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(PointsFile.Columns);
        foreach (SamplePoint point in table.Points)
            csv.WriteRecord([point.Id, Number(point.Position.X), Number(point.Position.Y), point.Stratum, point.Reference]);
    });

    /// <summary>A coordinate as CSV has it.</summary>
    public static string Number(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

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
                $"{all}, separated by commas, decimals with a point",
                "save the table as CSV with commas (in a spreadsheet: CSV UTF-8, or set the separator)");
        throw new AsmException(path, $"has no column {name}; row 1 names {string.Join(", ", headers)}",
            $"the columns {all}", "add the column, or name it in row 1");
    }

    private static double Coordinate(string path, long row, string column, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            return value;
        bool comma = text.Contains(',', StringComparison.Ordinal);
        throw new AsmException(path, $"row {row}: {column} is '{text}'{(comma ? ", with a decimal comma" : "")}",
            "a number with a decimal point, such as 600005.5", comma ? "save the table with decimal points" : "correct the row");
    }
}
