using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Burning;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Asm.Tests.Raster.Vectors;

public sealed class PolygonRasterTests
{
    private static readonly GeoGrid Grid = new(8, 6, new(1000, 2060), 10, 10, Crs.Utm(30, north: true));

    [Fact]
    public void Pixels_whose_centres_lie_inside_get_the_value()
    {
        // A square from (1011, 2019) to (1046, 2049) with a hole around the centre of column 2, row 2.
        using var raster = new PolygonRaster(Grid, [new(Wkt("POLYGON ((1011 2019, 1046 2019, 1046 2049, 1011 2049, 1011 2019), (1024 2034, 1024 2036, 1026 2036, 1026 2034, 1024 2034))"), 3)]);
        Assert.Equal("""
            00000000
            03333000
            03033000
            03333000
            00000000
            00000000
            """, Draw(raster));
    }

    [Fact]
    public void Different_values_conflict_and_equal_values_do_not()
    {
        Geometry left = Box(1000, 2030, 1050, 2060), middle = Box(1020, 2030, 1060, 2060), right = Box(1030, 2030, 1080, 2060);
        using var raster = new PolygonRaster(Grid, [new(left, 1), new(middle, 1), new(right, 2)], background: 0, conflict: 9);
        Assert.Equal("""
            11199922
            11199922
            11199922
            00000000
            00000000
            00000000
            """, Draw(raster));
        Assert.Equal(9, raster.Burn(Grid.FullWindow, new byte[48]));
        Assert.Equal(2, raster.Burn(new(4, 1, 2, 1), new byte[2]));
    }

    [Fact]
    public void Polygons_that_share_edges_through_centres_leave_no_pixel_out_and_share_none()
    {
        // Corners on pixel centres, upright, level and slanting edges.
        Geometry[] tiles = [Wkt("POLYGON ((975 2075, 1035 2075, 1035 2035, 975 2035, 975 2075))"), Wkt("POLYGON ((1035 2035, 1035 2075, 1105 2075, 1035 2035))"),
            Wkt("POLYGON ((1035 2035, 1105 2075, 1105 1985, 1035 2035))"), Wkt("POLYGON ((1035 2035, 1105 1985, 975 1985, 975 2035, 1035 2035))")];
        foreach (bool isReversed in (bool[])[false, true])
        {
            using var raster = new PolygonRaster(Grid, tiles.Select((tile, i) => new ValuedPolygon(isReversed ? tile.Reverse() : tile, (byte)(i + 1))));
            byte[] values = new byte[48];
            Assert.Equal(0, raster.Burn(Grid.FullWindow, values));
            Assert.DoesNotContain((byte)0, values);
        }
    }

    [Fact]
    public void Any_window_has_the_pixels_of_the_whole()
    {
        var random = new Random(5);
        using var raster = new PolygonRaster(new(100, 90, new(0, 900), 10, 10, null), [.. Enumerable.Range(0, 40).Select(i => new ValuedPolygon(Star(random, random.NextDouble() * 1000, random.NextDouble() * 900, 200, 30), (byte)(i % 3 + 1)))]);
        byte[] whole = new byte[9000];
        raster.Burn(raster.Info.Grid.FullWindow, whole);
        for (int i = 0; i < 200; i++)
        {
            int column = random.Next(100), row = random.Next(90);
            var window = new PixelWindow(column, row, random.Next(100 - column) + 1, random.Next(90 - row) + 1);
            ushort[] part = new ushort[window.PixelCount];
            raster.Read<ushort>(window, [0], part);
            for (int y = 0; y < window.Height; y++)
                for (int x = 0; x < window.Width; x++) Assert.Equal(whole[(row + y) * 100 + column + x], part[y * window.Width + x]);
        }
    }

    [Fact]
    public void Gdal_rasterize_burns_the_same_pixels()
    {
        var random = new Random(7);
        var grid = new GeoGrid(701, 613, new(500_000.3, 600_000.7), 10, 10, Crs.Utm(30, north: true));
        Geometry[] shapes = [.. Enumerable.Range(0, 300).Select(i =>
        {
            double x = 500_000 + random.NextDouble() * 7200, y = 594_000 + random.NextDouble() * 6200, radius = 20 + random.NextDouble() * 500;
            Polygon shell = Star(random, x, y, radius, 3 + random.Next(60));
            Geometry shape = i % 2 == 0 ? shell : shell.Difference(Star(random, x, y, radius / 2, 12));
            return i % 5 == 0 ? shape.Union(Star(random, x + 1500, y, radius, 20)) : shape;
        })];
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("shapes"), shapes.Select(shape => shape.ToText()));
        PeerTool.Run("/usr/bin/python3", "-c", """
            import sys
            from osgeo import gdal, ogr
            gdal.UseExceptions()
            d = gdal.GetDriverByName('MEM').Create('', 701, 613, 1)
            d.SetGeoTransform([500000.3, 10, 0, 600000.7, 0, -10])
            v = ogr.GetDriverByName('Memory').CreateDataSource('')
            for i, line in enumerate(open(sys.argv[1])):
                l = v.CreateLayer('l%d' % i)
                f = ogr.Feature(l.GetLayerDefn())
                f.SetGeometry(ogr.CreateGeometryFromWkt(line))
                l.CreateFeature(f)
                gdal.RasterizeLayer(d, [1], l, burn_values=[i % 3 + 1])
                open(sys.argv[2], 'ab').write(d.ReadAsArray().tobytes())
                d.GetRasterBand(1).Fill(0)
            """, folder.File("shapes"), folder.File("burned"));
        byte[] expected = File.ReadAllBytes(folder.File("burned")), actual = new byte[701 * 613];
        for (int i = 0; i < shapes.Length; i++)
        {
            using var raster = new PolygonRaster(grid, [new(shapes[i], (byte)(i % 3 + 1))]);
            raster.Burn(grid.FullWindow, actual);
            Assert.True(expected.AsSpan(i * actual.Length, actual.Length).SequenceEqual(actual), $"shape {i} differs: {shapes[i]}");
        }
    }

    [Fact]
    public void Values_that_cannot_be_told_apart_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PolygonRaster(Grid, [], background: 7, conflict: 7));
        Assert.Throws<ArgumentException>(() => new PolygonRaster(Grid, [new(Box(1000, 2000, 1050, 2060), 0)]));
        Assert.Throws<ArgumentException>(() => new PolygonRaster(Grid, [new(Box(1000, 2000, 1050, 2060), 255)]));
    }

    [Fact]
    public void Lines_are_refused_by_position()
    {
        var error = Assert.Throws<AsmException>(() => new PolygonRaster(Grid, [new(Box(1000, 2000, 1050, 2060), 1), new(Wkt("LINESTRING (0 0, 1 1)"), 1)], name: "a.gpkg"));
        Assert.Equal("a.gpkg: shape 2 is or holds a LineString\n  expected: polygons only\n  fix: leave points and lines out, or buffer them to polygons", error.Message);
    }

    private static Geometry Wkt(string text) => new WKTReader().Read(text);

    private static Geometry Box(double west, double south, double east, double north) => new GeometryFactory().ToGeometry(new Envelope(west, east, south, north));

    private static Polygon Star(Random random, double x, double y, double radius, int corners)
    {
        Coordinate[] ring = [.. Enumerable.Range(0, corners).Select(i =>
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / corners);
            double distance = radius * (0.3 + 0.7 * random.NextDouble());
            return new Coordinate(x + distance * cos, y + distance * sin);
        })];
        return new GeometryFactory().CreatePolygon([.. ring, ring[0]]);
    }

    private static string Draw(PolygonRaster raster)
    {
        byte[] values = new byte[48];
        raster.Burn(Grid.FullWindow, values);
        return string.Join('\n', values.Chunk(8).Select(row => string.Concat(row)));
    }
}
