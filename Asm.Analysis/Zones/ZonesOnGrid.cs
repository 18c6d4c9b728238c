using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Asm.Analysis.Zones;

/// <summary>The zones as they lie on one grid: inside, the rings around them, and the unions of zones that overlap.</summary>
internal sealed class ZonesOnGrid
{
    /// <param name="zones">The zones in the CRS of the grid.</param>
    /// <param name="groups">The zones that overlap, group by group.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="options">Rings and rule.</param>
    /// <param name="layers">How many tallies each shape has.</param>
    /// <param name="run">Threads and cancellation.</param>
    public ZonesOnGrid(VectorLayer zones, IReadOnlyList<int[]> groups, GeoGrid grid, ZoneOptions options, int layers, RunOptions run)
    {
        (Grid, Ground) = (grid, new GroundArea(grid, run));
        IReadOnlyList<VectorFeature> features = zones.Features;
        var inside = new ZoneShape[features.Count];
        var adjacent = new ZoneShape[options.AdjacentMetres > 0 ? features.Count : 0];
        var unions = new ZoneShape[groups.Count];
        SharedWork.For(0, features.Count, run, i =>
        {
            Geometry shape = features[i].Geometry;
            inside[i] = Measure(shape, $"row {features[i].Row}");
            if (adjacent.Length == 0) return;
            Geometry ring = OverlayNGRobust.Overlay(MetricBuffer.Grow(shape, zones.Crs, options.AdjacentMetres),
                shape, SpatialFunction.Difference);
            adjacent[i] = Measure(ring, $"the ring around row {features[i].Row}");
        });
        SharedWork.For(0, groups.Count, run,
            i => unions[i] = Measure(OverlayNGRobust.Union(groups[i].Select(zone => features[zone].Geometry)), "overlapping zones"));
        HashSet<int> grouped = [.. groups.SelectMany(group => group)];
        (Inside, Adjacent) = (inside, adjacent);
        Together = [.. inside.Where((_, i) => !grouped.Contains(i)), .. unions];
        Shapes = [.. inside, .. adjacent, .. unions];

        ZoneShape Measure(Geometry shape, string name) => new(shape, grid, options.Coverage, $"{zones.Name}: {name}", layers);
    }

    /// <summary>The pixels.</summary>
    public GeoGrid Grid { get; }

    /// <summary>The areas of the pixels.</summary>
    public GroundArea Ground { get; }

    /// <summary>Each zone.</summary>
    public IReadOnlyList<ZoneShape> Inside { get; }

    /// <summary>The ring around each zone; empty where none is wanted.</summary>
    public IReadOnlyList<ZoneShape> Adjacent { get; }

    /// <summary>Shapes that share no ground and cover what the zones cover: those that overlap are united.</summary>
    public IReadOnlyList<ZoneShape> Together { get; }

    /// <summary>All that is measured.</summary>
    public IReadOnlyList<ZoneShape> Shapes { get; }
}
