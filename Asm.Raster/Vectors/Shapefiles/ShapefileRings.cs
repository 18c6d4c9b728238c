using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>
/// Builds a shape anew from the rings of a Shapefile's polygon, which come in any order: a hole need not follow its shell.
/// </summary>
internal static class ShapefileRings
{
    /// <summary>
    /// From the largest ring to the smallest, clockwise rings add their area and the others take it away (ESRI Shapefile
    /// Technical Description, 1998, page 8): a lake, and an island in it, come out right. Where the largest ring runs the
    /// wrong way, all are taken to.
    /// </summary>
    public static Geometry Rebuild(Geometry shape)
    {
        if (PolygonParts.FindOther(shape) is not null) return GeometryFixer.Fix(shape);
        (LinearRing Ring, double Area)[] rings = [.. PolygonParts.Of(shape)
            .SelectMany(polygon => (LinearRing[])[polygon.Shell, .. polygon.Holes])
            .Select(ring => (ring, Area.OfRingSigned(ring.CoordinateSequence))).OrderByDescending(ring => Math.Abs(ring.Item2))];
        Geometry result = shape.Factory.CreatePolygon();
        foreach ((LinearRing ring, double area) in rings)
        {
            Geometry filled = GeometryFixer.Fix(shape.Factory.CreatePolygon(ring));
            result = area * rings[0].Area >= 0 ? result.Union(filled) : result.Difference(filled);
        }
        return result;
    }
}
