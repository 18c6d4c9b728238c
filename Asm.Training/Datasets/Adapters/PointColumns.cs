using System.Text.RegularExpressions;
using Asm.Maps.Bands;
using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// Which columns of a table hold which band. A band may have one column, or one for each date: "B02", or "B02_0", "B02_1", ...
/// </summary>
internal static partial class PointColumns
{
    /// <summary>The columns of each date, in the order of the bands.</summary>
    /// <exception cref="AsmException">A band has no column on some date.</exception>
    public static int[][] Find(string path, IReadOnlyList<string> headers, IReadOnlyList<string> bands)
    {
        var found = new Dictionary<(string Date, string Band), int>();
        for (int i = 0; i < headers.Count; i++)
        {
            (string name, string date) = (headers[i], "");
            // "nir_1" is a colour, "nir_1_0" a colour on a date
            if (Band(name, bands) is null && DatePattern().Match(name) is { Success: true } match)
                (name, date) = (match.Groups[1].Value, match.Groups[2].Value);
            if (Band(name, bands) is { } band && !found.TryAdd((date, band), i))
                throw new AsmException(path, $"more than one column for {band}: {headers[found[(date, band)]]}, {headers[i]}",
                    "one column for each band and date", "rename the other");
        }

        string[] dates = [.. found.Keys.Select(k => k.Date).Distinct().Order(StringComparer.Ordinal)];
        string[] missing = [.. (dates.Length == 0
            ? [""]
            : dates).SelectMany(d => bands.Where(b => !found.ContainsKey((d, b))).Select(b => d.Length == 0 ? b : $"{b}_{d}"))];
        if (missing.Length > 0)
            throw new AsmException(path,
                $"no column for {string.Join(", ", missing)}; its columns are: {string.Join(", ", headers.Take(40))}"
                + $"{(headers.Count > 40 ? ", ..." : "")}",
                "a column for each band, named like B02 or blue, for several dates like B02_0, B02_1",
                "rename the columns, or name fewer bands with --bands");
        return [.. dates.Select(d => bands.Select(b => found[(d, b)]).ToArray())];
    }

    private static string? Band(string header, IReadOnlyList<string> bands)
    {
        string? band = bands.FirstOrDefault(b => string.Equals(b, header, StringComparison.OrdinalIgnoreCase))
            ?? (WordPattern().IsMatch(header) ? StackBands.FindIn(header) : null) ?? BandNames.OfColour(header);
        return band is not null && bands.Contains(band) ? band : null;
    }

    [GeneratedRegex("^(.+)_([0-9]+)$")]
    private static partial Regex DatePattern();

    // "B2" and "B02" are bands, "B02_texture" is none
    [GeneratedRegex("^[Bb][0-9]{1,2}[Aa]?$")]
    private static partial Regex WordPattern();
}
