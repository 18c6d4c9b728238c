using System.Globalization;
using System.IO.Compression;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;
using CsvHelper;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// Tables of labelled points with spectra (CSV, also compressed by gzip; separated by comma, semicolon, tab or blank): reflectance x
/// 10,000, 0 or nothing where it is missing. Each place becomes a scene of one row; a point has one pixel for each of its dates.
/// </summary>
internal static class PointInputs
{
    private const double MetresPerDegree = 111_320;

    /// <summary>Reads a table.</summary>
    /// <exception cref="AsmException">It cannot be read, lacks a column, or holds a value that is no number or no class.</exception>
    public static IReadOnlyList<SceneInput> List(string path, PointOptions options)
    {
        string[] bands = [.. options.Bands ?? StackBands.Names];
        var groups = new Dictionary<string, PointGroup>();
        try
        {
            using Stream stream = Open(path);
            using CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = Separator(path) });
            Read(path, csv, bands, options, groups);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or CsvFormatException or FormatException or InvalidDataException or OverflowException)
        {
            throw new AsmException($"{path}: cannot be read as a table of points ({e.Message.Split('\n')[0]})"
                + "\n  expected: CSV with a header, a column for each band, and one for the class\n  fix: check the file", e);
        }

        if (groups.Count == 0) throw new AsmException(path, "holds no point", "a line for each labelled point", "check the file");
        return [.. groups.OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new SceneInput(g.Key, path, _ => g.Value.Open(g.Key, bands, options.Scheme)) { Points = true })];
    }

    private static void Read(string path, CsvReader csv, string[] bands, PointOptions options, Dictionary<string, PointGroup> groups)
    {
        csv.ReadHeader();
        string[] headers = [.. csv.Headers];
        int[][] dates = PointColumns.Find(path, headers, bands);
        int classColumn = Column(path, headers, options.ClassField, "--class-field");
        int[] groupColumns = [.. options.GroupFields.Select(f => Column(path, headers, f, "--group-field"))];
        var scaling = new ReflectanceScaling(SampleType.Int32,
            new BandInfo { NoData = options.Radiometry.NoData ?? 0 }, options.Radiometry, path);
        var codes = new Dictionary<string, byte?>();
        var spectrum = new float[bands.Length];
        var samples = new ushort[bands.Length];
        while (csv.Read())
        {
            string value = Plain(csv.GetString(classColumn));
            if (!codes.TryGetValue(value, out byte? code)) codes[value] = code = options.Scheme.CodeOf(value);
            if (code is null or 0) continue;
            string group = groupColumns.Length == 1
                ? csv.GetString(groupColumns[0])
                : Square(csv.Parse<double>(groupColumns[0]), csv.Parse<double>(groupColumns[1]), options.BlockMetres);
            if (!groups.TryGetValue(group, out PointGroup? points)) groups[group] = points = new PointGroup();
            foreach (int[] columns in dates)
            {
                for (int b = 0; b < bands.Length; b++) spectrum[b] = Number(csv.GetString(columns[b]));
                scaling.Apply(spectrum, samples);
                points.Add(samples, code.Value);
            }
        }

        string[] unknown = [.. codes.Where(c => c.Value is null).Select(c => c.Key)];
        if (unknown.Length > 0) throw options.Scheme.Unknown($"{path}, column {options.ClassField}", unknown);
    }

    // Points of one square are one place.
    private static string Square(double x, double y, double blockMetres)
    {
        double side = Math.Abs(x) <= 360 && Math.Abs(y) <= 360 ? blockMetres / MetresPerDegree : blockMetres;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(x / side)}_{Math.Floor(y / side)}");
    }

    private static int Column(string path, string[] headers, string name, string option)
    {
        int at = Array.FindIndex(headers, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? at
            : throw new AsmException(path, $"no column named {name}; its columns are: {string.Join(", ", headers)}",
                $"the column that {option} names", $"name the column with {option}");
    }

    // Tables write whole numbers as 3.0 too.
    private static string Plain(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : value;

    private static float Number(string text) =>
        text is "" or "NA" or "NaN" or "nan" ? float.NaN : float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static Stream Open(string path)
    {
        FileStream file = InputPath.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    // The reader finds the others by itself.
    private static char? Separator(string path)
    {
        using var reader = new StreamReader(Open(path));
        string header = reader.ReadLine() ?? "";
        return header.IndexOfAny([',', ';', '\t', '|']) < 0 && header.Contains(' ') ? ' ' : null;
    }
}
