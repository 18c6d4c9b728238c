using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors;

/// <summary>The polygons that a shape is made of.</summary>
internal static class PolygonParts
{
    /// <summary>The polygons of a polygon, a multi-polygon or a collection, at any depth.</summary>
    public static IEnumerable<Polygon> Of(Geometry geometry) => Leaves(geometry).OfType<Polygon>();

    /// <summary>The first part that is no polygon, or null.</summary>
    public static Geometry? FindOther(Geometry geometry) => Leaves(geometry).FirstOrDefault(part => part is not Polygon);

    private static IEnumerable<Geometry> Leaves(Geometry geometry) =>
        geometry is GeometryCollection collection ? collection.Geometries.SelectMany(Leaves) : [geometry];
}
