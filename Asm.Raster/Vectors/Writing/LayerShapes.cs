using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Writing;

/// <summary>The kind of shape that a table of features is declared to hold.</summary>
internal static class LayerShapes
{
    /// <summary>
    /// The kind that all shapes are; where single ones and multiple ones mix, the multiple; null where kinds mix, and for no shape at all.
    /// </summary>
    public static OgcGeometryType? CommonKind(VectorLayer layer)
    {
        OgcGeometryType[] kinds = [.. layer.Features.Select(feature => feature.Geometry.OgcGeometryType).Distinct()];
        if (kinds.Length == 1) return kinds[0];
        kinds = [.. kinds.Select(Multiple).Distinct()];
        return kinds.Length == 1 ? kinds[0] : null;
    }

    /// <summary>A single shape as a collection of one, for formats and columns that want it so.</summary>
    public static Geometry ToMultiple(Geometry geometry) => geometry switch
    {
        Polygon polygon => geometry.Factory.CreateMultiPolygon([polygon]),
        LineString line => geometry.Factory.CreateMultiLineString([line]),
        Point point => geometry.Factory.CreateMultiPoint([point]),
        _ => geometry,
    };

    private static OgcGeometryType Multiple(OgcGeometryType kind) => kind switch
    {
        OgcGeometryType.Polygon => OgcGeometryType.MultiPolygon,
        OgcGeometryType.LineString => OgcGeometryType.MultiLineString,
        OgcGeometryType.Point => OgcGeometryType.MultiPoint,
        _ => kind,
    };
}
