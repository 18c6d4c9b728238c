using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Raster.Vectors;

public sealed partial class VectorReadTests : IDisposable
{
    private const string Features = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Côte","class":1,"area":1234567.125,"day":"2020-01-02"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.25,0.25],[0.5,0.5],[0.5,0.25],[0.25,0.25]]]}},
        {"type":"Feature","properties":{"name":null,"class":null,"area":null,"day":null},"geometry":null},
        {"type":"Feature","properties":{"name":"b","class":12345678901,"area":0.5,"day":"2021-12-31"},"geometry":{"type":"MultiPolygon","coordinates":[[[[5,0],[6,0],[6,1],[5,0]]],[[[7,0],[8,0],[8,1],[7,0]]]]}}]}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ghana-mining-detections/ashanti-2017-2020.geojson")]
    [InlineData("ghana-mining-detections/ghana-2024.geojson")]
    [InlineData("natural-earth/ne_50m_ghana_and_neighbours.geojson")]
    [InlineData("sentinel2-tiles/ghana-computed.geojson")]
    [InlineData("mine-segmentation/mining_tiles_test_annotations.gpkg", "tiles")]
    [InlineData("mine-segmentation/mining_tiles_test_annotations.gpkg", "polygons_original")]
    public void Real_files_have_the_features_and_extent_that_ogrinfo_says(string file, string? name = null)
    {
        string path = SharedData.Require($"vectors/{file}");
        VectorLayer layer = VectorFile.Read(path, name);
        string info = PeerTool.Run("ogrinfo", name is null ? ["-so", "-al", path] : ["-so", path, name]);
        Assert.Equal(int.Parse(Count().Match(info).Groups[1].Value), layer.Features.Count + layer.Skipped);
        double[] extent = [.. Numbers().Matches(info.Split('\n').Single(line => line.StartsWith("Extent", StringComparison.Ordinal))).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
        Envelope bounds = Bounds(layer);
        Assert.Equal(extent[0], bounds.MinX, 1e-6);
        Assert.Equal(extent[1], bounds.MinY, 1e-6);
        Assert.Equal(extent[2], bounds.MaxX, 1e-6);
        Assert.Equal(extent[3], bounds.MaxY, 1e-6);
        Assert.Equal(4326, layer.Crs.Epsg);
        Assert.All(layer.Features, feature => Assert.True(feature.Geometry.IsValid));
    }

    [Theory]
    [InlineData("a.gpkg")]
    [InlineData("a.geojson")]
    [InlineData("a.shp", "ENCODING=UTF-8")]
    [InlineData("a.shp", "ENCODING=ISO-8859-1")]
    [InlineData("a.shp", "ENCODING=CP1252")]
    public void Files_by_ogr2ogr_have_the_same_shapes_attributes_and_crs(string name, string? option = null)
    {
        File.WriteAllText(_folder.File("in.json"), Features);
        PeerTool.Run("ogr2ogr", [.. option is null ? Array.Empty<string>() : ["-lco", option], _folder.File(name), _folder.File("in.json")]);
        VectorLayer layer = VectorFile.Read(_folder.File(name));
        Assert.Equal(["name", "class", "area", "day"], layer.Fields);
        Assert.Equal(4326, layer.Crs.Epsg);
        Assert.Equal(1, layer.Skipped);
        Assert.Empty(layer.Repaired);
        Assert.Equal([1, 3], layer.Features.Select(f => f.Row));
        Assert.Equal(["Côte", 1L, 1234567.125, "2020-01-02"], layer.Fields.Select(f => layer.Features[0].Attributes[f]).Select(v => v is string s ? s.Replace('/', '-') : v));
        Assert.Equal(12345678901L, layer.Features[1].Attributes["class"]);
        Assert.Equal(0.96875, layer.Features[0].Geometry.Area, 12);
        Assert.Equal(1.0, layer.Features[1].Geometry.Area, 12);
    }

    [Fact]
    public void A_shapefile_with_letters_in_a_code_page_of_its_table_is_read()
    {
        File.WriteAllText(_folder.File("in.json"), Features);
        PeerTool.Run("ogr2ogr", "-lco", "ENCODING=LDID/87", _folder.File("a.shp"), _folder.File("in.json"));
        File.Delete(_folder.File("a.cpg"));
        Assert.Equal("Côte", VectorFile.Read(_folder.File("a.shp")).Features[0].Attributes["name"]);
    }

    [Theory]
    [InlineData("a.gpkg")]
    [InlineData("a.geojson")]
    [InlineData("a.shp")]
    public void Files_in_utm_have_that_system(string name)
    {
        File.WriteAllText(_folder.File("in.json"), Features);
        PeerTool.Run("ogr2ogr", "-t_srs", "EPSG:32631", "-dim", "XYZ", _folder.File(name), _folder.File("in.json"));
        VectorLayer layer = VectorFile.Read(_folder.File(name));
        Assert.Equal(32631, layer.Crs.Epsg);
        Assert.Equal(166021.443, layer.Features[0].Geometry.EnvelopeInternal.MinX, 0.001);
        Assert.All(layer.Features.SelectMany(f => f.Geometry.Coordinates), c => Assert.True(double.IsNaN(c.Z)));
    }

    [Theory]
    [InlineData("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32630\"}},", 32630)]
    [InlineData("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:32630\"}},", 32630)]
    [InlineData("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},", 4326)]
    [InlineData("\"crs\":null,", 4326)]
    [InlineData("", 4326)]
    public void The_old_crs_member_of_geojson_is_honoured(string member, int epsg)
    {
        Write("a.geojson", $$$"""{"type":"FeatureCollection",{{{member}}}"features":[{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2,3]}}]}""");
        VectorLayer layer = VectorFile.Read(_folder.File("a.geojson"));
        Assert.Equal(epsg, layer.Crs.Epsg);
        Assert.Equal("POINT (1 2)", layer.Features[0].Geometry.ToString());
        Assert.Empty(layer.Fields);
    }

    [Theory]
    [InlineData("""{"type":"Feature","properties":{"a":true},"geometry":{"type":"Point","coordinates":[1,2]}}""")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""")]
    public void A_lone_feature_or_shape_is_a_layer_of_one(string text)
    {
        Write("a.json", text);
        VectorFeature feature = Assert.Single(VectorFile.Read(_folder.File("a.json")).Features);
        Assert.Equal((1, "POINT (1 2)"), (feature.Row, feature.Geometry.ToString()));
    }

    [Fact]
    public void Every_feature_has_a_value_for_every_field()
    {
        Write("a.json", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1.5},"geometry":{"type":"Point","coordinates":[1,2]}},{"type":"Feature","properties":{"b":[1, 2]},"geometry":{"type":"Point","coordinates":[1,2]}}]}""");
        VectorLayer layer = VectorFile.Read(_folder.File("a.json"));
        Assert.Equal(["a", "b"], layer.Fields);
        Assert.Equal([1.5, null, null, "[1, 2]"], layer.Features.SelectMany(f => layer.Fields.Select(name => f.Attributes[name])));
    }

    [Fact]
    public void A_polygon_whose_rings_cross_is_repaired_and_reported()
    {
        Write("a.json", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}}]}""");
        VectorLayer layer = VectorFile.Read(_folder.File("a.json"));
        Assert.Equal([1L], layer.Repaired);
        Assert.Equal(2.0, layer.Features[0].Geometry.Area, 12);
    }

    [Fact]
    public void Rings_of_a_shapefile_may_come_in_any_order()
    {
        // Written as crossing parts so that ogr2ogr keeps the order: two squares, then the hole of the first, then an island in that hole.
        const string script = """
            import struct, sys
            def ring(x, y, s, hole=False):
                r = [(x, y), (x, y + s), (x + s, y + s), (x + s, y), (x, y)]
                return r[::-1] if hole else r
            rings = [ring(0, 0, 10), ring(20, 0, 10), ring(2, 2, 6, True), ring(4, 4, 2)]
            points = [p for r in rings for p in r]
            body = struct.pack('<i4d2i', 5, 0, 0, 30, 10, len(rings), len(points))
            body += struct.pack('<%di' % len(rings), *[5 * i for i in range(len(rings))]) + b''.join(struct.pack('<2d', *p) for p in points)
            def head(n): return struct.pack('>7i', 9994, 0, 0, 0, 0, 0, n // 2) + struct.pack('<2i8d', 1000, 5, 0, 0, 30, 10, 0, 0, 0, 0)
            open(sys.argv[1] + '.shp', 'wb').write(head(108 + len(body)) + struct.pack('>2i', 1, len(body) // 2) + body)
            open(sys.argv[1] + '.shx', 'wb').write(head(108) + struct.pack('>2i', 50, len(body) // 2))
            open(sys.argv[1] + '.dbf', 'wb').write(struct.pack('<4BIHH20x', 3, 120, 1, 1, 1, 65, 3) + struct.pack('<11sc4xBB14x', b'id', b'N', 2, 0) + b'\r' + b' 07' + b'\x1a')
            """;
        PeerTool.Run("/usr/bin/python3", "-c", script, _folder.File("a"));
        File.WriteAllText(_folder.File("a.prj"), Crs.Utm(30, north: true).Wkt);
        VectorLayer layer = VectorFile.Read(_folder.File("a.shp"));
        Assert.Equal(100 - 36 + 4 + 100, layer.Features[0].Geometry.Area, 9);
        Assert.Equal([1L], layer.Repaired);
        Assert.Equal(7L, layer.Features[0].Attributes["id"]);
    }

    [Fact]
    public void The_error_of_a_missing_field_names_those_that_are_there()
    {
        Write("a.json", Features);
        VectorLayer layer = VectorFile.Read(_folder.File("a.json"));
        Assert.Equal("class", layer.RequireField("CLASS"));
        var error = Assert.Throws<AsmException>(() => layer.RequireField("kind"));
        Assert.Equal($"{_folder.File("a.json")}: has no field named 'kind'; its fields are: name, class, area, day\n  expected: a field named 'kind'\n  fix: name one of the fields that are there, or add the field to the file", error.Message);
    }

    [Fact]
    public void Points_and_lines_are_told_from_areas()
    {
        Write("a.json", Features);
        VectorFile.Read(_folder.File("a.json")).RequirePolygons();
        Write("b.json", """{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,0]]]},{"type":"Point","coordinates":[1,2]}]}""");
        Assert.Contains("row 1 is or holds a Point", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("b.json")).RequirePolygons()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_layers_one_must_be_named()
    {
        Write("in.json", Features);
        PeerTool.Run("ogr2ogr", "-nln", "first", _folder.File("a.gpkg"), _folder.File("in.json"));
        PeerTool.Run("ogr2ogr", "-update", "-nln", "second \"x\"", _folder.File("a.gpkg"), _folder.File("in.json"));
        Assert.Contains("has 2 feature layers: first, second \"x\"", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.gpkg"))).Message, StringComparison.Ordinal);
        Assert.Contains("no feature layer named 'third'", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.gpkg"), "third")).Message, StringComparison.Ordinal);
        Assert.Equal(2, VectorFile.Read(_folder.File("a.gpkg"), "second \"x\"").Features.Count);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text, Encoding.UTF8);

    private static Envelope Bounds(VectorLayer layer)
    {
        var bounds = new Envelope();
        foreach (VectorFeature feature in layer.Features) bounds.ExpandToInclude(feature.Geometry.EnvelopeInternal);
        return bounds;
    }

    [GeneratedRegex("Feature Count: ([0-9]+)")]
    private static partial Regex Count();

    [GeneratedRegex("-?[0-9]+\\.[0-9]+")]
    private static partial Regex Numbers();
}
