using Asm.Maps.Charting;
using Asm.Maps.Classes;

namespace Asm.Analysis.Changes;

/// <summary>Charts of what changed between seasons.</summary>
internal static class ChangeCharts
{
    /// <summary>Draws the area of each class in each season.</summary>
    /// <inheritdoc cref="Charts.WriteAreas"/>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="summary">What <see cref="Change"/> found.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    public static void WriteAreas(string path, ChangeSummary summary, ChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Charts.WriteAreas(path, Seasons(summary), [.. summary.Classes.Select(c =>
            new ChartSeries(c.Name, c.Color, [.. summary.Areas.Where(a => a.Code == c.Code).Select(a => a.Hectares)]))], options);
    }

    /// <summary>Draws what each class won and lost between neighbouring seasons.</summary>
    /// <inheritdoc cref="Charts.WriteChanges"/>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="summary">What <see cref="Change"/> found.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    public static void WriteChanges(string path, ChangeSummary summary, ChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(summary);
        string[] seasons = Seasons(summary);
        int[] steps = [.. Enumerable.Range(0, summary.Pairs.Count).Where(i => summary.Pairs[i].After == summary.Pairs[i].Before + 1)];
        double Sum(int step, Func<(int Before, int After), bool> counts) =>
            summary.Tables[step].Where(row => row.Code != 0 && ChangeCode.Split(row.Code) is var pair
                && pair.Before != pair.After && counts(pair)).Sum(row => row.Hectares);
        Charts.WriteChanges(path, [.. steps.Select(i => $"{seasons[summary.Pairs[i].Before]} to {seasons[summary.Pairs[i].After]}")],
            [.. summary.Classes.Select(c => new ChartChange(c.Name, c.Color, [.. steps.Select(i => Sum(i, p => p.After == c.Code))],
                [.. steps.Select(i => Sum(i, p => p.Before == c.Code))]))], options);
    }

    /// <summary>The maps' names without endings; with their number where two have one name.</summary>
    private static string[] Seasons(ChangeSummary summary)
    {
        string[] names = [.. summary.Areas.Where(a => a.Code == 0).Select(a => Path.GetFileNameWithoutExtension(a.Map))];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : [.. names.Select((name, i) => $"{i + 1} {name}")];
    }
}
