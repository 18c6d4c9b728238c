using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Maps.Charting;

/// <summary>Charts of areas for reports: PNG or SVG, as the ending of the name says. A file gets its name when it is whole.</summary>
public static class Charts
{
    private const string UnitLabel = "hectares";

    /// <summary>More bars than this leave no room for a number over each.</summary>
    private const int MostNumberedBars = 36;

    /// <summary>Refuses what could not be written in the end, before long work begins.</summary>
    /// <exception cref="AsmException">The ending is no picture's, the name is taken, or the system has no fonts.</exception>
    public static void RequireWritable(string path, ChartOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = ChartFile.IsVector(path);
        AsideFile.Create(path, options?.Overwrite ?? false).Dispose();
    }

    /// <summary>Draws the area of each class in each season as bars side by side.</summary>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="seasons">Names of the seasons in their order, one or more.</param>
    /// <param name="classes">The classes, one or more, each with an area for every season.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// The ending is another, the name is taken, the file cannot be written, or the system has no fonts.
    /// </exception>
    /// <exception cref="ArgumentException">The numbers of areas and seasons differ, or an area is below 0 or infinite.</exception>
    public static void WriteAreas(string path, IReadOnlyList<string> seasons,
        IReadOnlyList<ChartSeries> classes, ChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(seasons);
        ArgumentNullException.ThrowIfNull(classes);
        foreach (ChartSeries one in classes) ChartData.RequireAreas(one.Hectares, seasons.Count, one.Name);
        GroupedBars bars = new(seasons, classes.Count, MostNumberedBars);
        for (int c = 0; c < classes.Count; c++)
            for (int s = 0; s < seasons.Count; s++) bars.Add(s, c, classes[c].Hectares[s], classes[c].Color);
        ChartFile.Write(path, bars.Draw(UnitLabel, [.. classes.Select(c => (c.Name, c.Color))]),
            [.. seasons, .. classes.Select(c => c.Name)], "Area of each class", 560, options);
    }

    /// <summary>Draws what each class won (above the line) and lost (below it) from season to season.</summary>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="periods">Names of the pairs of seasons in their order, such as "2017 to 2018", one or more.</param>
    /// <param name="classes">The classes, one or more, each with a gain and a loss for every pair.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// The ending is another, the name is taken, the file cannot be written, or the system has no fonts.
    /// </exception>
    /// <exception cref="ArgumentException">The numbers of areas and pairs differ, or an area is below 0 or infinite.</exception>
    public static void WriteChanges(string path, IReadOnlyList<string> periods,
        IReadOnlyList<ChartChange> classes, ChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(periods);
        ArgumentNullException.ThrowIfNull(classes);
        foreach (ChartChange one in classes)
        {
            ChartData.RequireAreas(one.GainedHectares, periods.Count, one.Name);
            ChartData.RequireAreas(one.LostHectares, periods.Count, one.Name);
        }
        GroupedBars bars = new(periods, classes.Count, MostNumberedBars / 2);
        for (int c = 0; c < classes.Count; c++)
            for (int p = 0; p < periods.Count; p++)
            {
                bars.Add(p, c, classes[c].GainedHectares[p], classes[c].Color);
                // A loss of 0 would put its number over that of the gain.
                if (classes[c].LostHectares[p] > 0) bars.Add(p, c, -classes[c].LostHectares[p], classes[c].Color);
            }
        ChartFile.Write(path, bars.Draw($"{UnitLabel} gained (above 0) and lost (below 0)", [.. classes.Select(c => (c.Name, c.Color))]),
            [.. periods, .. classes.Select(c => c.Name)], "Gains and losses of each class", 560, options);
    }

    /// <summary>Draws the area in each zone as horizontal bars, the largest on top.</summary>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="zones">The zones in any order, one or more.</param>
    /// <param name="color">The colour of the bars: of the class or of the change that the areas are of.</param>
    /// <param name="most">
    /// The zones to draw, 1 to 100; the areas of the rest are added up in a last bar, which says how many they are.
    /// </param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// The ending is another, the name is taken, the file cannot be written, or the system has no fonts.
    /// </exception>
    /// <exception cref="ArgumentException">There is no zone, or an area is below 0 or not finite.</exception>
    public static void WriteZones(string path, IReadOnlyList<ChartZone> zones, Rgb color, int most = 20, ChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 100);
        foreach (ChartZone zone in zones)
            if (!(zone.Hectares >= 0 && double.IsFinite(zone.Hectares)))
                throw new ArgumentException($"zone {zone.Name} has an area of {zone.Hectares} ha", nameof(zones));
        if (zones.Count == 0) throw new ArgumentException("there is no zone to draw", nameof(zones));
        var ranked = new RankedBars(zones, most);
        ChartFile.Write(path, ranked.Draw(UnitLabel, color), zones.Select(z => z.Name), "Area in each zone", ranked.HeightPixels, options);
    }
}
