using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Cli;

public sealed class ZonesVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string WriteMap(string name, GeoGrid? grid = null)
    {
        grid ??= Stacks.Grid(100, 80);
        byte[] codes = [.. Enumerable.Range(0, (int)grid.FullWindow.PixelCount).Select(i => (byte)(i % 4))];
        using var sink = CogSink.Create(_folder.File(name), new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }], ClassNames = ["no data", "mines", "built", "vegetation"] });
        sink.WriteRows<byte>(grid.Height, codes);
        sink.Complete();
        return _folder.File(name);
    }

    private string WriteZones(string name = "zones.geojson")
    {
        VectorFile.Write(_folder.File(name), Layer(Crs.Utm(30, north: true), ("Atewa", Box(600_200, 699_300, 600_600, 699_800)), ("Tano, \"south\"", Box(600_500, 699_700, 602_000, 699_900))));
        return _folder.File(name);
    }

    [Fact]
    public void Writes_a_table_with_the_promised_columns_and_keeps_it_unless_told()
    {
        string map = WriteMap("2020.classes.tif"), table = _folder.File("out.csv");
        string[] line = ["zones", map, "--zones", WriteZones(), "--id", "name", "--adjacent", "100", "-o", table];
        (int exit, string output, string error) = AsmProgram.Run(line);
        Assert.True(exit == 0, error);
        Assert.Contains("warning: zones overlap", error, StringComparison.Ordinal);
        Assert.Contains("2 zones", output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(table);
        Assert.Equal("zone,map,class,hectares,groundHectares,pixels,share,part,code", rows[0]);
        Assert.StartsWith("Atewa,2020,mines,5", rows[1], StringComparison.Ordinal);
        Assert.Contains(rows, row => row.StartsWith("\"Tano, \"\"south\"\"\",2020,never seen,", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("(whole map),2020,mines,20,", StringComparison.Ordinal));
        Assert.Contains("--overwrite", AsmProgram.Run(line).Error, StringComparison.Ordinal);
        Assert.Equal(0, AsmProgram.Run([.. line, "--overwrite", "--threads", "1"]).Exit);
        Assert.Equal(rows, File.ReadAllLines(table));
    }

    [Theory]
    [InlineData("out.gpkg")]
    [InlineData("out.geojson")]
    public void Writes_one_feature_a_zone(string name)
    {
        (int exit, _, string error) = AsmProgram.Run("zones", WriteMap("a.tif"), WriteMap("b.tif"), "--zones", WriteZones(), "--id", "name", "-o", _folder.File(name));
        Assert.True(exit == 0, error);
        VectorLayer layer = VectorFile.Read(_folder.File(name));
        Assert.Equal(["Atewa", "Tano, \"south\""], layer.Features.Select(f => f.Attributes["zone"]));
        Assert.Equal(5.0, (double)layer.Features[0].Attributes["a mines ha"]!, 0.01);
        Assert.Equal(5.0, (double)layer.Features[0].Attributes["b never seen ground ha"]!, 0.01);
    }

    [Fact]
    public void Centre_counts_are_those_of_gdal_rasterize()
    {
        var random = new Random(77);
        GeoGrid grid = Stacks.Grid(250, 210);
        string map = WriteMap("map.tif", grid), zones = _folder.File("stars.gpkg"), table = _folder.File("out.csv");
        VectorFile.Write(zones, Layer(grid.Crs!, [.. Enumerable.Range(0, 40).Select(i =>
        {
            double x = 600_000 + 2500 * random.NextDouble(), y = 700_020 - 2100 * random.NextDouble(), radius = 30 + 600 * random.NextDouble();
            return ($"{i}", Star(random, x, y, radius, 30).Difference(Star(random, x, y, radius / 2, 9)));
        })]));
        string[] expected = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys
            import numpy as np
            from osgeo import gdal, ogr
            gdal.UseExceptions()
            d = gdal.Open(sys.argv[1]); a = d.ReadAsArray(); v = ogr.Open(sys.argv[2]); l = v.GetLayer()
            m = gdal.GetDriverByName('MEM').Create('', d.RasterXSize, d.RasterYSize, 1); m.SetGeoTransform(d.GetGeoTransform())
            for f in l:
                one = ogr.GetDriverByName('Memory').CreateDataSource(''); k = one.CreateLayer('k'); g = ogr.Feature(k.GetLayerDefn()); g.SetGeometry(f.GetGeometryRef()); k.CreateFeature(g)
                m.GetRasterBand(1).Fill(0); gdal.RasterizeLayer(m, [1], k, burn_values=[1])
                print(*np.bincount(a[m.ReadAsArray() == 1], minlength=4))
            """, map, zones).Trim().Split('\n');
        (int exit, _, string error) = AsmProgram.Run("zones", map, "--zones", zones, "--id", "name", "--coverage", "centre", "-o", table);
        Assert.True(exit == 0, error);
        string[][] rows = [.. File.ReadAllLines(table).Skip(1).Select(row => row.Split(','))];
        for (int zone = 0; zone < 40; zone++)
        {
            string counts = string.Join(' ', Enumerable.Range(0, 4).Select(code => Assert.Single(rows, row => row[0] == $"{zone}" && row[8] == $"{code}")[5]));
            Assert.Equal(expected[zone], counts);
        }
    }

    [Fact]
    public void Real_geometries_in_degrees_are_measured()
    {
        string detections = SharedData.Require("vectors/ghana-mining-detections/ghana-2024.geojson"), countries = SharedData.Require("vectors/natural-earth/ne_50m_ghana_and_neighbours.geojson");
        var grid = new GeoGrid(900, 700, new(540_000, 610_000), 50, 50, Crs.Utm(30, north: true));
        string map = WriteMap("ghana.tif", grid), table = _folder.File("out.csv");
        (int exit, _, string error) = AsmProgram.Run("zones", map, "--zones", detections, "-o", table);
        Assert.True(exit == 0, error);
        (exit, _, error) = AsmProgram.Run("zones", map, "--zones", countries, "--id", "NAME", "--adjacent", "5000", "-o", table, "--overwrite");
        Assert.True(exit == 0, error);

        // The map lies wholly in Ghana and the sea: Ghana's rows and what is outside of all countries make up its 157,500 ha.
        double pixels = File.ReadLines(table).Select(row => row.Split(',')).Where(row => row is ["Ghana" or "(outside all zones)", _, _, _, _, _, _, "inside" or "outside", _]).Sum(row => double.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(630_000, pixels, 1e-3);
    }

    [Theory]
    [InlineData("there is no such file", "map.tif", "--zones", "nowhere.gpkg", "-o", "out.csv")]
    [InlineData("has no field named 'district'; its fields are: name", "map.tif", "--zones", "zones.geojson", "--id", "district", "-o", "out.csv")]
    [InlineData("is not one of a zone table", "map.tif", "--zones", "zones.geojson", "-o", "out.shp")]
    [InlineData("its only layer", "map.tif", "--zones", "zones.geojson", "--layer", "roads", "-o", "out.csv")]
    [InlineData("are all called", "map.tif", "map.tif", "--zones", "zones.geojson", "-o", "out.csv")]
    [InlineData("is one of the inputs", "map.tif", "--zones", "zones.geojson", "-o", "zones.geojson", "--overwrite")]
    [InlineData("a map of codes", "stack.tif", "--zones", "zones.geojson", "-o", "out.csv")]
    [InlineData("cannot be written", "map.tif", "--zones", "zones.geojson", "-o", "missing/out.csv")]
    public void Refusals_say_why_and_leave_nothing(string expected, params string[] line)
    {
        WriteMap("map.tif");
        WriteZones();
        Stacks.Write(_folder.File("stack.tif"), 16, 16);
        (int exit, _, string error) = AsmProgram.Run(["zones", .. line.Select(word => word.Contains('.', StringComparison.Ordinal) ? _folder.File(word) : word)]);
        Assert.Equal(1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Names, name => name.Contains("out", StringComparison.Ordinal));
    }
}
