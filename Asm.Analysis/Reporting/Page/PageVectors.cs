using System.Globalization;
using Asm.Analysis.Reporting.Run;
using Asm.Analysis.Zones;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Simplify;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Brings zones and polygons into the map's system, with as many vertices as its pictures show.</summary>
internal sealed class PageVectors(Crs crs, double pixel, int mostPolygons)
{
    private readonly STRtree<(string Name, Geometry Shape)> _zones = new();

    /// <summary>The zones, named as the zone table names them.</summary>
    public PageZones Zones(string table, string areas, ManifestZones zones)
    {
        var notes = new List<string>();
        VectorLayer layer = ZoneReader.Read(VectorFile.Read(areas, zones.Layer), zones.IdField, notes).To(crs);
        var shapes = new List<PageZones.Area>();
        foreach (VectorFeature feature in layer.Features)
        {
            var name = (string)feature.Attributes[ZoneReader.NameField]!;
            _zones.Insert(feature.Geometry.EnvelopeInternal, (name, feature.Geometry));
            shapes.Add(new(name, Simplified(feature.Geometry)));
        }
        return new(PageTables.Zones(table), shapes, notes);
    }

    /// <summary>The polygons of a file that asm polygons wrote; call it after <see cref="Zones"/>, whose names it tells.</summary>
    public PageShapes Polygons(string path)
    {
        VectorLayer layer = VectorFile.Read(path);
        string hectares = layer.RequireField("hectares");
        layer.RequirePolygons();
        IEnumerable<VectorFeature> largest = layer.Features.OrderByDescending(feature => Number(feature, hectares)).Take(mostPolygons);
        VectorLayer shown = (layer with { Features = [.. largest] }).To(crs);
        return new(layer.Features.Count, layer.Features.Sum(feature => Number(feature, hectares)),
            [.. shown.Features.Select(feature => ShapeOf(feature, hectares))]);
    }

    private PageShape ShapeOf(VectorFeature feature, string hectares)
    {
        Point inside = feature.Geometry.InteriorPoint;
        string[] zones = [.. _zones.Query(inside.EnvelopeInternal).Where(zone => zone.Shape.Intersects(inside))
            .Select(zone => zone.Name).Order(StringComparer.Ordinal)];
        double? confidence = feature.Attributes.GetValueOrDefault("confidence") is null ? null : Number(feature, "confidence");
        return new(Convert.ToString(feature.Attributes.GetValueOrDefault("class"), CultureInfo.InvariantCulture) ?? "",
            Number(feature, hectares), confidence, zones,
            [Rounded(inside.X), Rounded(inside.Y)], Simplified(feature.Geometry));
    }

    private static double Number(VectorFeature feature, string field) =>
        feature.Attributes.GetValueOrDefault(field) is (double or long) and var value
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : 0;

    private double[][][][] Simplified(Geometry shape) =>
        [.. PolygonExtracter.GetPolygons(TopologyPreservingSimplifier.Simplify(shape, pixel)).Cast<Polygon>()
            .Select(polygon => (double[][][])[.. polygon.Holes.Prepend(polygon.Shell).Select(Positions)])];

    private double[][] Positions(LinearRing ring) => [.. ring.Coordinates.Select(at => (double[])[Rounded(at.X), Rounded(at.Y)])];

    // To about a hundredth of a pixel.
    private double Rounded(double coordinate) => Math.Round(coordinate, Math.Clamp(2 - (int)Math.Floor(Math.Log10(pixel)), 0, 10));
}
