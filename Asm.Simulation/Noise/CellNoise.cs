namespace Asm.Simulation.Noise;

/// <summary>
/// The nearest of points that are scattered one a cell over the plane (Worley 1996): ponds, heaps and other things that lie side by side.
/// </summary>
internal static class CellNoise
{
    /// <summary>What is found at a position.</summary>
    /// <param name="Key">The key of the nearest point.</param>
    /// <param name="Distance">Distance to it in pixels.</param>
    /// <param name="EdgeDistance">Distance in pixels to the border between it and the second nearest.</param>
    internal readonly record struct Hit(ulong Key, float Distance, float EdgeDistance);

    /// <summary>Looks through the 3 x 3 cells around a position.</summary>
    public static Hit Nearest(ulong seed, float cellPixels, float x, float y)
    {
        float cx = x / cellPixels, cy = y / cellPixels;
        int column = (int)MathF.Floor(cx), row = (int)MathF.Floor(cy);
        ulong key = 0;
        float d1 = float.MaxValue, d2 = float.MaxValue, x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        for (int j = row - 1; j <= row + 1; j++)
            for (int i = column - 1; i <= column + 1; i++)
            {
                ulong hash = Hash.Of(seed, i, j);
                (float px, float py) = Within(hash, i, j);
                float d = (px - cx) * (px - cx) + (py - cy) * (py - cy);
                if (d < d1) (key, d2, x2, y2, d1, x1, y1) = (hash, d1, x1, y1, d, px, py);
                else if (d < d2) (d2, x2, y2) = (d, px, py);
            }
        // The bisector of two points p1, p2 lies (|p - p2|^2 - |p - p1|^2) / (2 |p2 - p1|) away.
        float apart = MathF.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        return new(Hash.Mix(key), MathF.Sqrt(d1) * cellPixels, (d2 - d1) / (2 * apart) * cellPixels);
    }

    /// <summary>The point of a cell, in cells.</summary>
    public static (float X, float Y) Point(ulong seed, int column, int row) => Within(Hash.Of(seed, column, row), column, row);

    private static (float X, float Y) Within(ulong hash, int column, int row) =>
        (column + 0.1f + 0.8f * Hash.Unit(hash), row + 0.1f + 0.8f * Hash.Unit(hash << 24));
}
