using Asm.Raster.Projections;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors;

/// <summary>The true area of polygons on the ellipsoid of their CRS. Immutable, and safe for concurrent calls.</summary>
/// <remarks>
/// The integral of the area between equator and parallel (Snyder 1987, "Map projections: a working manual", eq. 3-12) along their edges.
/// </remarks>
public sealed class PolygonArea
{
    private readonly Crs _crs, _geographic;
    private readonly string _name;

    /// <summary>Prepares for polygons of a CRS.</summary>
    /// <param name="crs">The CRS.</param>
    public PolygonArea(Crs crs) : this(crs, "polygon") { }

    /// <summary>Prepares for polygons of a CRS.</summary>
    /// <param name="crs">The CRS.</param>
    /// <param name="name">What messages call the polygons.</param>
    internal PolygonArea(Crs crs, string name)
    {
        ArgumentNullException.ThrowIfNull(crs);
        (_crs, _name, _geographic) = (crs, name, Crs.From(CrsDefinition.From(crs.Definition.Geographic)));
    }

    /// <summary>The area of a polygon, a multi-polygon or a collection of them in m2.</summary>
    /// <param name="shape">The shape, in the CRS.</param>
    /// <exception cref="AsmException">The shape reaches where the CRS has no coordinates.</exception>
    public double Of(Geometry shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.IsEmpty) return 0;
        Geometry degrees = new VectorLayer(_name, _crs, [], [new(1, shape, new Dictionary<string, object?>())])
            .To(_geographic, isWhole: true).Features[0].Geometry;
        return PolygonParts.Of(degrees).Sum(polygon => Math.Abs(Ring(polygon.Shell)) - polygon.Holes.Sum(hole => Math.Abs(Ring(hole))));
    }

    /// <summary>The integral along a ring in degrees, by Gauss's rule of three points on each edge.</summary>
    private double Ring(LineString ring)
    {
        const double Radians = Math.PI / 180;
        double sum = 0, node = Math.Sqrt(0.6) / 2;
        CoordinateSequence vertices = ring.CoordinateSequence;
        for (int i = 1; i < vertices.Count; i++)
        {
            double from = vertices.GetY(i - 1), to = vertices.GetY(i), middle = (from + to) / 2, half = (to - from) * node;
            sum += (vertices.GetX(i) - vertices.GetX(i - 1)) * Radians
                * (5 * BelowParallel(middle - half) + 8 * BelowParallel(middle) + 5 * BelowParallel(middle + half)) / 18;
        }
        return sum;
    }

    /// <summary>The area between equator and a parallel, for a radian of longitude: a^2 q / 2.</summary>
    private double BelowParallel(double latitude)
    {
        Ellipsoid ellipsoid = _crs.Definition.Geographic.Datum.Ellipsoid;
        double sin = Math.Sin(latitude * (Math.PI / 180)),
            squared = ellipsoid.Flattening * (2 - ellipsoid.Flattening), e = Math.Sqrt(squared);
        double q = e == 0 ? 2 * sin : (1 - squared) * (sin / (1 - squared * sin * sin) + Math.Atanh(e * sin) / e);
        return ellipsoid.SemiMajorMetres * ellipsoid.SemiMajorMetres * q / 2;
    }
}
