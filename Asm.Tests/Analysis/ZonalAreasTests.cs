using Asm.Analysis.Zones;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Coverage;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Analysis;

public sealed class ZonalAreasTests
{
    private static readonly Crs Utm = Crs.Utm(30, north: true);

    /// <summary>10 x 10 pixels of 10 m; the lower left corner is (500 000, 600 000).</summary>
    private static readonly GeoGrid Ten = new(10, 10, new(500_000, 600_100), 10, 10, Utm);

    private static ZoneMap Map(string name, GeoGrid grid, Func<int, int, int> code, string? changeClasses = null)
    {
        var info = new RasterInfo
        {
            Grid = grid,
            SampleType = SampleType.UInt8,
            Bands = [new() { NoData = 0 }],
            Metadata = changeClasses is null ? [] : new Dictionary<string, string> { [ClassMap.ChangeClassesKey] = changeClasses },
        };
        byte[] codes = new byte[grid.FullWindow.PixelCount];
        for (int i = 0; i < codes.Length; i++) codes[i] = (byte)code(i % grid.Width, i / grid.Width);
        return new(name, ClassMap.Of(new MemoryRaster<byte>(info, codes, name)));
    }

    private static ZoneRow Row(ZoneTable table, string zone, string @class, string map = "map", ZonePart part = ZonePart.Inside) =>
        Assert.Single(table.Rows, row => row.Zone == zone && row.Class == @class && row.Map == map && row.Part == part);

    [Theory]
    [InlineData(PixelCoverage.Exact)]
    [InlineData(PixelCoverage.Centre)]
    public void A_zone_of_five_by_five_pixels_has_25_of_them(PixelCoverage coverage)
    {
        // Mines in the left half: columns 0 to 4.
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (column, _) => column < 5 ? 1 : 3)], Layer(Utm, ("a", Box(500_030, 600_020, 500_080, 600_070))), new() { IdField = "name", Coverage = coverage });
        Assert.Equal(["mines", "built", "vegetation", "never seen"], table.Rows.Take(4).Select(row => row.Class));
        ZoneRow mines = Row(table, "a", "mines");
        Assert.Equal((10.0, 0.1, 0.4, 1), (mines.Pixels, mines.Hectares, mines.Share, mines.Code));
        Assert.Equal(15, Row(table, "a", "vegetation").Pixels);
        Assert.Equal(0, Row(table, "a", "built").Pixels);
        Assert.Equal(0, Row(table, "a", "never seen").Hectares);

        // On the central meridian the ground is 1 / 0.9996^2 of the map.
        Assert.Equal(0.1 / 0.9996 / 0.9996, mines.GroundHectares, 1e-9);
        Assert.Empty(table.Notes);
    }

    [Fact]
    public void What_lies_beyond_the_map_or_has_no_data_was_never_seen()
    {
        // 100 m x 100 m, half of it beyond the map; of the other half one row of 5 pixels has no data.
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (_, row) => row == 9 ? 0 : 2)], Layer(Utm, ("a", Box(500_050, 600_000, 500_150, 600_100))), new() { IdField = "NAME" });
        ZoneRow unseen = Row(table, "a", "never seen");
        Assert.Equal(0.55, unseen.Hectares!.Value, 1e-9);
        Assert.Equal(0.55, unseen.Share, 1e-9);
        Assert.Equal(5, unseen.Pixels);
        Assert.Equal(45, Row(table, "a", "built").Pixels);
        Assert.Equal(0.55 / 0.9996 / 0.9996, unseen.GroundHectares, 1e-8);
    }

    [Fact]
    public void The_ring_around_a_zone_is_measured_apart()
    {
        // The square of 20 m in the middle; a ring of 10 m has 4 x 20 x 10 m2 and four quarters of a circle of 64 segments.
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (_, _) => 1)], Layer(Utm, ("a", Box(500_040, 600_040, 500_060, 600_060))), new() { IdField = "name", AdjacentMetres = 10 });
        Assert.Equal(4, Row(table, "a", "mines").Pixels);
        Assert.Equal((800 + 313.65484905459393) / 100, Row(table, "a", "mines", part: ZonePart.Adjacent).Pixels, 1e-9);
        Assert.Equal(96, Row(table, ZoneRow.OutsideZones, "mines", part: ZonePart.Outside).Pixels);
    }

    [Fact]
    public void Zones_that_overlap_count_their_own_and_the_total_counts_shared_ground_once()
    {
        // Two squares of 40 m that share 20 m x 20 m.
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (_, _) => 3)],
            Layer(Utm, ("a", Box(500_000, 600_000, 500_040, 600_040)), ("b", Box(500_020, 600_020, 500_060, 600_060)), ("c", Box(500_080, 600_080, 500_090, 600_090))), new() { IdField = "name" });
        Assert.Equal([16, 16, 1], new[] { "a", "b", "c" }.Select(zone => Row(table, zone, "vegetation").Pixels));
        Assert.Equal(29, Row(table, ZoneRow.AllZones, "vegetation").Pixels, 1e-12);
        Assert.Equal(71, Row(table, ZoneRow.OutsideZones, "vegetation", part: ZonePart.Outside).Pixels, 1e-12);
        Assert.Equal(100, Row(table, ZoneRow.WholeMap, "vegetation", part: ZonePart.Whole).Pixels);
        ZoneOverlap overlap = Assert.Single(table.Overlaps);
        Assert.Equal(("a", "b"), (overlap.First, overlap.Second));
        Assert.Equal(0.04 / 0.9996 / 0.9996, overlap.GroundHectares, 1e-9);
        Assert.Contains("a and b (0.04 ha)", Assert.Single(table.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_one_name_are_one_zone()
    {
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (_, _) => 1)],
            Layer(Utm, ("a", Box(500_000, 600_000, 500_040, 600_040)), ("b", Box(500_080, 600_000, 500_090, 600_010)), ("a", Box(500_020, 600_000, 500_060, 600_040))), new() { IdField = "name" });
        Assert.Equal(["a", "b"], table.Zones.Features.Select(zone => zone.Attributes["zone"]));
        Assert.Equal(24, Row(table, "a", "mines").Pixels);
        Assert.Empty(table.Overlaps);
        Assert.Equal("zones.gpkg: rows with the same name are one zone: zone a", Assert.Single(table.Notes));
    }

    [Fact]
    public void Changes_and_classes_mix_and_unknown_codes_are_shown_where_they_occur()
    {
        ZoneTable table = ZonalAreas.Run([Map("2020", Ten, (_, row) => row == 0 ? 7 : 3), Map("change", Ten, (column, _) => column == 0 ? 0 : 31, """["mines","built","vegetation"]""")], Layer(Utm, ("a", Box(500_000, 600_000, 500_100, 600_100))), new());
        Assert.Equal(10, Row(table, "1", "code 7", "2020").Pixels);
        Assert.Equal(90, Row(table, "1", "vegetation to mines", "change").Pixels);
        Assert.Equal(0, Row(table, "1", "built to mines", "change").Pixels);
        Assert.Equal(10, Row(table, "1", "never seen", "change").Pixels);
        Assert.Equal(0, Row(table, "1", "never seen", ZoneRow.AllMaps).Pixels);
    }

    [Fact]
    public void Never_seen_by_any_map_takes_all_maps_together_whatever_their_grids()
    {
        // The first map has no data in its right half; the second covers only columns 7 to 9, in the next UTM zone at 1 m, and has no data above row 5.
        ZoneMap first = Map("first", Ten, (column, _) => column < 5 ? 1 : 0), same = Map("same", Ten, (column, row) => column == 5 && row >= 5 ? 1 : 0);
        VectorLayer zone = Layer(Utm, ("a", Box(500_000, 600_000, 500_100, 600_100)));
        Assert.Equal(45, Row(ZonalAreas.Run([first, same], zone, new()), "1", "never seen", ZoneRow.AllMaps).Pixels);
        var other = new GeoGrid(3, 5, new(500_070, 600_050), 10, 10, Utm);
        ZoneTable table = ZonalAreas.Run([first, same, Map("other", other, (_, _) => 2)], zone, new());
        Assert.Equal(30, Row(table, "1", "never seen", ZoneRow.AllMaps).Pixels);
        Assert.Equal(0.30, Row(table, "1", "never seen", ZoneRow.AllMaps).Share, 1e-9);
        Assert.Equal(0.85, Row(table, "1", "never seen", "other").Share, 1e-9);
        Assert.Equal(15, Row(table, "1", "built", "other").Pixels);
    }

    [Fact]
    public void A_map_in_degrees_has_ground_area_only()
    {
        var grid = new GeoGrid(20, 20, new(-2, 6), 0.0001, 0.0001, Crs.Wgs84);
        ZoneTable table = ZonalAreas.Run([Map("map", grid, (_, _) => 1)], Layer(Crs.Wgs84, ("a", Box(-2, 5.999, -1.999, 6))), new() { AdjacentMetres = 20 });
        ZoneRow mines = Row(table, "1", "mines");
        Assert.Null(mines.Hectares);
        Assert.Equal(100, mines.Pixels, 1e-6);

        // 0.001 degrees are 110.5766 m along the meridian and 110.7203 m along the parallel at 5.9995 degrees (Snyder 1987, eq. 4-18 and 4-20).
        Assert.Equal(1.1057664 * 1.1071, mines.GroundHectares, 2e-4);
        Assert.True(Row(table, "1", "mines", part: ZonePart.Adjacent).GroundHectares > 0.4);
    }

    [Fact]
    public void Zones_beyond_every_map_are_listed_with_a_note()
    {
        ZoneTable table = ZonalAreas.Run([Map("map", Ten, (_, _) => 1)], Layer(Utm, ("far", Box(600_000, 600_000, 600_010, 600_010)), ("near", Box(500_000, 600_000, 500_010, 600_010))), new() { IdField = "name" });
        Assert.Equal(0, Row(table, "far", "mines").Pixels);
        Assert.Equal(1, Row(table, "far", "never seen").Share);
        Assert.Equal("zones.gpkg: beyond every map: zone far", Assert.Single(table.Notes));
    }

    [Fact]
    public void Zones_that_cannot_be_used_are_refused_by_what_is_wrong()
    {
        ZoneMap map = Map("map", Ten, (_, _) => 1);
        string Error(VectorLayer layer, string? id = null) => Assert.Throws<AsmException>(() => ZonalAreas.Run([map], layer, new() { IdField = id })).Message;
        Assert.StartsWith("zones.gpkg: has no zone", Error(Layer(Utm)), StringComparison.Ordinal);
        Assert.StartsWith("zones.gpkg: row 1 is or holds a Point", Error(Layer(Utm, ("a", Wkt("POINT (500050 600050)")))), StringComparison.Ordinal);
        Assert.StartsWith("zones.gpkg: has no field named 'district'; its fields are: name", Error(Layer(Utm, ("a", Box(0, 0, 1, 1))), "district"), StringComparison.Ordinal);
        Assert.StartsWith("zones.gpkg: row 2 has no name", Error(Layer(Utm, ("a", Box(500_000, 600_000, 500_001, 600_001)), (null, Box(500_000, 600_000, 500_001, 600_001))), "name"), StringComparison.Ordinal);
        Assert.Contains("are all called map", Assert.Throws<AsmException>(() => ZonalAreas.Run([map, map], Layer(Utm, ("a", Box(0, 0, 1, 1))), new())).Message, StringComparison.Ordinal);
        ZoneMap nowhere = Map("map", new GeoGrid(4, 4, new(0, 0), 10, 10, null), (_, _) => 1);
        Assert.Contains("has no coordinate reference system", Assert.Throws<AsmException>(() => ZonalAreas.Run([nowhere], Layer(Utm, ("a", Box(0, 0, 1, 1))), new())).Message, StringComparison.Ordinal);
        Assert.Contains("`max-memory`", Assert.Throws<AsmException>(() => ZonalAreas.Run([map], Layer(Utm, ("a", Box(0, 0, 1, 1))), new(), new() { MaxMemoryBytes = 10 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PixelCoverage.Exact)]
    [InlineData(PixelCoverage.Centre)]
    public void Zones_that_partition_the_map_add_up_to_it(PixelCoverage coverage)
    {
        var random = new Random(12);
        var grid = new GeoGrid(333, 271, new(700_003, 700_001), 10, 10, Utm);
        var cells = new NetTopologySuite.Triangulate.VoronoiDiagramBuilder { ClipEnvelope = new Envelope(699_000, 707_000, 697_000, 702_000) };
        cells.SetSites([.. Enumerable.Range(0, 25).Select(_ => new Coordinate(700_000 + 3400 * random.NextDouble(), 697_200 + 2800 * random.NextDouble()))]);
        VectorLayer zones = Layer(Utm, [.. cells.GetDiagram(GeometryFactory.Default).Geometries.Select((cell, i) => ($"{i}", cell))]);
        byte[] codes = new byte[333 * 271];
        random.NextBytes(codes);
        ZoneTable table = ZonalAreas.Run([Map("map", grid, (column, row) => codes[row * 333 + column] % 4)], zones.To(Crs.Wgs84), new() { Coverage = coverage });
        Assert.Empty(table.Overlaps);
        foreach (string name in new[] { "mines", "built", "vegetation", "never seen" })
        {
            ZoneRow whole = Row(table, ZoneRow.WholeMap, name, part: ZonePart.Whole);
            double Sum(Func<ZoneRow, double> value) => table.Rows.Where(row => row.Part == ZonePart.Inside && row.Zone != ZoneRow.AllZones && row.Class == name).Sum(value);
            Assert.Equal(1, Sum(row => row.Pixels) / whole.Pixels, 1e-9);
            if (name != "never seen") Assert.Equal(1, Sum(row => row.GroundHectares) / whole.GroundHectares, 1e-9);
            Assert.Equal(0, Row(table, ZoneRow.OutsideZones, name, part: ZonePart.Outside).Pixels, 1e-6);
            Assert.Equal(codes.Count(code => code % 4 == Row(table, "1", name).Code), whole.Pixels);
        }
    }

    [Fact]
    public void Areas_do_not_depend_on_threads_or_strips_to_the_last_bit()
    {
        var random = new Random(21);
        var grid = new GeoGrid(700, 901, new(700_003, 700_001), 10, 10, Utm);
        byte[] codes = new byte[700 * 901];
        random.NextBytes(codes);
        ZoneMap[] maps = [Map("a", grid, (column, row) => codes[row * 700 + column] % 4), Map("b", grid, (column, row) => codes[row * 700 + column] % 9)];
        VectorLayer zones = Layer(Utm, [.. Enumerable.Range(0, 30).Select(i => ($"{i}", (Geometry)Star(random, 700_000 + 7000 * random.NextDouble(), 700_000 - 9010 * random.NextDouble(), 2500, 40)))]);
        var options = new ZoneOptions { AdjacentMetres = 333 };
        ZoneTable expected = ZonalAreas.Run(maps, zones, options);
        foreach ((int threads, long memory) in new[] { (1, 1L << 30), (7, 3_000_000L), (2, 1_200_000L) })
            Assert.Equal(expected.Rows, ZonalAreas.Run(maps, zones, options, new() { Threads = threads, MaxMemoryBytes = memory }).Rows);
    }

    [Fact]
    public void Areas_are_those_of_intersections_of_pixels_and_polygons()
    {
        var random = new Random(31);
        var grid = new GeoGrid(60, 50, new(500_000, 600_500), 10, 10, Utm);
        byte[] codes = new byte[3000];
        random.NextBytes(codes);
        Geometry shape = Star(random, 500_300, 600_250, 245, 25).Difference(Star(random, 500_300, 600_250, 80, 11));
        double[] expected = new double[4];
        for (int i = 0; i < codes.Length; i++)
        {
            MapPoint corner = grid.ToMap(i % 60, i / 60);
            expected[codes[i] % 4] += Box(corner.X, corner.Y - 10, corner.X + 10, corner.Y).Intersection(shape).Area / 10_000;
        }
        ZoneTable table = ZonalAreas.Run([Map("map", grid, (column, row) => codes[row * 60 + column] % 4)], Layer(Utm, ("a", shape)), new() { IdField = "name" });
        foreach (ZoneRow row in table.Rows.Where(row => row.Zone == "a")) Assert.Equal(1, row.Hectares!.Value / expected[row.Code], 1e-9);
    }
}
