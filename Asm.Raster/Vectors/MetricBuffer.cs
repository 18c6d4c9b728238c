using Asm.Raster.Grids;
using Asm.Raster.Projections;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors;

/// <summary>Grows and shrinks shapes by metres, whatever their CRS.</summary>
public static class MetricBuffer
{
    /// <summary>Segments of a quarter of a circle: the outline is within 0.3 % of the distance.</summary>
    private const int QuadrantSegments = 16;

    /// <summary>How far a system's lengths may be from those on the ground. UTM within and beside its zone stays below this.</summary>
    private const double LargestScaleError = 0.01;

    /// <summary>A shape with everything within a distance of it, or without everything within that distance of its outline.</summary>
    /// <param name="shape">The shape; a point or a line too where it is to grow.</param>
    /// <param name="crs">Its system.</param>
    /// <param name="metres">The distance; negative shrinks.</param>
    /// <returns>
    /// The shape in its own system. The buffer is drawn in that system where it is projected and its scale is true within 1 % at the middle
    /// of the shape, else in the UTM zone of that middle. Empty where nothing is left.
    /// </returns>
    /// <exception cref="AsmException">The shape reaches where there is no transform to UTM.</exception>
    public static Geometry Grow(Geometry shape, Crs crs, double metres)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(crs);
        if (!double.IsFinite(metres)) throw new ArgumentOutOfRangeException(nameof(metres), metres, "must be finite");
        if (shape.IsEmpty || metres == 0) return shape;
        Coordinate centre = shape.EnvelopeInternal.Centre;
        var middle = new MapPoint(centre.X, centre.Y);
        if (crs.MetresPerUnit is { } unit && Math.Abs(GroundArea.ScaleAt(crs, middle) - 1) <= LargestScaleError)
            return shape.Buffer(metres / unit, QuadrantSegments);
        Crs utm = UtmAt(CoordinateTransform.Between(crs, Crs.Wgs84).Transform(middle));
        Geometry grown = Move(shape, crs, utm).Buffer(metres, QuadrantSegments);
        return grown.IsEmpty ? grown : Move(grown, utm, crs);
    }

    private static Geometry Move(Geometry shape, Crs from, Crs to) =>
        new VectorLayer("buffer", from, [], [new(1, shape, new Dictionary<string, object?>())]).To(to, isWhole: true).Features[0].Geometry;

    private static Crs UtmAt(MapPoint degrees) =>
        Crs.Utm(Math.Clamp((int)Math.Floor((Math.IEEERemainder(degrees.X, 360) + 180) / 6) + 1, 1, 60), north: degrees.Y >= 0);
}
