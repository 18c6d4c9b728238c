using System.Globalization;

namespace Asm.Raster.Projections;

/// <summary>An axis-parallel rectangle in the units of a CRS.</summary>
public readonly record struct MapBounds(double West, double South, double East, double North)
{
    /// <summary>The part that both rectangles cover; <see cref="IsEmpty"/> where they do not meet.</summary>
    public MapBounds Intersect(MapBounds other) =>
        new(Math.Max(West, other.West), Math.Max(South, other.South), Math.Min(East, other.East), Math.Min(North, other.North));

    /// <summary>The smallest rectangle that contains both.</summary>
    public MapBounds Union(MapBounds other) =>
        new(Math.Min(West, other.West), Math.Min(South, other.South), Math.Max(East, other.East), Math.Max(North, other.North));

    /// <summary>True where no area is inside.</summary>
    public bool IsEmpty => !(East > West && North > South);

    /// <summary>Reads WEST,SOUTH,EAST,NORTH.</summary>
    /// <returns>False where the text is no rectangle with west below east and south below north.</returns>
    public static bool TryParse(string text, out MapBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(text);
        bounds = default;
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        double[] sides = new double[4];
        for (int i = 0; i < sides.Length; i++)
            if (words.Length != 4 || !double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i])
                || !double.IsFinite(sides[i]))
                return false;
        bounds = new(sides[0], sides[1], sides[2], sides[3]);
        return !bounds.IsEmpty;
    }
}
