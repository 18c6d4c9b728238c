using Asm.Analysis.Polygons;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Burning;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Analysis.Polygons;

public sealed class ClassPolygonsTests
{
    private static readonly byte[] AllCodes = [.. Enumerable.Range(1, 255).Select(c => (byte)c)];

    /// <summary>Pixels of 10 m; a row of digits is a row of codes.</summary>
    private static MemoryRaster<byte> Map(params string[] rows) => Map(rows[0].Length, rows.Length, (column, row) => (byte)(rows[row][column] - '0'));

    private static MemoryRaster<byte> Map(int width, int height, Func<int, int, byte> code)
    {
        var map = new MemoryRaster<byte>(new GeoGrid(width, height, new(0, 10 * height), 10, 10, Crs.Utm(30, north: true)), [new() { NoData = 0 }]);
        for (int i = 0; i < map.Samples.Length; i++) map.Samples[i] = code(i % width, i / width);
        return map;
    }

    private static List<(Geometry Shape, object?[] Values)> Trace(MemoryRaster<byte> map, Connectivity connectivity = Connectivity.Four, byte[]? codes = null, IRasterSource? confidence = null, double minHectares = 0, int? stripPixels = null)
    {
        var list = new FeatureList();
        var options = new PolygonOptions { Connectivity = connectivity, MinAreaHectares = minHectares };
        if (stripPixels is { } pixels) new PolygonRun(ClassMap.Of(map), codes ?? AllCodes, confidence, list, options, new()).Execute(pixels);
        else ClassPolygons.Run(ClassMap.Of(map), codes ?? AllCodes, confidence, list, options);
        Assert.True(list.IsComplete);
        return list.Features;
    }

    private static string[] Wkt(IEnumerable<(Geometry Shape, object?[] Values)> features) => [.. features.Select(f => $"{f.Values[1]} {f.Shape.Normalized().AsText()}")];

    [Fact]
    public void A_pixel_is_a_square_with_its_class_code_area_and_count()
    {
        (Geometry shape, object?[] values) = Assert.Single(Trace(Map("000", "010", "000")));
        Assert.Equal("POLYGON ((10 10, 10 20, 20 20, 20 10, 10 10))", shape.Normalized().AsText());
        Assert.True(((Polygon)shape).Shell.IsCCW);
        Assert.Equal(["mines", 1L, 0.01, 1L], values);
    }

    [Fact]
    public void A_region_around_another_has_a_hole_and_regions_come_by_their_last_rows()
    {
        Assert.Equal(
        [
            "2 POLYGON ((10 20, 10 30, 30 30, 30 20, 10 20))",
            "1 POLYGON ((0 10, 0 40, 40 40, 40 10, 0 10), (10 20, 30 20, 30 30, 10 30, 10 20))",
            "3 POLYGON ((0 0, 0 10, 40 10, 40 0, 0 0))",
        ], Wkt(Trace(Map("1111", "1221", "1111", "3333"))));
    }

    [Fact]
    public void Lines_have_a_vertex_where_three_regions_meet_so_that_neighbours_have_the_same_ones()
    {
        Assert.Equal(
        [
            "3 POLYGON ((0 10, 0 20, 20 20, 20 10, 10 10, 0 10))",
            "1 POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))",
            "2 POLYGON ((10 0, 10 10, 20 10, 20 0, 10 0))",
        ], Wkt(Trace(Map("33", "12"))));
    }

    [Fact]
    public void Pixels_that_meet_by_a_corner_are_two_polygons_or_one_with_two_parts()
    {
        MemoryRaster<byte> map = Map("10", "01");
        Assert.Equal(["1 POLYGON ((0 10, 0 20, 10 20, 10 10, 0 10))", "1 POLYGON ((10 0, 10 10, 20 10, 20 0, 10 0))"], Wkt(Trace(map)));
        Assert.Equal(["1 MULTIPOLYGON (((0 10, 0 20, 10 20, 10 10, 0 10)), ((10 0, 10 10, 20 10, 20 0, 10 0)))"], Wkt(Trace(map, Connectivity.Eight)));
    }

    [Fact]
    public void A_ring_that_touches_itself_at_a_corner_becomes_a_shell_and_a_hole()
    {
        (Geometry shape, _) = Assert.Single(Trace(Map("111", "101", "110")));
        Assert.Equal("POLYGON ((0 0, 0 30, 30 30, 30 10, 20 10, 20 0, 0 0), (10 10, 20 10, 20 20, 10 20, 10 10))", shape.Normalized().AsText());
        Assert.True(shape.IsValid);
    }

    [Fact]
    public void Parts_that_hang_together_by_corners_keep_their_own_holes()
    {
        (Geometry shape, object?[] values) = Assert.Single(Trace(Map("1110000", "1010000", "1110000", "0001111", "0001001", "0001111"), Connectivity.Eight));
        Assert.Equal(2, shape.NumGeometries);
        Assert.All(Enumerable.Range(0, 2), i => Assert.Equal(1, ((Polygon)shape.GetGeometryN(i)).NumInteriorRings));
        Assert.True(shape.IsValid);
        Assert.Equal(18L, values[3]);
    }

    public static TheoryData<int, int, int, double> Sizes => new() { { 1, 1, 2, 0.5 }, { 1, 40, 3, 0.5 }, { 40, 1, 3, 0.5 }, { 33, 50, 2, 0.5 }, { 64, 64, 4, 0.3 }, { 97, 41, 3, 0.1 }, { 200, 150, 2, 0.6 }, { 31, 60, 2, 0.97 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Random_maps_become_valid_polygons_that_turn_into_the_same_map(int width, int height, int codes, double share)
    {
        var random = new Random(width + height);
        using MemoryRaster<byte> map = Map(width, height, (_, _) => random.NextDouble() < share ? (byte)1 : (byte)random.Next(codes));
        foreach (Connectivity connectivity in new[] { Connectivity.Four, Connectivity.Eight })
        {
            List<(Geometry Shape, object?[] Values)> features = Trace(map, connectivity);
            Assert.All(features, f => Assert.True(f.Shape.IsValid, f.Shape.AsText()));
            Assert.All(features, f => Assert.Equal(100.0 * (long)f.Values[3]!, f.Shape.Area));
            Assert.All(features, f => Assert.Equal(f.Shape.Area / 10_000, (double)f.Values[2]!, 1e-12));
            Assert.Equal(CountRegions(map, connectivity), features.Count);
            if (features.Count == 0) continue;
            using var burnt = new PolygonRaster(map.Info.Grid, [.. features.Select(f => new ValuedPolygon(f.Shape, (byte)(long)f.Values[1]!))]);
            var back = new byte[map.Samples.Length];
            burnt.Burn(map.Info.Grid.FullWindow, back);
            Assert.Equal(map.Samples, back);
            RequireSharedVertices(features);
        }
    }

    [Fact]
    public void Nothing_depends_on_the_height_of_strips()
    {
        var random = new Random(9);
        using MemoryRaster<byte> map = Map(120, 90, (_, _) => (byte)random.Next(4));
        var confidence = new MemoryRaster<byte>(map.Info.Grid, [new() { NoData = 0, Scale = 1 / 255.0 }]);
        random.NextBytes(confidence.Samples);
        (string[] Shapes, object?[] Values) All(int pixels)
        {
            List<(Geometry Shape, object?[] Values)> features = Trace(map, confidence: confidence, stripPixels: pixels);
            return ([.. features.Select(f => f.Shape.AsText())], [.. features.SelectMany(f => f.Values)]);
        }
        (string[] shapes, object?[] values) = All(1);
        foreach (int pixels in new[] { 120 * 7, 120 * 64, 1 << 20 })
        {
            Assert.Equal(shapes, All(pixels).Shapes);
            Assert.Equal(values, All(pixels).Values);
        }
    }

    [Fact]
    public void Regions_of_other_codes_and_small_regions_are_left_out()
    {
        MemoryRaster<byte> map = Map("1110222", "1110202", "0000222", "1000003");
        Assert.Equal([1L], Trace(map, codes: [1], minHectares: 0.06).Select(f => f.Values[1]));
        Assert.Equal([1L, 2L], Trace(map, minHectares: 0.02).Select(f => f.Values[1]));
        var list = new FeatureList();
        PolygonSummary summary = ClassPolygons.Run(ClassMap.Of(map), AllCodes, null, list, new() { MinAreaHectares = 0.02 });
        Assert.Equal(new(2, 14, 0.14, 2, 2), summary);
    }

    [Fact]
    public void Confidence_is_the_mean_of_the_pixels_that_have_one()
    {
        MemoryRaster<byte> map = Map("1122", "1123");
        var confidence = new MemoryRaster<byte>(map.Info.Grid, [new() { NoData = 0, Scale = 0.01 }], [90, 80, 0, 50, 70, 60, 0, 0]);
        List<(Geometry Shape, object?[] Values)> features = Trace(map, confidence: confidence);
        Assert.Equal(0.75, (double)features[0].Values[4]!, 1e-7);
        Assert.Equal(0.5, (double)features[1].Values[4]!, 1e-7);
        Assert.Null(features[2].Values[4]);
        using MemoryRaster<byte> other = Map("11");
        Assert.Throws<GridMismatchException>(() => Trace(map, confidence: other));
    }

    [Fact]
    public void A_spiral_and_a_ring_around_everything_are_one_polygon_each()
    {
        const int Side = 401;
        var codes = new byte[Side * Side];
        for (int i = 0, x = 0, y = 0, dx = 1, dy = 0, length = Side - 1; length > 0; i++)
        {
            for (int step = 0; step < length; step++, x += dx, y += dy) codes[y * Side + x] = 1;
            codes[y * Side + x] = 1;
            (dx, dy) = (-dy, dx);
            if (i >= 2 && i % 2 == 0) length -= 2;
        }
        using MemoryRaster<byte> spiral = Map(Side, Side, (column, row) => codes[row * Side + column]);
        (Geometry shape, object?[] values) = Assert.Single(Trace(spiral));
        Assert.True(shape.IsValid);
        Assert.Equal((long)codes.Sum(c => c), values[3]);
        using MemoryRaster<byte> ring = Map(300, 200, (column, row) => column is 0 or 299 || row is 0 or 199 ? (byte)1 : (byte)2);
        List<(Geometry Shape, object?[] Values)> two = Trace(ring);
        Assert.Equal(2, two.Count);
        Assert.Equal(1, ((Polygon)two[1].Shape).NumInteriorRings);
    }

    [Fact]
    public void Maps_in_degrees_are_refused()
    {
        using var map = new MemoryRaster<byte>(new GeoGrid(2, 2, new(0, 6), 1e-4, 1e-4, Crs.Wgs84), [new()]);
        Assert.Contains("is in degrees", Assert.Throws<AsmException>(() => Trace(map)).Message, StringComparison.Ordinal);
    }

    /// <summary>No line runs through a vertex of another: neighbours have the same vertices, so that they still fit after a reprojection.</summary>
    private static void RequireSharedVertices(List<(Geometry Shape, object?[] Values)> features)
    {
        HashSet<(int, int)> vertices = [.. features.SelectMany(f => f.Shape.Coordinates).Select(c => ((int)c.X, (int)c.Y))];
        foreach ((Geometry shape, _) in features)
        {
            Coordinate[] all = shape.Coordinates;
            for (int i = 1; i < all.Length; i++)
            {
                (int dx, int dy) = (Math.Sign(all[i].X - all[i - 1].X), Math.Sign(all[i].Y - all[i - 1].Y));
                if (dx != 0 && dy != 0) continue;
                for (int x = (int)all[i - 1].X + 10 * dx, y = (int)all[i - 1].Y + 10 * dy; (x, y) != ((int)all[i].X, (int)all[i].Y) && !IsNextRing(all, i); x += 10 * dx, y += 10 * dy)
                    Assert.DoesNotContain((x, y), vertices);
            }
        }

        // Coordinates of several rings stand one after the other: the first of a ring follows the last of the ring before.
        static bool IsNextRing(Coordinate[] all, int i)
        {
            for (int start = 0; start < all.Length;)
            {
                int end = start + 1;
                while (!all[end].Equals2D(all[start])) end++;
                if (i == end + 1) return true;
                start = end + 1;
            }
            return false;
        }
    }

    private static int CountRegions(MemoryRaster<byte> map, Connectivity connectivity)
    {
        (int width, int height, int count) = (map.Info.Grid.Width, map.Info.Grid.Height, 0);
        var seen = new bool[map.Samples.Length];
        var open = new Stack<int>();
        for (int i = 0; i < seen.Length; i++)
        {
            if (seen[i] || map.Samples[i] == 0) continue;
            count++;
            seen[i] = true;
            open.Push(i);
            while (open.TryPop(out int at))
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        (int x, int y) = (at % width + dx, at / width + dy);
                        if (x < 0 || y < 0 || x >= width || y >= height || (connectivity == Connectivity.Four && dx != 0 && dy != 0)) continue;
                        int next = y * width + x;
                        if (seen[next] || map.Samples[next] != map.Samples[at]) continue;
                        seen[next] = true;
                        open.Push(next);
                    }
        }
        return count;
    }
}
