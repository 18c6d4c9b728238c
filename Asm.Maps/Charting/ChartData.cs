using System.Globalization;
using Asm.Raster.Windows;
using ScottPlot;

namespace Asm.Maps.Charting;

/// <summary>Checks and text of charts.</summary>
internal static class ChartData
{
    /// <summary>Refuses areas that cannot be drawn.</summary>
    public static void RequireAreas(IReadOnlyList<double> hectares, int count, string name)
    {
        ArgumentNullException.ThrowIfNull(hectares);
        if (hectares.Count != count) throw new ArgumentException($"{name} has {hectares.Count} areas, {count} expected", nameof(hectares));
        foreach (double area in hectares)
            if (area < 0 || double.IsInfinity(area)) throw new ArgumentException($"{name} has an area of {area} ha", nameof(hectares));
    }

    /// <summary>An area with three digits, or all of those before the point, such as "12,345", "12.3" and "0.123".</summary>
    public static string Number(double hectares)
    {
        double size = Math.Abs(hectares);
        string format = size >= 100 || size == 0 ? "#,0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : "0.###";
        return hectares.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>The number of an axis: all its digits, thousands apart.</summary>
    public static string Tick(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>A colour as the drawing library has it.</summary>
    public static Color ToColor(Rgb color) => new(color.Red, color.Green, color.Blue);

    /// <summary>Breaks a long name at blanks into lines; what two lines cannot hold is cut and ends with three points.</summary>
    public static string Wrap(string name, int lineLength)
    {
        if (name.Length <= lineLength) return name;
        int cut = name.LastIndexOf(' ', lineLength);
        if (cut < lineLength / 3) cut = lineLength;
        string first = name[..cut].TrimEnd(), second = name[cut..].TrimStart();
        return $"{first}\n{(second.Length <= lineLength ? second : second[..(lineLength - 1)].TrimEnd() + "…")}";
    }
}
