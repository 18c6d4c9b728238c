using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Burning;

/// <summary>An area and the value that its pixels get.</summary>
/// <param name="Geometry">A polygon, a multi-polygon or a collection of them, in the CRS of the grid.</param>
/// <param name="Value">The value of its pixels.</param>
public readonly record struct ValuedPolygon(Geometry Geometry, byte Value);
