using System.Globalization;
using Asm.Analysis.Zones;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Raster.Vectors;

public sealed class VectorWorkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(600)]
    [InlineData(1500)]
    [InlineData(20_000)]
    public void Random_vertices_are_refused_before_their_crossings_are_sought(int vertices)
    {
        var random = new Random(4);
        (double, double)[] ring = [.. Enumerable.Range(0, vertices).Select(_ => (random.NextDouble(), random.NextDouble()))];
        Write([.. ring, ring[0]]);
        string error = Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.geojson"))).Message;
        Assert.Contains("the polygon of row 1 is a tangle", error, StringComparison.Ordinal);
        Assert.Contains("fix: draw the polygon again", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comb_of_long_diagonal_teeth_is_refused_though_nothing_of_it_crosses()
    {
        List<(double, double)> ring = [];
        for (int i = 0; i < 30_000; i++) ring.AddRange([(i * 1e-5, 0), (i * 1e-5 + 0.5, 1)]);
        Write([.. ring, (0.9, 2), (0, 1.5), (0, 0)]);
        Assert.Contains("edges run past each other about", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.geojson"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_coast_of_many_vertices_and_a_few_crossings_is_read_and_repaired()
    {
        const int count = 60_000;
        var random = new Random(5);
        List<(double, double)> ring = [];
        for (int i = 0; i < count; i++)
        {
            double radius = 1 + 0.00002 * random.NextDouble();
            ring.Add((radius * Math.Cos(i * 2 * Math.PI / count), radius * Math.Sin(i * 2 * Math.PI / count)));
        }
        Write([.. ring, ring[0]]);
        Assert.Empty(VectorFile.Read(_folder.File("a.geojson")).Repaired);
        (ring[10], ring[40]) = (ring[40], ring[10]);
        Write([.. ring, ring[0]]);
        VectorLayer layer = VectorFile.Read(_folder.File("a.geojson"));
        Assert.Equal([1L], layer.Repaired);
        Assert.Equal(Math.PI, layer.Features[0].Geometry.Area, 1e-3);
    }

    [Theory]
    [InlineData("[[0,0],[1,0],[1,1],[0.0000005,0.0000003]]", true)]
    [InlineData("[[0,0],[1,0],[1,1],[0,1],[0.0000008,-0.0000001]]", true)]
    [InlineData("[[0,0],[1,0],[1,1],[0,0.0001]]", false)]
    public void Rings_whose_ends_were_rounded_apart_are_closed(string ring, bool isRead)
    {
        File.WriteAllText(_folder.File("a.geojson"), $$"""{"type":"Polygon","coordinates":[{{ring}}]}""");
        if (isRead) Assert.Empty(VectorFile.Read(_folder.File("a.geojson")).Repaired);
        else Assert.Contains("the geometry of feature 1 cannot be read", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.geojson"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_thousand_fields_that_are_empty_elsewhere_are_read()
    {
        IEnumerable<string> features = Enumerable.Range(0, 20_000).Select(i => $$"""{"type":"Feature","properties":{"f{{i}}":{{i}} },"geometry":{"type":"Point","coordinates":[1,2]} }""");
        File.WriteAllText(_folder.File("a.geojson"), $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");
        long before = GC.GetAllocatedBytesForCurrentThread();
        VectorLayer layer = VectorFile.Read(_folder.File("a.geojson"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.Equal(20_000, layer.Fields.Count);
        Assert.Equal(19_999L, layer.Features[^1].Attributes["f19999"]);
        Assert.Null(layer.Features[0].Attributes["f19999"]);
        Assert.False(layer.Features[0].Attributes.ContainsKey("g"));
    }

    [Theory]
    [InlineData("EPSG:32630/../a.prj")]
    [InlineData("a.prj")]
    [InlineData("OGC:a.prj")]
    [InlineData("urn:ogc:def:crs:a.prj")]
    [InlineData("GEOGCS[\\\"x\\\"]")]
    public void A_crs_of_geojson_is_a_code_and_never_a_path(string name)
    {
        File.WriteAllText(_folder.File("a.prj"), Crs.Wgs84.Wkt);
        File.WriteAllText(_folder.File("a.geojson"), $$$"""{"type":"Point","crs":{"type":"name","properties":{"name":"{{{name}}}"}},"coordinates":[0,0]}""");
        Assert.Contains("its 'crs' member is", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.geojson"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_zones_are_compared_once_and_heaps_of_them_refused()
    {
        Assert.Equal(4950, Measure(100, 0).Overlaps.Count);
        Assert.All(Measure(100, 0).Overlaps, overlap => Assert.Equal(0.0625, overlap.GroundHectares, 1e-3));
        string error = Assert.Throws<AsmException>(() => Measure(4000, 0)).Message;
        Assert.Contains("so many zones lie on each other", error, StringComparison.Ordinal);
        Assert.Contains("so many zones lie on each other", Assert.Throws<AsmException>(() => Measure(4000, 0.001)).Message, StringComparison.Ordinal);
        Assert.Empty(Measure(4000, 30).Overlaps);
    }

    [Fact]
    public void A_mask_cut_at_180_degrees_masks_a_map_across_it_whatever_the_system_of_either()
    {
        Crs utm60 = Crs.Utm(60, north: false), degrees = Crs.Wgs84;
        var utm = new GeoGrid(128, 128, new(818_810, 8_118_640), 10, 10, utm60);
        var east = new GeoGrid(200, 100, new(179.99, -16.99), 0.0001, 0.0001, degrees);
        Geometry Box(double west, double east) => GeometryFactory.Default.ToGeometry(new Envelope(west, east, -17.5, -16.5));
        VectorLayer split = Layer(degrees, GeometryFactory.Default.CreateMultiPolygon([(Polygon)Box(179.995, 180), (Polygon)Box(-180, -179.995)]));
        Assert.Equal(Count(utm, Layer(degrees, Box(179.995, 180.005))), Count(utm, split));
        Assert.Equal(100 * 100, Count(east, split));
        Assert.Equal(100 * 100, Count(new GeoGrid(200, 100, new(-180.01, -16.99), 0.0001, 0.0001, degrees), split));
        Assert.Equal(50 * 100, Count(new GeoGrid(100, 100, new(179.99, -16.99), 0.0001, 0.0001, degrees), split));
        Assert.Equal(200 * 100, Count(east, Layer(utm60, GeometryFactory.Default.ToGeometry(new Envelope(800_000, 840_000, 8_000_000, 8_200_000)))));
        Assert.Equal(0, Count(new GeoGrid(100, 100, new(0, -16.99), 0.0001, 0.0001, degrees), split));
    }

    [Fact]
    public void The_shared_case_of_a_mask_cut_at_180_degrees_masks_as_gdal_rasterizes_it()
    {
        using IRasterSource map = new RunOptions().Open(SharedData.Require("cases/vectors/map60.tif"));
        Assert.Equal(6400, Count(map.Info.Grid, VectorFile.Read(SharedData.Require("cases/vectors/split.geojson"))));
    }

    private static long Count(GeoGrid grid, VectorLayer mask)
    {
        using var raster = new Asm.Raster.Vectors.Burning.PolygonRaster(grid, new PolygonMask(mask).On(grid).Select(area => new Asm.Raster.Vectors.Burning.ValuedPolygon(area, 1)));
        var burnt = new byte[grid.Width * grid.Height];
        raster.Burn(grid.FullWindow, burnt);
        return burnt.Count(value => value == 1);
    }

    private static VectorLayer Layer(Crs crs, params Geometry[] shapes) => new("zones.gpkg", crs, [], [.. shapes.Select((shape, i) => new VectorFeature(i + 1, shape, new Dictionary<string, object?>()))]);

    private static ZoneTable Measure(int zones, double step)
    {
        Crs utm = Crs.Utm(30, north: true);
        Geometry[] shapes = [.. Enumerable.Range(0, zones).Select(i => GeometryFactory.Default.ToGeometry(new Envelope(600_000 + i * step, 600_025 + i * step, 699_990, 700_015)))];
        return ZonalAreas.Run([new("map", CodeMaps.Of(4, [1, 1, 1, 1, 2, 2, 2, 2]))], Layer(utm, shapes), new());
    }

    private void Write((double X, double Y)[] ring) => File.WriteAllText(_folder.File("a.geojson"), string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"Polygon","coordinates":[[{{string.Join(',', ring.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.X:R},{p.Y:R}]")))}}]]}"""));
}
