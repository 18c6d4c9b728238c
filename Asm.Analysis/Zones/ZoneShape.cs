using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Asm.Analysis.Zones;

/// <summary>A shape that is measured on one grid, and what was found.</summary>
internal sealed class ZoneShape
{
    /// <param name="shape">The shape, in the CRS of the grid.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="coverage">How much of a pixel counts.</param>
    /// <param name="name">What messages call the shape.</param>
    /// <param name="layers">How many tallies there are.</param>
    public ZoneShape(Geometry shape, GeoGrid grid, PixelCoverage coverage, string name, int layers)
    {
        Coverage = new PolygonCoverage(grid, shape, coverage, name);
        Tallies = [.. Enumerable.Range(0, layers).Select(_ => new ClassTally())];
        MapBounds bounds = grid.Bounds;
        var envelope = new Envelope(bounds.West, bounds.East, bounds.South, bounds.North);
        if (shape.IsEmpty || envelope.Contains(shape.EnvelopeInternal)) return;
        Geometry beyond = envelope.Intersects(shape.EnvelopeInternal)
            ? OverlayNGRobust.Overlay(shape, shape.Factory.ToGeometry(envelope), SpatialFunction.Difference) : shape;
        (BeyondMap, GroundBeyondMap) = (beyond.Area, new PolygonArea(grid.Crs!, name).Of(beyond));
    }

    /// <summary>The pixels of the shape.</summary>
    public PolygonCoverage Coverage { get; }

    /// <summary>What was found: a tally for each map, and where it is asked for one of what any of them has seen.</summary>
    public ClassTally[] Tallies { get; }

    /// <summary>The area beyond the grid, in square units of its CRS.</summary>
    public double BeyondMap { get; }

    /// <summary>The area beyond the grid in m2 on the ground.</summary>
    public double GroundBeyondMap { get; }
}
