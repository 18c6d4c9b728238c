using System.Text.Json;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Tests.Raster.Vectors;

public sealed class VectorWriteTests : IDisposable
{
    private const string Areas = "POLYGON ((600000 700000, 600100 700000, 600100 700100, 600000 700100, 600000 700000), (600020 700020, 600020 700040, 600040 700040, 600020 700020))";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.gpkg")]
    [InlineData("a.geojson")]
    [InlineData("a.shp")]
    public void What_is_written_is_read_again(string name)
    {
        VectorLayer layer = Layer(Crs.Utm(30, north: true), Areas, "MULTIPOLYGON (((601000 700000, 601100 700000, 601100 700100, 601000 700000)), ((602000 700000, 602100 700000, 602100 700100, 602000 700000)))");
        VectorFile.Write(_folder.File(name), layer);
        VectorLayer read = VectorFile.Read(_folder.File(name));
        Assert.Equal(layer.Fields, read.Fields);
        for (int i = 0; i < 2; i++)
            foreach (string field in layer.Fields) Assert.Equal(layer.Features[i].Attributes[field], field == "flag" && read.Features[i].Attributes[field] is long number ? number == 1 : read.Features[i].Attributes[field]);
        Assert.Equal(name == "a.geojson" ? 4326 : 32630, read.Crs.Epsg);
        read = read.To(layer.Crs);
        for (int i = 0; i < 2; i++)
        {
            Assert.InRange(layer.Features[i].Geometry.SymmetricDifference(read.Features[i].Geometry).Area, 0, 1e-4);
            Assert.Equal(layer.Features[i].Geometry.NumPoints, read.Features[i].Geometry.NumPoints);
        }
        Assert.Equal(name == "a.shp" ? ["a.cpg", "a.dbf", "a.prj", "a.shp", "a.shx"] : [name], _folder.Names);
    }

    [Theory]
    [InlineData("a.gpkg", 32630)]
    [InlineData("a.geojson", 4326)]
    [InlineData("a.shp", 32630)]
    [InlineData("a.gpkg", 2136)]
    [InlineData("a.shp", 2136)]
    public void Gdal_reads_shapes_attributes_and_crs(string name, int epsg)
    {
        VectorLayer layer = Layer(epsg == 4326 ? Crs.Utm(30, north: true) : Crs.FromEpsg(epsg), Areas, "POLYGON ((600500 700000, 600600 700000, 600600 700100, 600500 700000))");
        VectorFile.Write(_folder.File(name), layer);
        string[] lines = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys, json
            from osgeo import ogr, gdal
            gdal.UseExceptions()
            d = ogr.Open(sys.argv[1])
            l = d.GetLayer()
            m = l.GetSpatialRef().FindMatches()
            print(d.GetLayerCount(), l.GetName(), l.GetSpatialRef().GetAuthorityCode(None) or m[0][0].GetAuthorityCode(None), l.GetSpatialRef().IsProjected())
            for f in l:
                print(json.dumps([f.GetField(n) for n in ('name', 'class', 'area', 'empty')], ensure_ascii=False))
                g = f.GetGeometryRef()
                print(g.IsValid(), round(g.Area(), 6) if l.GetSpatialRef().IsProjected() else round(g.Area(), 11), g.GetGeometryName() if sys.argv[1].endswith('gpkg') else '')
            """, _folder.File(name)).Trim().Split('\n');
        Assert.Equal($"1 a {epsg} {(epsg == 4326 ? 0 : 1)}", lines[0]);
        Assert.Equal("[\"Côte d'Or\", 123456789012345678, 0.1, null]", lines[1]);
        Assert.Equal("[null, -7, -1.2345678901234567e+30, null]", lines[3]);
        double area = JsonDocument.Parse(lines[2].Split(' ')[1]).RootElement.GetDouble();
        Assert.Equal(epsg == 4326 ? 9800 / (110_580.0 * 110_660) : 9800, area, epsg == 4326 ? 2e-8 : 1e-6);
        Assert.All([lines[2], lines[4]], line => Assert.StartsWith("True ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Geojson_follows_rfc_7946()
    {
        VectorFile.Write(_folder.File("a.geojson"), Layer(Crs.Utm(30, north: true), Areas));
        JsonElement root = JsonDocument.Parse(File.ReadAllText(_folder.File("a.geojson"))).RootElement;
        Assert.Equal("FeatureCollection", root.GetProperty("type").GetString());
        Assert.False(root.TryGetProperty("crs", out _));
        Geometry shape = VectorFile.Read(_folder.File("a.geojson")).Features[0].Geometry;
        Assert.True(((Polygon)shape).Shell.IsCCW);
        Assert.False(((Polygon)shape).Holes[0].IsCCW);
        Assert.InRange(shape.EnvelopeInternal.MinX, -3, -2);
    }

    [Fact]
    public void A_system_without_a_code_survives_in_a_geopackage()
    {
        Crs own = Crs.FromWkt(Crs.Utm(30, north: true).Wkt.Replace("-3", "-2.5", StringComparison.Ordinal));
        Assert.Null(own.Epsg);
        VectorFile.Write(_folder.File("a.gpkg"), Layer(own, Areas));
        Assert.True(own.IsSameAs(VectorFile.Read(_folder.File("a.gpkg")).Crs));
    }

    [Theory]
    [InlineData("a.gpkg", "POINT")]
    [InlineData("a.shp", "POINT")]
    [InlineData("a.gpkg", "MULTIPOINT")]
    [InlineData("a.shp", "MULTIPOINT")]
    [InlineData("a.gpkg", "LINESTRING")]
    [InlineData("a.shp", "LINESTRING")]
    public void Points_and_lines_are_written_too(string name, string kind)
    {
        VectorFile.Write(_folder.File(name), Layer(Crs.Utm(30, north: true), kind == "POINT" ? "POINT (600000 700000)" : $"{kind} (600000 700000, 600001 700001)"));
        Assert.Equal(kind, VectorFile.Read(_folder.File(name)).Features[0].Geometry.GeometryType.ToUpperInvariant());
    }

    [Theory]
    [InlineData("a.gpkg")]
    [InlineData("a.geojson")]
    [InlineData("a.shp")]
    public void A_file_is_replaced_only_on_request_and_an_empty_layer_is_a_file(string name)
    {
        VectorLayer layer = Layer(Crs.Utm(30, north: true), Areas);
        VectorFile.Write(_folder.File(name), layer);
        byte[] before = File.ReadAllBytes(_folder.File(name));
        Assert.Contains("the file exists", Assert.Throws<AsmException>(() => VectorFile.Write(_folder.File(name), layer)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File(name)));
        VectorFile.Write(_folder.File(name), layer with { Features = [] }, overwrite: true);
        Assert.Empty(VectorFile.Read(_folder.File(name)).Features);
        Assert.DoesNotContain(_folder.Names, entry => entry.Contains("partial", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.shp", "a_long_field_name", "has a name longer than 10 bytes")]
    [InlineData("a.shp", "ID", "is blank in some rows")]
    [InlineData("a.shp", "NAME", "the fields name and NAME have one name in this format")]
    [InlineData("a.gpkg", "NAME", "the fields name and NAME have one name in this format")]
    [InlineData("a.kml", "x", "is not one of a vector format known here")]
    public void What_a_format_cannot_hold_is_refused_and_nothing_is_left(string name, string field, string found)
    {
        VectorLayer layer = Layer(Crs.Utm(30, north: true), Areas);
        var error = Assert.Throws<AsmException>(() => VectorFile.Write(_folder.File(name), layer with { Fields = [.. layer.Fields, field] }));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Values_and_mixtures_that_a_shapefile_cannot_hold_are_refused()
    {
        VectorLayer layer = Layer(Crs.Utm(30, north: true), Areas, "POINT (600000 700000)");
        Assert.Contains("the layer mixes Polygon, Point", Assert.Throws<AsmException>(() => VectorFile.Write(_folder.File("a.shp"), layer)).Message, StringComparison.Ordinal);
        foreach (object value in (object[])[new string('x', 255), 1234567890123456789L])
        {
            VectorLayer wide = new("a", layer.Crs, ["v"], [new VectorFeature(4, layer.Features[0].Geometry, new Dictionary<string, object?> { ["v"] = value })]);
            Assert.Contains("field v of row 4 is longer than", Assert.Throws<AsmException>(() => VectorFile.Write(_folder.File("a.shp"), wide)).Message, StringComparison.Ordinal);
        }
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        foreach (string name in (string[])["x/a.gpkg", "x/a.shp", "x/a.geojson"])
            Assert.Contains("cannot be written", Assert.Throws<AsmException>(() => VectorFile.Write(_folder.File(name), Layer(Crs.Wgs84, "POINT (1 2)"))).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    private static VectorLayer Layer(Crs crs, params string[] shapes) => new("layer", crs, ["name", "class", "area", "flag", "empty"], [.. shapes.Select((shape, i) => new VectorFeature(i + 1, new WKTReader().Read(shape),
        new Dictionary<string, object?> { ["name"] = i == 0 ? "Côte d'Or" : null, ["class"] = i == 0 ? 123456789012345678L : -7L, ["area"] = i == 0 ? 0.1 : -1.2345678901234567e30, ["flag"] = i == 0, ["empty"] = null }))]);
}
