using System.Globalization;
using Asm.Maps.Tables;

namespace Asm.Analysis.Changes;

/// <summary>Writes tables of changes and areas as CSV.</summary>
internal static class ChangeTables
{
    /// <summary>from,to,code,pixels,hectares.</summary>
    public static void Write(Stream stream, IReadOnlyList<ChangeRow> rows) =>
        Write(stream, ["from", "to", "code", "pixels", "hectares"],
            rows.Select(r => (object[])[r.From, r.To, r.Code, r.Pixels, Hectares(r.Hectares)]));

    /// <summary>season,map,class,code,pixels,hectares.</summary>
    public static void Write(Stream stream, IReadOnlyList<AreaRow> rows) =>
        Write(stream, ["season", "map", "class", "code", "pixels", "hectares"],
            rows.Select(r => (object[])[r.Season, r.Map, r.Class, r.Code, r.Pixels, Hectares(r.Hectares)]));

    /// <summary>class,code,pixels,hectares of a map of persistence.</summary>
    public static void WritePersistence(Stream stream, ChangeSummary summary)
    {
        IEnumerable<(string Name, int Code)> codes = Persistence.Classes.Select(c => (c.Name, c.Code))
            .Append((Asm.Maps.Classes.MapProducts.NoDataName, 0));
        Write(stream, ["class", "code", "pixels", "hectares"],
            codes.Select(c => (object[])[c.Name, c.Code, summary.PersistencePixels[c.Code],
                Hectares(summary.PersistencePixels[c.Code] * summary.HectaresPerPixel)]));
    }

    // A pixel of 10 m is 0.01 ha; more digits are for other pixels only.
    private static string Hectares(double value) => value.ToString("0.00####", CultureInfo.InvariantCulture);

    private static void Write(Stream stream, string[] header, IEnumerable<object[]> rows)
    {
        using var csv = new CsvTable(stream, header);
        foreach (object[] row in rows) csv.Add(row.Select(field => Convert.ToString(field, CultureInfo.InvariantCulture)!));
    }
}
