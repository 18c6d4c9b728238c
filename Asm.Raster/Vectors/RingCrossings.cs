using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;

namespace Asm.Raster.Vectors;

/// <summary>
/// Tells beforehand how long polygons take to be checked and repaired: both look at pairs of edges whose boxes meet, which are few in any
/// drawing of a place and grow with the square in a scribble.
/// </summary>
internal sealed class RingCrossings
{
    // Checked in a second or two.
    private const long Pairs = 50_000_000, PairsPerVertex = 200;

    // Repaired in a second or two.
    private const int MostCrossings = 10_000;

    private const int LeastVertices = 1000, Samples = 64;

    private long _vertices;
    private double _pairs;

    /// <summary>What forbids to check a shape after those before it, or null.</summary>
    public string? FindBeforeCheck(IReadOnlyList<Polygon> polygons)
    {
        List<CoordinateSequence> rings = [.. Rings(polygons).Select(ring => ring.CoordinateSequence)];
        int vertices = rings.Sum(ring => ring.Count);
        _vertices += vertices;
        if (vertices < LeastVertices) return null;
        var boxes = new Box[vertices - rings.Count];
        int count = 0;
        foreach (CoordinateSequence ring in rings)
            for (int i = 1; i < ring.Count; i++)
                boxes[count++] = Box.Of(ring.GetX(i - 1), ring.GetY(i - 1), ring.GetX(i), ring.GetY(i));
        long met = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            Box box = boxes[(int)((long)sample * count / Samples)];
            foreach (ref readonly Box other in boxes.AsSpan(0, count))
                if (box.Meets(other)) met++;
        }
        _pairs += (double)met / Samples * count / 2;
        return _pairs > Pairs + (double)PairsPerVertex * _vertices
            ? FormattableString.Invariant($"its {vertices} edges run past each other about {_pairs:0.0e0} times") : null;
    }

    /// <summary>What forbids to repair a shape, or null.</summary>
    public static string? FindBeforeRepair(IReadOnlyList<Polygon> polygons)
    {
        ISegmentString[] rings = [.. Rings(polygons).Select(ring => new BasicSegmentString(ring.Coordinates, null))];
        int limit = MostCrossings + rings.Sum(ring => ring.Count) / 4;
        var counter = new Counter(limit);
        new MCIndexNoder(counter).ComputeNodes(rings);
        return counter.IsDone ? $"its rings cross more than {limit} times" : null;
    }

    private static IEnumerable<LineString> Rings(IEnumerable<Polygon> polygons) =>
        polygons.SelectMany(polygon => (LineString[])[polygon.Shell, .. polygon.Holes]).Where(ring => !ring.IsEmpty);

    private readonly record struct Box(double West, double South, double East, double North)
    {
        public static Box Of(double x0, double y0, double x1, double y1) =>
            new(Math.Min(x0, x1), Math.Min(y0, y1), Math.Max(x0, x1), Math.Max(y0, y1));

        public bool Meets(in Box other) => West <= other.East && other.West <= East && South <= other.North && other.South <= North;
    }

    /// <summary>Counts edges that cross or overlap.</summary>
    private sealed class Counter(int limit) : ISegmentIntersector
    {
        private readonly NetTopologySuite.Algorithm.RobustLineIntersector _intersector = new();
        private int _crossings;

        public bool IsDone => _crossings > limit;

        public void ProcessIntersections(ISegmentString e0, int segIndex0, ISegmentString e1, int segIndex1)
        {
            if (e0 == e1 && segIndex0 == segIndex1) return;
            _intersector.ComputeIntersection(e0.Coordinates[segIndex0], e0.Coordinates[segIndex0 + 1],
                e1.Coordinates[segIndex1], e1.Coordinates[segIndex1 + 1]);
            if (_intersector.HasIntersection && _intersector.IsInteriorIntersection()) _crossings++;
        }
    }
}
