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

    /// <summary>Pairs of zones that share ground, in the order of the zones.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="ground">Measures areas in their CRS.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static List<(int First, int Second, double GroundSquareMetres)> Find(IReadOnlyList<Geometry> shapes,
        PolygonArea ground, RunOptions run)
    {
        var tree = new STRtree<int>();
        for (int i = 0; i < shapes.Count; i++) tree.Insert(shapes[i].EnvelopeInternal, i);
        tree.Build();
        var found = new List<(int, int, double)>[shapes.Count];
        SharedWork.For(0, shapes.Count, run, i =>
        {
            found[i] = [];
            foreach (int j in tree.Query(shapes[i].EnvelopeInternal).Where(j => j > i).Order())
            {
                Geometry shared = OverlayNGRobust.Overlay(shapes[i], shapes[j], SpatialFunction.Intersection);
                double area = shared.Area == 0 ? 0 : ground.Of(shared);
                if (area > LeastSquareMetres) found[i].Add((i, j, area));
            }
        });
        return [.. found.SelectMany(pairs => pairs)];
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
