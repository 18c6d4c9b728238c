using Asm.Maps.Charting;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Analysis.Zones;

/// <summary>Charts of hectares in zones.</summary>
internal static class ZoneCharts
{
    private static readonly Rgb Plain = Rgb.Parse("#d55e00");

    /// <summary>Draws the zones with the largest areas of a class; on a change map, of what is new of it.</summary>
    /// <inheritdoc cref="Charts.WriteZones"/>
    /// <param name="path">The picture, .png or .svg.</param>
    /// <param name="className">A class, or a change such as "vegetation to mines".</param>
    /// <param name="table">What <see cref="ZonalAreas"/> found; of several maps with the class the last one is drawn.</param>
    /// <param name="options">Heading and size; null for one that names class and map.</param>
    /// <exception cref="AsmException">No map has the class, or the picture cannot be written.</exception>
    public static void Write(string path, string className, ZoneTable table, ChartOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentNullException.ThrowIfNull(table);
        ZoneRow[] inside = [.. table.Rows.Where(row => row.Part == ZonePart.Inside && row.Zone != ZoneRow.AllZones && row.Code != 0)];
        string map = inside.LastOrDefault(row => Counts(row, className))?.Map
            ?? throw new SettingException("chart-class", $"no map has a class '{className}'",
                $"one of {string.Join(", ", inside.Select(row => row.Class).Distinct())}", "give one of these");
        ChartZone[] zones = [.. inside.Where(row => row.Map == map && Counts(row, className)).GroupBy(row => row.Zone)
            .Select(zone => new ChartZone(zone.Key, zone.Sum(row => row.Hectares ?? row.GroundHectares)))];
        bool change = inside.Any(row => row.Map == map && row.Code > ChangeCode.MostClasses);
        string title = $"{(change && !className.Contains(" to ", StringComparison.Ordinal) ? "New " : "")}{className} in each zone, {map}";
        Charts.WriteZones(path, zones, ClassMap.DefaultClasses.FirstOrDefault(c => c.Name == className)?.Color ?? Plain,
            options: (options ?? new()) with { Title = options?.Title ?? title });
    }

    /// <summary>True for rows of the class or change of that name, and for changes that lead to the class from another.</summary>
    private static bool Counts(ZoneRow row, string className) =>
        string.Equals(row.Class, className, StringComparison.OrdinalIgnoreCase)
        || row.Code > ChangeCode.MostClasses && ChangeCode.Split(row.Code) is var pair && pair.Before != pair.After
            && row.Class.EndsWith($" to {className}", StringComparison.OrdinalIgnoreCase);
}
