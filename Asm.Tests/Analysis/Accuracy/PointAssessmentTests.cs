using System.Text;
using System.Text.Json;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Reports;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class PointAssessmentTests
{
    // Row 1: 10 mines; row 2: 10 built; rows 3 to 10: 80 vegetation, of which the last pixel has no data.
    private static readonly byte[] Codes = [.. Enumerable.Range(0, 99).Select(i => (byte)(i < 10 ? 1 : i < 20 ? 2 : 3)), 0];

    [Fact]
    public void Points_of_the_example_of_Olofsson_2014_on_a_map_give_its_figures()
    {
        // A map with its proportions (400 x 125 pixels of 10 m: 500 ha) and its points, as codes.
        int[] pixels = [1000, 750, 16_000, 32_250];
        byte[] codes = [.. Enumerable.Range(1, 4).SelectMany(c => Enumerable.Repeat((byte)c, pixels[c - 1]))];
        int[][] table = [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]];
        var points = new List<SamplePoint>();
        for (int m = 0; m < 4; m++)
        {
            int at = Array.IndexOf(codes, (byte)(m + 1));
            for (int r = 0; r < 4; r++)
                for (int n = 0; n < table[m][r]; n++, at++) points.Add(Point(points.Count + 2, at % 400, at / 400, $"{m + 1}", $"{r + 1}"));
        }
        PointAssessment result = PointAssessment.Run(CodeMaps.Of(400, codes, names: ["no data", "deforestation", "forest gain", "stable forest", "stable non-forest"]), new("p.csv", null, points));
        Assert.Equal(0.946512, Math.Round(result.Overall!.Value, 6));
        Assert.Equal([11.754, 6.492, 158.761, 322.992], result.Classes.Select(c => Math.Round(c.AreaHectares!.Value, 3)));
        Assert.Equal([0.213310, 0.254408, 0.034324, 0.018362], result.Classes.Select(c => Math.Round(c.Producers!.HalfWidth!.Value, 6)));
        Assert.Equal([10, 7.5, 160, 322.5], result.Classes.Select(c => c.MappedHectares));
        Assert.False(result.HasOtherStrata);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Points_not_labelled_or_not_to_be_told_are_reported_and_not_counted()
    {
        PointAssessment result = Run([Point(2, 0, 0, "mines", "mines"), Point(3, 1, 0, "MINES", "?"), Point(4, 2, 0, "1", "Cannot tell"), Point(5, 3, 0, "mines", ""), Point(6, 4, 0, "mines", " 2 ")]);
        Assert.Equal((1, 2, 2L), (result.Unlabelled, result.CannotTell, result.Counts.Total));
        Assert.Equal((1L, 1L), (result.Counts[1, 1], result.Counts[1, 2]));
        Assert.Null(result.Overall);
        Assert.Equal(["No labelled point lies in built (10 pixels): what depends on it is not estimable.", "No labelled point lies in vegetation (79 pixels): what depends on it is not estimable.",
            "No point was seen to be vegetation: its area estimate is 0, its interval has no width, and neither says that there is none."], result.Notes);
    }

    [Theory]
    [InlineData(0, 0, "mine", "", "row 7 (id 7): the class 'mine' is no class of map.tif")]
    [InlineData(0, 0, "mines", "forest", "row 7 (id 7): the reference 'forest' is no class of map.tif")]
    [InlineData(0, 0, "mines", "no data", "row 7 (id 7): the reference 'no data' is no class of map.tif")]
    [InlineData(0, 1, "mines", "", "row 7 (id 7): the class is mines, but map.tif has built there")]
    [InlineData(9, 9, "vegetation", "", "row 7 (id 7): map.tif has no data at (600095, 699925)")]
    [InlineData(10, 0, "mines", "", "row 7: the point (600105, 700015) lies outside of map.tif")]
    [InlineData(0, -1, "mines", "", "row 7: the point (600005, 700025) lies outside of map.tif")]
    public void A_point_that_does_not_fit_the_map_is_refused_with_its_row(int column, int row, string stratum, string reference, string message) =>
        Assert.Contains(message, Assert.Throws<AsmException>(() => Run([Point(7, column, row, stratum, reference)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Points_in_another_system_are_found()
    {
        // gdaltransform -s_srs EPSG:32630 -t_srs EPSG:4326: 600005 700015
        ClassMap map = CodeMaps.Of(10, Codes);
        MapPoint degrees = CoordinateTransform.Between(map.Source.Info.Grid.Crs!, Crs.Wgs84).Transform(new(600_005, 700_015));
        Assert.Equal(1, PointAssessment.Run(map, new("p.csv", Crs.Wgs84, [new SamplePoint(2, "1", degrees, "mines", "mines")])).Counts.Total);
        Assert.Contains("lies outside of map.tif", Assert.Throws<AsmException>(() => PointAssessment.Run(map, new("p.csv", null, [new SamplePoint(2, "1", degrees, "mines", "mines")]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_simple_random_sample_has_one_stratum()
    {
        PointAssessment result = Run([Point(2, 0, 0, "all", "mines"), Point(3, 0, 1, "all", "built"), Point(4, 0, 4, "all", "vegetation"), Point(5, 1, 4, "all", "mines")]);
        Assert.Equal([new AssessedStratum("all", 99, 4, 3)], result.Strata);
        Assert.Equal(0.75, result.Overall!.Value, 12);
        Assert.Equal(0.25, result.Overall.StandardError!.Value, 12); // sqrt(0.75 x 0.25 / 3)
        Assert.Equal([0.495, 0.2475, 0.2475], result.Classes.Select(c => Math.Round(c.AreaHectares!.Value, 10)));
        Assert.True(result.HasOtherStrata);
    }

    [Fact]
    public void Points_of_another_map_s_strata_assess_this_one()
    {
        // Strata: left and right half. The map's no-data pixel is not in the population.
        byte[] halves = [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 10 < 5 ? 1 : 2))];
        ClassMap strata = CodeMaps.Of(10, halves, "strata.tif", ["no data", "left", "right"]);
        PointAssessment result = PointAssessment.Run(CodeMaps.Of(10, Codes), new("p.csv", null,
        [
            Point(2, 0, 0, "left", "mines"), Point(3, 1, 4, "left", "vegetation"), Point(4, 2, 5, "left", "mines"),
            Point(5, 9, 0, "right", "mines"), Point(6, 8, 4, "right", "vegetation"), Point(7, 9, 9, "right", "vegetation"),
        ]), strata);
        Assert.Equal([("left", 50L, 3L), ("right", 49L, 2L)], result.Strata.Select(s => (s.Name, s.Pixels, s.Points)));
        Assert.Equal(1, result.OnNoData);
        Assert.Equal((50 * 2.0 / 3 + 49) / 99, result.Overall!.Value, 12);
        Assert.Equal(50 / 99.0 * Math.Sqrt(1.0 / 3 / 3), result.Overall.StandardError!.Value, 12); // s^2 of 1, 1, 0 is 1/3
        // Mines: seen at 2 of 3 on the left and 1 of 2 on the right; one of those on the left is mapped as vegetation.
        Assert.Equal((50 / 3.0 + 24.5) / (100 / 3.0 + 24.5), result.Classes[0].Producers!.Value, 12);
    }

    [Fact]
    public void Where_all_points_agree_the_exact_bound_is_told()
    {
        PointAssessment result = Run([.. Enumerable.Range(0, 10).Select(i => Point(i + 2, i, 0, "mines", "mines")), .. Enumerable.Range(0, 10).Select(i => Point(i + 12, i, 1, "built", "mines")), .. Enumerable.Range(0, 10).Select(i => Point(i + 22, i, 3, "vegetation", i == 0 ? "built" : "vegetation"))]);
        // Clopper and Pearson: 0.025^(1/10) = 0.6915
        Assert.Contains("All 10 points of mines were right: the formula gives an interval without width; the exact one begins at 0.692.", result.Notes);
        Assert.Contains("All 10 points of built were wrong: the formula gives an interval without width; the exact one ends at 0.308.", result.Notes);
    }

    [Fact]
    public void Two_points_on_one_pixel_are_told() =>
        Assert.Contains("Rows 2 and 3 lie on one pixel and count more than once.", Run([Point(2, 0, 0, "mines", "mines"), Point(3, 0, 0, "mines", "mines")]).Notes);

    [Fact]
    public void A_map_in_degrees_has_shares_and_no_hectares()
    {
        var raster = new MemoryRaster<byte>(new GeoGrid(2, 2, new(-2, 6), 0.001, 0.001, Crs.Wgs84), [new BandInfo { NoData = 0 }], [1, 1, 3, 3], "map.tif");
        PointAssessment result = PointAssessment.Run(ClassMap.Of(raster), new("p.csv", null, [new(2, "1", new(-1.9995, 5.9995), "1", "1"), new(3, "2", new(-1.9995, 5.9985), "3", "1")]));
        Assert.Null(result.HectaresPerPixel);
        Assert.Equal(1, result.Classes[0].AreaShare!.Value);
        Assert.Null(result.Classes[0].AreaHectares);
        Assert.Contains("The map is not in metres", string.Concat(result.Notes), StringComparison.Ordinal);
        Assert.Contains("Area as share of all pixels", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_have_areas_net_areas_and_a_sentence_where_they_drown_in_the_error()
    {
        // 10,000 pixels (100 ha): 600 vegetation to mines, 200 mines to vegetation, 9,200 stable vegetation.
        ClassMap map = CodeMaps.Change(100, [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i < 600 ? 31 : i < 800 ? 13 : 33))]);
        var points = new List<SamplePoint>();
        void Add(int from, int count, string stratum, Func<int, string> reference)
        {
            for (int i = 0; i < count; i++) points.Add(Point(points.Count + 2, (from + i) % 100, (from + i) / 100, stratum, reference(i)));
        }
        Add(0, 50, "vegetation to mines", i => i < 40 ? "31" : "33");
        Add(600, 50, "mines to vegetation", i => i < 2 ? "mines to vegetation" : "vegetation to vegetation");
        Add(800, 100, "33", _ => "33");
        PointAssessment result = PointAssessment.Run(map, new("p.csv", null, points));
        Assert.Equal([13, 31, 33], result.Classes.Select(c => c.Class.Code));
        Assert.Equal([0.08, 4.8, 95.12], result.Classes.Select(c => Math.Round(c.AreaHectares!.Value, 10)));
        // Net change of mines: +600 x 0.8 - 200 x 0.04 = 472 pixels; variance 600^2 x 0.16 / 49 + 200^2 x 0.0384 / 49.
        NetChange mines = result.NetChanges.Single(n => n.Class == "mines");
        Assert.Equal((4.0, 4.72), (mines.MappedHectares, Math.Round(mines.Hectares!.Value, 10)));
        Assert.Equal(0.01 * Math.Sqrt(600.0 * 600 * 0.16 / 49 + 200.0 * 200 * 0.0384 / 49), mines.Hectares.StandardError!.Value, 10);
        string[] sentences = [.. ChangeFinding.Of(result)];
        Assert.Contains("mines to vegetation: 2 ha mapped, 0 ha estimated, 95 % interval 0 to 0 ha. The interval holds zero: the sample cannot tell this change from no change.", sentences);
        Assert.DoesNotContain(sentences, s => s.StartsWith("vegetation to mines", StringComparison.Ordinal));
        Assert.Contains(sentences, s => s.StartsWith("Net change of built: 0 ha mapped", StringComparison.Ordinal));
    }

    [Fact]
    public void More_points_are_asked_for_where_they_help_most()
    {
        PointAssessment result = Run([.. Enumerable.Range(0, 10).Select(i => Point(i + 2, i, 0, "mines", "mines")), .. Enumerable.Range(0, 10).Select(i => Point(i + 12, i, 1, "built", "built")), .. Enumerable.Range(0, 10).Select(i => Point(i + 22, i, 3, "vegetation", i < 3 ? "built" : "vegetation"))]);
        Assert.All(MorePoints.For(result, 0.5), m => Assert.Equal(0, m.Points));
        IReadOnlyList<MorePoints> more = MorePoints.For(result, 0.06);
        Assert.Equal(["mines", "built", "vegetation"], more.Select(m => m.Stratum));
        Assert.Equal(0, more[0].Points);
        Assert.InRange(more[2].Points, 10, 40);
    }

    [Fact]
    public void JSON_has_the_promised_members_with_null_for_what_is_not_estimable()
    {
        PointAssessment result = Run([Point(2, 0, 0, "mines", "mines"), Point(3, 1, 0, "mines", "built"), Point(4, 0, 1, "built", "built"), Point(5, 1, 1, "built", "built"), Point(6, 0, 4, "vegetation", "vegetation")]);
        using var stream = new MemoryStream();
        AssessmentJson.Write(stream, result);
        JsonElement json = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal("[[1,1,0],[0,2,0],[0,0,1]]", Compact(json.GetProperty("counts")));
        Assert.Equal("""["mines","built","vegetation"]""", Compact(json.GetProperty("classes")));
        Assert.Equal(5 / 99.0, json.GetProperty("areaShare")[0][1].GetDouble(), 12);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("overall").GetProperty("standardError").ValueKind);
        Assert.Equal(94 / 99.0, json.GetProperty("overall").GetProperty("estimate").GetDouble(), 12);
        JsonElement mines = json.GetProperty("perClass")[0];
        Assert.Equal("mines", mines.GetProperty("class").GetString());
        Assert.Equal(["estimate", "standardError", "low", "high"], mines.GetProperty("users").EnumerateObject().Select(p => p.Name));
        Assert.Equal(0.5, mines.GetProperty("users").GetProperty("estimate").GetDouble());
        Assert.Equal(0.05, mines.GetProperty("areaHectares").GetProperty("estimate").GetDouble(), 12);
        Assert.Equal(0.8, json.GetProperty("unweighted").GetProperty("overallAccuracy").GetDouble(), 12);

        using var second = new MemoryStream();
        AssessmentCsv.Write(second, result);
        string[] lines = Encoding.UTF8.GetString(second.ToArray()).Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("mines,1,2,1,10,0.1,,,,,0.5,0.5,0,1,", lines[1], StringComparison.Ordinal);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static string Text(PointAssessment result)
    {
        using var writer = new StringWriter();
        PointAssessmentText.Write(writer, result);
        return writer.ToString();
    }

    private static PointAssessment Run(IReadOnlyList<SamplePoint> points) => PointAssessment.Run(CodeMaps.Of(10, Codes), new("p.csv", null, points), run: new RunOptions { MaxMemoryBytes = 1 << 20 });

    private static SamplePoint Point(int fileRow, int column, int row, string stratum, string reference) =>
        new(fileRow, $"{fileRow}", new(600_005 + 10 * column, 700_015 - 10 * row), stratum, reference);
}
