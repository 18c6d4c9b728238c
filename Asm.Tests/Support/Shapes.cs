using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Tests.Support;

/// <summary>Polygons and layers for tests.</summary>
internal static class Shapes
{
    public static Geometry Wkt(string text) => new WKTReader().Read(text);

    public static Geometry Box(double west, double south, double east, double north) => new GeometryFactory().ToGeometry(new Envelope(west, east, south, north));

    /// <summary>A ring whose corners lie at random distances from a middle, 0.3 to 1 of a radius.</summary>
    public static Polygon Star(Random random, double x, double y, double radius, int corners)
    {
        Coordinate[] ring = [.. Enumerable.Range(0, corners).Select(i =>
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / corners);
            double distance = radius * (0.3 + 0.7 * random.NextDouble());
            return new Coordinate(x + distance * cos, y + distance * sin);
        })];
        return new GeometryFactory().CreatePolygon([.. ring, ring[0]]);
    }

    /// <summary>A layer with one field, "name".</summary>
    public static VectorLayer Layer(Crs crs, params (string? Name, Geometry Shape)[] features) =>
        new("zones.gpkg", crs, ["name"], [.. features.Select((f, i) => new VectorFeature(i + 1, f.Shape, new Dictionary<string, object?> { ["name"] = f.Name }))]);
}
