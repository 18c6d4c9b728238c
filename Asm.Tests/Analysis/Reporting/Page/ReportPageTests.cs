using System.Text.Json.Nodes;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Reporting.Run;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;
using SkiaSharp;

namespace Asm.Tests.Analysis.Reporting.Page;

/// <summary>What is written into the page.</summary>
public sealed class ReportPageTests
{
    [Fact]
    public void Areas_changes_zones_and_polygons_have_the_hectares_of_the_files()
    {
        using var folder = new TempFolder();
        ReportedRun.Whole(folder);
        JsonNode data = Data(Write(folder));

        Assert.Equal([0.32, 0, 15.67], Numbers(data["seasons"]![0]!["hectares"]!));
        Assert.Equal([0.64, 0.16, 15.19], Numbers(data["seasons"]![1]!["hectares"]!));
        Assert.Equal(0.01, (double)data["seasons"]![1]!["noDataHectares"]!, 1e-9);
        JsonNode change = data["changes"]![0]!;
        JsonNode grown = Assert.Single(change["rows"]!.AsArray(), row => (string)row!["from"]! == "vegetation" && (string)row["to"]! == "mines")!;
        Assert.Equal((31, 32, 0.32), ((int)grown["code"]!, (int)grown["pixels"]!, (double)grown["hectares"]!));
        Assert.Equal((1, 0.32), ((int)change["polygons"]!["count"]!, (double)change["polygons"]!["hectares"]!));
        JsonNode polygon = change["polygons"]!["largest"]![0]!;
        Assert.Equal("vegetation to mines", (string)polygon["class"]!);
        Assert.Equal("north", (string)polygon["zones"]![0]!);
        Assert.Equal([600_080, 699_920], Numbers(polygon["place"]!));
        JsonNode zone = Assert.Single(data["zones"]!["rows"]!.AsArray(), row => (string)row!["zone"]! == "north" && (string)row["map"]! == "2022" && (string)row["class"]! == "mines")!;
        Assert.Equal((0.64, "inside"), ((double)zone["hectares"]!, (string)zone["part"]!));
        Assert.Equal("2022", (string)data["seasons"]![1]!["zoneMap"]!);
        Assert.Equal(0.98, (double)data["accuracy"]!["overall"]!["estimate"]!);
        Assert.Equal([600_000, 699_620, 600_400, 700_020], Numbers(data["map"]!["extent"]!));
        Assert.Equal(1, (int)data["followed"]!);
    }

    [Fact]
    public void Pictures_hold_the_codes_and_hundredths_of_the_maps()
    {
        using var folder = new TempFolder();
        ReportedRun.Whole(folder);
        string html = Write(folder);
        JsonNode season = Data(html)["seasons"]![1]!;

        using SKBitmap classes = Picture(html, season["classes"]!), mines = Picture(html, season["probabilities"]!), confidence = Picture(html, season["confidence"]!);
        Assert.Equal((SKColorType.Gray8, 40, 40), (classes.ColorType, classes.Width, classes.Height));
        Assert.Equal([0, 1, 2, 3], [Sample(classes, 0, 0), Sample(classes, 4, 11), Sample(classes, 30, 30), Sample(classes, 20, 20)]);
        Assert.Equal([0, 81, 21], [Sample(mines, 0, 0), Sample(mines, 4, 11), Sample(mines, 20, 20)]);
        Assert.Equal([0, 81], [Sample(confidence, 0, 0), Sample(confidence, 20, 20)]);

        JsonNode change = Data(html)["changes"]![0]!;
        using SKBitmap map = Picture(html, change["map"]!), density = Picture(html, change["density"]!);
        Assert.Equal([0, 11, 31, 33], [Sample(map, 0, 0), Sample(map, 4, 7), Sample(map, 4, 8), Sample(map, 20, 20)]);
        Assert.Equal(101, density.Bytes.Max());
        Assert.True((double)change["density"]!["high"]! > 0);
    }

    [Fact]
    public void A_scene_of_another_zone_lies_where_it_is_on_the_ground_and_the_first_is_on_top()
    {
        using var folder = new TempFolder();
        RunManifest run = ReportedRun.Smallest(folder);
        GeoGrid map = CodeMaps.Raster(40, new byte[1600]).Info.Grid;
        GeoGrid neighbour = GridProjection.Project(map, Crs.Utm(31, north: true), 20);
        ReportedRun.Scene(folder, "east.tif", neighbour, 40, 160, 80);
        ReportedRun.Scene(folder, "half.tif", new GeoGrid(10, 20, map.Origin, 20, 20, map.Crs), 200, 100, 50);
        ReportedRun.Save(folder, run with { Seasons = [run.Seasons[0] with { Scenes = ["half.tif", "east.tif"] }] });
        string html = Write(folder);

        using SKBitmap scene = Picture(html, Data(html)["seasons"]![0]!["scene"]!);
        AssertColor(new SKColor(200, 100, 50), scene.GetPixel(5, 20));
        AssertColor(new SKColor(40, 160, 80), scene.GetPixel(35, 20));
    }

    [Fact]
    public void No_text_of_a_run_ends_the_element_that_holds_it()
    {
        using var folder = new TempFolder();
        ReportedRun.Whole(folder);
        string html = Write(folder);
        Assert.DoesNotContain("<b id=evil", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>its", html, StringComparison.Ordinal);
        Assert.Contains(Data(html)["zones"]!["areas"]!.AsArray(), area => (string)area!["name"]! == ReportedRun.HostileZone);
    }

    [Fact]
    public void The_page_refers_to_no_other_file_and_forbids_requests()
    {
        using var folder = new TempFolder();
        ReportedRun.Smallest(folder);
        string html = Write(folder);
        Assert.Contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link rel=\"stylesheet\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script[^>]* src=", html);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        using var folder = new TempFolder();
        ReportedRun.Whole(folder);
        ReportPageSummary summary = new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("a.html") }.Run();
        new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("b.html") }.Run(new RunOptions { Threads = 1 });
        Assert.Equal(File.ReadAllBytes(folder.File("a.html")), File.ReadAllBytes(folder.File("b.html")));
        Assert.Equal((new FileInfo(folder.File("a.html")).Length, 10), (summary.Bytes, summary.Pictures));
    }

    [Fact]
    public void Only_the_largest_polygons_are_listed_but_all_are_counted()
    {
        using var folder = new TempFolder();
        ReportedRun.Whole(folder);
        new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html"), MostPolygons = 0 }.Run();
        JsonNode polygons = Data(File.ReadAllText(folder.File("page.html")))["changes"]![0]!["polygons"]!;
        Assert.Equal((1, 0.32, 0), ((int)polygons["count"]!, (double)polygons["hectares"]!, polygons["largest"]!.AsArray().Count));
    }

    [Fact]
    public void Longitudes_and_latitudes_between_the_lattice_are_right_within_five_metres_over_a_thousand_kilometres()
    {
        Crs utm = Crs.Utm(30, north: true);
        PageMap map = PageMap.Of(utm, new MapBounds(200_000, 400_000, 1_200_000, 1_400_000));
        CoordinateTransform toMap = CoordinateTransform.Between(Crs.Wgs84, utm);
        double worst = 0;
        for (int row = 0; row < map.Side - 1; row++)
            for (int column = 0; column < map.Side - 1; column++)
            {
                int[] corners = [row * map.Side + column, row * map.Side + column + 1, (row + 1) * map.Side + column, (row + 1) * map.Side + column + 1];
                MapPoint middle = toMap.Transform(new(corners.Average(i => map.LonLat[2 * i]), corners.Average(i => map.LonLat[2 * i + 1])));
                MapPoint truth = new(200_000 + (column + 0.5) * 1_000_000 / (map.Side - 1), 1_400_000 - (row + 0.5) * 1_000_000 / (map.Side - 1));
                worst = Math.Max(worst, double.Hypot(middle.X - truth.X, middle.Y - truth.Y));
            }
        Assert.InRange(worst, 0, 5);
    }

    [Fact]
    public void A_folder_without_a_run_and_a_page_that_exists_are_refused_and_a_missing_map_leaves_nothing()
    {
        using var folder = new TempFolder();
        AsmException none = Assert.Throws<AsmException>(() => new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html") }.Run());
        Assert.Contains("holds no run.json", none.Message, StringComparison.Ordinal);
        ReportedRun.Smallest(folder);
        File.WriteAllText(folder.File("taken.html"), "mine");
        AsmException taken = Assert.Throws<AsmException>(() => new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("taken.html") }.Run());
        Assert.Contains("`overwrite`", taken.Message, StringComparison.Ordinal);
        File.Delete(folder.File("2022.classes.tif"));
        Assert.Throws<AsmException>(() => new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html") }.Run());
        Assert.DoesNotContain(folder.Names, name => name.Contains("page", StringComparison.Ordinal));
        Assert.Equal("mine", File.ReadAllText(folder.File("taken.html")));
    }

    [Fact]
    public void Too_little_memory_is_refused_with_the_need_named()
    {
        using var folder = new TempFolder();
        ReportedRun.Smallest(folder);
        AsmException error = Assert.Throws<AsmException>(() => new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html") }.Run(new RunOptions { MaxMemoryBytes = 100_000_000 }));
        Assert.Contains("may take 100 MB, and pictures of 2400 pixels need 570 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_the_run_does_not_have_is_refused_with_those_it_has()
    {
        using var folder = new TempFolder();
        ReportedRun.Smallest(folder);
        AsmException error = Assert.Throws<AsmException>(() => new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html"), Class = "gold" }.Run());
        Assert.Contains("one of mines, built, vegetation", error.Message, StringComparison.Ordinal);
    }

    private static string Write(TempFolder folder)
    {
        new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html") }.Run();
        return File.ReadAllText(folder.File("page.html"));
    }

    private static JsonNode Data(string html) => JsonNode.Parse(Between(html, "id=\"data\">", "</script>"))!;

    private static SKBitmap Picture(string html, JsonNode picture) =>
        SKBitmap.Decode(Convert.FromBase64String(Between(html, "id=\"pictures\">", "</script>").Split('\n')[(int)picture["index"]!]));

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static int Sample(SKBitmap picture, int column, int row) => picture.Bytes[row * picture.RowBytes + column];

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(value => Math.Round((double)value!, 6))];

    private static void AssertColor(SKColor expected, SKColor actual)
    {
        Assert.InRange(actual.Red, expected.Red - 6, expected.Red + 6);
        Assert.InRange(actual.Green, expected.Green - 6, expected.Green + 6);
        Assert.InRange(actual.Blue, expected.Blue - 6, expected.Blue + 6);
        Assert.Equal(255, actual.Alpha);
    }
}
