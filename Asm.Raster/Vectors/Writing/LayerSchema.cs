using Asm.Raster.Projections;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Writing;

/// <summary>What a vector file is declared to hold before its first feature is written.</summary>
/// <param name="Crs">The coordinate reference system of the shapes handed in.</param>
/// <param name="Columns">The fields.</param>
/// <param name="Shape">The kind of all shapes; null where kinds mix, and for no shape at all.</param>
/// <param name="Mixed">The kinds that mix, for messages; empty where there is no shape at all.</param>
internal sealed record LayerSchema(Crs Crs, AttributeColumn[] Columns, OgcGeometryType? Shape, string Mixed)
{
    /// <summary>The schema that fits a layer.</summary>
    public static LayerSchema Of(VectorLayer layer) =>
        new(layer.Crs, AttributeColumn.Of(layer), LayerShapes.CommonKind(layer),
            string.Join(", ", layer.Features.Select(feature => feature.Geometry.GeometryType).Distinct()));
}
