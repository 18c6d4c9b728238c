using System.Collections.Concurrent;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Asm.Analysis.Zones;

/// <summary>Finds zones that share ground.</summary>
internal static class ZoneOverlaps
{
    // What neighbours share by the rounding of their coordinates is far below this.
    private const double LeastSquareMetres = 1e-3;

    // Of most files a zone meets the boxes of ten others. This many vertices of pairs are laid over each other in some seconds.
    private const long MostVertices = 8_000_000, MostVerticesPerZone = 1000;

    // What an overlay takes besides its vertices, in vertices.
    private const int PairVertices = 20;

    // A thousand zones that all overlap: nobody reads more.
    private const int MostPairs = 500_000;

    /// <summary>Pairs of zones that share ground, in the order of the zones.</summary>
    /// <param name="zones">The zones.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <exception cref="AsmException">So many zones lie on each other that comparing them would not end.</exception>
    public static List<(int First, int Second, double GroundSquareMetres)> Find(VectorLayer zones, RunOptions run)
    {
        Geometry[] shapes = [.. zones.Features.Select(zone => zone.Geometry)];
        int[] same = FirstsOfEqual(shapes);
        var tree = new STRtree<int>();
        for (int i = 0; i < shapes.Length; i++) tree.Insert(shapes[i].EnvelopeInternal, i);
        tree.Build();
        RequireFew(zones, shapes, same, tree, run.Cancellation);
        var ground = new PolygonArea(zones.Crs, zones.Name);
        var found = new List<(int, int, double)>[shapes.Length];
        var known = new ConcurrentDictionary<(int, int), Lazy<double>>();
        double Shared(int i, int j)
        {
            Geometry shared = OverlayNGRobust.Overlay(shapes[i], shapes[j], SpatialFunction.Intersection);
            return shared.Area == 0 ? 0 : ground.Of(shared);
        }
        SharedWork.For(0, shapes.Length, run, i =>
        {
            found[i] = [];
            foreach (int j in tree.Query(shapes[i].EnvelopeInternal).Where(j => j > i).Order())
            {
                double area = same[i] == i && same[j] == j
                    ? Shared(i, j)
                    : known.GetOrAdd((same[i], same[j]), pair => new(() => Shared(pair.Item1, pair.Item2))).Value;
                if (area > LeastSquareMetres) found[i].Add((i, j, area));
            }
        });
        return [.. found.SelectMany(pairs => pairs)];
    }

    /// <summary>For each shape the first that is equal to it.</summary>
    private static int[] FirstsOfEqual(Geometry[] shapes)
    {
        var firsts = new int[shapes.Length];
        foreach (IGrouping<(Envelope, int), int> alike in Enumerable.Range(0, shapes.Length)
            .GroupBy(i => (shapes[i].EnvelopeInternal, shapes[i].NumPoints)))
        {
            var unequal = new List<int>();
            foreach (int i in alike)
            {
                int known = unequal.FindIndex(first => shapes[first].EqualsExact(shapes[i]));
                firsts[i] = known < 0 ? i : unequal[known];
                if (known < 0) unequal.Add(i);
            }
        }
        return firsts;
    }

    private static void RequireFew(VectorLayer zones, Geometry[] shapes, int[] same, STRtree<int> tree, CancellationToken cancellation)
    {
        long vertices = 0, pairs = 0, most = MostVertices + MostVerticesPerZone * shapes.Length;
        var compared = new HashSet<(int, int)>();
        for (int i = 0; i < shapes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Geometry shape = shapes[i];
            foreach (int j in tree.Query(shape.EnvelopeInternal))
            {
                if (j <= i) continue;
                if (same[i] == same[j]) pairs++;
                if (same[i] == i && same[j] == j || compared.Add((same[i], same[j])))
                    vertices += PairVertices + shape.NumPoints + shapes[j].NumPoints;
            }
            if (vertices > most || pairs > MostPairs)
                throw new AsmException(zones.Name,
                    $"so many zones lie on each other (row {zones.Features[i].Row} is one of them) that comparing them would not end",
                    $"zones side by side; up to {MostPairs:#,0} pairs may overlap", "measure them in several files, or unite them",
                    AsmErrorCode.InputFormat);
        }
    }

    /// <summary>The zones that overlap, directly or through others, group by group.</summary>
    public static List<int[]> Groups(int zones, IEnumerable<(int First, int Second, double GroundSquareMetres)> pairs)
    {
        int[] parents = [.. Enumerable.Range(0, zones)];
        int Root(int i) => parents[i] == i ? i : parents[i] = Root(parents[i]);
        foreach ((int first, int second, _) in pairs) parents[Root(second)] = Root(first);
        return [.. Enumerable.Range(0, zones).GroupBy(Root).Where(group => group.Count() > 1).Select(group => group.ToArray())];
    }
}
