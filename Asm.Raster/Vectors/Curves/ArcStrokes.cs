using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Curves;

/// <summary>Makes lines of arcs: chords that lie within a tolerance of the arc and turn by 4 degrees at most.</summary>
/// <param name="tolerance">The tolerance, in the units of the coordinates.</param>
internal sealed class ArcStrokes(double tolerance)
{
    /// <summary>The most vertices that arcs of a file may take; a full circle takes 90 and more.</summary>
    public const int MostVertices = 4_000_000;

    private const double MostTurn = 4 * Math.PI / 180;

    // An arc so flat is a line: its circle would be larger than the Earth by far.
    private const double LargestRadius = 1e9;

    private long _vertices;

    /// <summary>The line through an odd number of points, the first, third, ... joined by arcs through the others.</summary>
    /// <exception cref="FormatException">The number is even or 1, or <see cref="MostVertices"/> do not do.</exception>
    public Coordinate[] Line(Coordinate[] points)
    {
        if (points.Length == 0) return points;
        if (points.Length < 3 || points.Length % 2 == 0) throw new FormatException($"a circular string has {points.Length} points");
        var line = new List<Coordinate> { points[0] };
        for (int i = 2; i < points.Length; i += 2) Add(points[i - 2], points[i - 1], points[i], line);
        return [.. line];
    }

    /// <summary>Adds all vertices of an arc but the first.</summary>
    private void Add(Coordinate from, Coordinate through, Coordinate to, List<Coordinate> line)
    {
        int start = line.Count;

        // Neighbours run along a shared arc in opposite directions, and its vertices must be the same to the last bit.
        bool isForward = from.X < to.X || (from.X == to.X && from.Y <= to.Y);
        AddBetween(isForward ? from : to, through, isForward ? to : from, line);
        if (!isForward) line.Reverse(start, line.Count - start);
        line.Add(to);
    }

    private void AddBetween(Coordinate from, Coordinate through, Coordinate to, List<Coordinate> line)
    {
        double mx = through.X - from.X, my = through.Y - from.Y, ex = to.X - from.X, ey = to.Y - from.Y, cross = mx * ey - my * ex;
        bool isCircle = ex == 0 && ey == 0;
        double m2 = mx * mx + my * my, e2 = ex * ex + ey * ey,
            cx = isCircle ? mx / 2 : (ey * m2 - my * e2) / (2 * cross), cy = isCircle ? my / 2 : (mx * e2 - ex * m2) / (2 * cross),
            radius = Math.Sqrt(cx * cx + cy * cy);
        if (!(radius < LargestRadius))
        {
            line.Add(through);
            return;
        }
        double first = Math.Atan2(-cy, -cx), sweep = isCircle ? 2 * Math.PI : Math.Atan2(ey - cy, ex - cx) - first;
        if (cross > 0 && sweep < 0) sweep += 2 * Math.PI;
        if (cross < 0 && sweep > 0) sweep -= 2 * Math.PI;

        // A chord that turns by t is r (1 - cos(t / 2)) from its arc.
        double turn = Math.Min(MostTurn, 2 * Math.Acos(Math.Max(0, 1 - tolerance / radius)));
        int chords = (int)Math.Ceiling(Math.Abs(sweep) / turn - 1e-9);
        if ((_vertices += chords) > MostVertices)
            throw new FormatException(FormattableString.Invariant($"arcs of more than {MostVertices:#,0} vertices"));
        for (int i = 1; i < chords; i++)
        {
            (double sin, double cos) = Math.SinCos(first + sweep * i / chords);
            line.Add(new(from.X + cx + radius * cos, from.Y + cy + radius * sin));
        }
    }
}
