using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Tests.Raster.Vectors;

public sealed class ReprojectionTests
{
    [Fact]
    public void A_long_edge_is_followed_to_a_tenth_of_a_metre()
    {
        // A degree square away from the central meridian: its upper edge bends by tens of metres in UTM.
        Geometry square = Layer(Crs.Wgs84, "POLYGON ((-6 5, -4 5, -4 7, -6 7, -6 5))").To(Crs.Utm(30, north: true)).Features[0].Geometry;
        CoordinateTransform transform = CoordinateTransform.Between(Crs.Wgs84, Crs.Utm(30, north: true));
        double farthest = 0;
        for (int i = 0; i <= 10_000; i++)
            foreach (MapPoint point in (MapPoint[])[new(-6 + i / 5000.0, 7), new(-6, 5 + i / 5000.0)])
            {
                MapPoint moved = transform.Transform(point);
                farthest = Math.Max(farthest, square.Factory.CreatePoint(new Coordinate(moved.X, moved.Y)).Distance(((Polygon)square).Shell));
            }
        Assert.InRange(farthest, 0.001, 0.15);
        Assert.InRange(square.NumPoints, 100, 5000);
    }

    [Fact]
    public void Neighbours_still_share_their_edge_to_the_last_bit()
    {
        VectorLayer layer = Layer(Crs.Wgs84, "POLYGON ((-6 5, -4.1 5.3, -3.7 7.2, -6 7, -6 5))", "POLYGON ((-3.7 7.2, -4.1 5.3, -2 5, -3.7 7.2))").To(Crs.Utm(30, north: true));
        Geometry edge = layer.Features[0].Geometry.Intersection(layer.Features[1].Geometry);
        Assert.Equal(0, edge.Area);
        Assert.Equal(213_000, edge.Length, 3000.0);
    }

    [Fact]
    public void Vertices_lie_where_ogr2ogr_puts_them()
    {
        const string shape = "POLYGON ((-2.5 6.25, -2.499 6.25, -2.499 6.251, -2.5 6.25))";
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a.json"), """{"type":"Polygon","coordinates":[[[-2.5,6.25],[-2.499,6.25],[-2.499,6.251],[-2.5,6.25]]]}""");
        PeerTool.Run("ogr2ogr", "-t_srs", "EPSG:32630", folder.File("b.gpkg"), folder.File("a.json"));
        Coordinate[] expected = VectorFile.Read(folder.File("b.gpkg")).Features[0].Geometry.Coordinates;
        Coordinate[] actual = Layer(Crs.Wgs84, shape).To(Crs.Utm(30, north: true)).Features[0].Geometry.Coordinates;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(expected[i].Distance(actual[i]), 0, 1e-5);
    }

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        VectorLayer layer = Layer(Crs.Utm(30, north: true), "MULTIPOLYGON (((500000 600000, 500100 600000, 500100 600100, 500000 600000)), ((600000 600000, 600100 600000, 600100 600100, 600000 600000)))");
        Geometry back = layer.To(Crs.Wgs84).To(Crs.Utm(30, north: true)).Features[0].Geometry;
        Assert.True(layer.Features[0].Geometry.EqualsExact(back, 1e-6), back.ToString());
    }

    [Fact]
    public void The_same_system_changes_nothing()
    {
        VectorLayer layer = Layer(Crs.Wgs84, "POINT (1 2)");
        Assert.Same(layer, layer.To(Crs.Wgs84));
    }

    [Fact]
    public void A_place_without_counterpart_is_named()
    {
        var error = Assert.Throws<AsmException>(() => Layer(Crs.Wgs84, "POINT (0 0)", "POLYGON ((0 0, 90 0, 90 10, 0 0))").To(Crs.Utm(31, north: true)));
        Assert.Equal("""
            file.gpkg: row 2 cannot be brought from EPSG:4326 to EPSG:32631 at (90, 0): the position has no counterpart there
              expected: shapes that lie where EPSG:32631 is defined
              fix: leave the row out, cut it, or check that the file names the CRS of its coordinates
            """, error.Message);
    }

    [Fact]
    public void A_shape_across_the_180th_meridian_is_refused_rather_than_wrapped_around_the_globe()
    {
        var error = Assert.Throws<AsmException>(() => Layer(Crs.Utm(60, north: false), "POLYGON ((800000 8200000, 900000 8200000, 900000 8100000, 800000 8200000))").To(Crs.Wgs84));
        Assert.Contains("the shape is torn there", error.Message, StringComparison.Ordinal);
    }

    private static VectorLayer Layer(Crs crs, params string[] shapes) =>
        new("file.gpkg", crs, [], [.. shapes.Select((shape, i) => new VectorFeature(i + 1, new WKTReader().Read(shape), new Dictionary<string, object?>()))]);
}
