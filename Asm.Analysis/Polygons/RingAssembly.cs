using Asm.Raster.Grids;
using Asm.Raster.Projections;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.Index.Strtree;

namespace Asm.Analysis.Polygons;

/// <summary>Builds the valid polygon, or multi-polygon, of a region from its borders.</summary>
/// <param name="grid">Where the pixels lie.</param>
internal sealed class RingAssembly(GeoGrid grid)
{
    private readonly GeometryFactory _factory = new(new PrecisionModel(), 0, PackedCoordinateSequenceFactory.DoubleFactory);

    /// <summary>
    /// The shape of a region: shells counter-clockwise, holes clockwise on the map. The list of rings is emptied: a region may have a
    /// million, which need not be held twice.
    /// </summary>
    public Geometry Build(List<Ring> rings)
    {
        if (rings.Count == 1 && rings[0].Vertices.All(v => !v.IsSaddle)) return _factory.CreatePolygon(ToMap(rings[0]));
        List<Ring> shells = [], holes = [];
        foreach (Ring ring in rings)
        {
            if (ring.Vertices.Count(v => v.IsSaddle) < 2) (ring.DoubledArea > 0 ? shells : holes).Add(ring);
            else
                foreach (Ring part in TakeApart(ring)) (part.DoubledArea > 0 ? shells : holes).Add(part);
        }
        rings.Clear();
        // The order in which rings closed is no order for people.
        shells.Sort(ByPlace);
        holes.Sort(ByPlace);
        if (shells.Count == 1)
        {
            var drawn = new LinearRing[holes.Count];
            for (int i = 0; i < drawn.Length; i++) (drawn[i], holes[i]) = (ToMap(holes[i]), null!);
            return _factory.CreatePolygon(ToMap(shells[0]), drawn);
        }
        ILookup<int, Ring> holesOf = AssignHoles(shells, holes);
        return _factory.CreateMultiPolygon([.. shells.Select((shell, i) =>
            _factory.CreatePolygon(ToMap(shell), [.. holesOf[i].Select(ToMap)]))]);
    }

    /// <summary>
    /// Takes a ring that touches itself apart into rings that do not: a polygon may touch itself only where different rings of it meet
    /// (OGC 06-103r4, 6.1.11.1).
    /// </summary>
    private static List<Ring> TakeApart(Ring ring)
    {
        var rings = new List<Ring>();
        var open = new List<RingVertex>(ring.Vertices.Length);
        var places = new Dictionary<(int Column, int Row), int>();
        foreach (RingVertex vertex in ring.Vertices)
        {
            if (vertex.IsSaddle)
            {
                if (places.TryGetValue((vertex.Column, vertex.Row), out int start))
                {
                    rings.Add(new([.. open.Skip(start)]));
                    foreach (RingVertex gone in open.Skip(start + 1).Where(v => v.IsSaddle)) places.Remove((gone.Column, gone.Row));
                    open.RemoveRange(start, open.Count - start);
                }
                places[(vertex.Column, vertex.Row)] = open.Count;
            }
            open.Add(vertex);
        }
        rings.Add(new([.. open]));
        return rings;
    }

    /// <summary>Finds for each hole the smallest shell around it, by a pixel of the region beside the hole's first side.</summary>
    private static ILookup<int, Ring> AssignHoles(List<Ring> shells, List<Ring> holes)
    {
        var tree = new STRtree<int>();
        for (int i = 0; i < shells.Count; i++) tree.Insert(EnvelopeOf(shells[i]), i);
        long[] areas = [.. shells.Select(s => s.DoubledArea)];
        return holes.ToLookup(hole =>
        {
            (double x, double y) = InsideBeside(hole);
            return tree.Query(new Envelope(x, x, y, y)).Where(i => Contains(shells[i], x, y)).MinBy(i => areas[i]);
        });
    }

    private static Envelope EnvelopeOf(Ring ring) =>
        new(ring.Vertices.Min(v => v.Column), ring.Vertices.Max(v => v.Column),
            ring.Vertices.Min(v => v.Row), ring.Vertices.Max(v => v.Row));

    /// <summary>The centre of the pixel to the right of a ring's first side, which is one of the region.</summary>
    private static (double X, double Y) InsideBeside(Ring ring)
    {
        (RingVertex from, RingVertex to) = (ring.Vertices[0], ring.Vertices[1]);
        (int dx, int dy) = (Math.Sign(to.Column - from.Column), Math.Sign(to.Row - from.Row));
        return (from.Column + (dx - dy) / 2.0, from.Row + (dx + dy) / 2.0);
    }

    /// <summary>True where a ray to the left crosses the ring an odd number of times.</summary>
    private static bool Contains(Ring ring, double x, double y)
    {
        bool isInside = false;
        RingVertex last = ring.Vertices[^1];
        foreach (RingVertex vertex in ring.Vertices)
        {
            if (vertex.Column == last.Column && vertex.Column < x && (vertex.Row > y) != (last.Row > y)) isInside = !isInside;
            last = vertex;
        }
        return isInside;
    }

    private static int ByPlace(Ring a, Ring b)
    {
        RingVertex first = a.Vertices.MinBy(Key), second = b.Vertices.MinBy(Key);
        return Key(first).CompareTo(Key(second));

        static long Key(RingVertex v) => ((long)v.Row << 32) + v.Column;
    }

    /// <summary>The ring on the map, closed, in the opposite direction: shells run counter-clockwise.</summary>
    private LinearRing ToMap(Ring ring)
    {
        RingVertex[] vertices = ring.Vertices;
        var packed = new double[2 * vertices.Length + 2];
        for (int i = 0; i <= vertices.Length; i++)
        {
            RingVertex vertex = vertices[i == 0 ? 0 : vertices.Length - i];
            MapPoint point = grid.ToMap(vertex.Column, vertex.Row);
            (packed[2 * i], packed[2 * i + 1]) = (point.X, point.Y);
        }
        return _factory.CreateLinearRing(new PackedDoubleCoordinateSequence(packed, 2, 0));
    }
}
