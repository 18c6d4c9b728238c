using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors;

/// <summary>One feature of a vector file.</summary>
/// <param name="Row">Where it stands in its file, for messages: the feature id of a GeoPackage, else the position from 1.</param>
/// <param name="Geometry">The shape, in two dimensions, in the CRS of its layer; never empty.</param>
/// <param name="Attributes">
/// A value for every field of the layer: a string, long, double or bool, or null where the feature has none.
/// </param>
public sealed record VectorFeature(long Row, Geometry Geometry, IReadOnlyDictionary<string, object?> Attributes);
