using System.Text.Json;
using Asm.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Asm.Tests.Cli;

public sealed class AccuracyVerbTests
{
    [Fact]
    public void A_map_is_sampled_labelled_and_assessed()
    {
        using var folder = new TempFolder();
        string map = SaveMap(folder), points = folder.File("points.csv"), json = folder.File("accuracy.json"), csv = folder.File("accuracy.csv");
        (int exit, string output, string error) = AsmProgram.Run("sample", map, "-o", points, "--allocation", "mines=20,built=20,vegetation=40", "--seed", "5");
        Assert.True(exit == 0, error);
        Assert.Contains("80 points", output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(points);
        Assert.Equal("id,x,y,class,reference", rows[0]);
        Assert.Equal(81, rows.Length);

        // The person sees built wherever the id ends in 7, else agrees, and has not looked at number 10 yet.
        File.WriteAllLines(points, rows.Select((row, i) => i == 0 || row.StartsWith("10,", StringComparison.Ordinal) ? row : row + (row.Split(',')[0].EndsWith('7') ? "built" : row.Split(',')[3])));
        (exit, output, error) = AsmProgram.Run("assess", "--points", points, "--map", map, "--json", json, "--csv", csv, "--picture", folder.File("accuracy.png"), "--target-standard-error", "0.01");
        Assert.True(exit == 0, error);
        Assert.Contains("assessed with 79 points", output, StringComparison.Ordinal);
        Assert.Contains("1 not yet labelled", output, StringComparison.Ordinal);
        Assert.Contains("Unweighted figures", output, StringComparison.Ordinal);
        Assert.Contains("more points are needed: ", output, StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        Assert.Equal(79, root.GetProperty("labelled").GetInt32());
        Assert.Equal(5, File.ReadAllLines(csv).Length);
        Assert.True(new FileInfo(folder.File("accuracy.png")).Length > 5000);
        Assert.Contains("the file exists", AsmProgram.Run("assess", "--points", points, "--map", map, "--json", json).Error, StringComparison.Ordinal);
        Assert.Contains("is one of the inputs", AsmProgram.Run("assess", "--points", points, "--map", map, "--json", points, "--overwrite").Error, StringComparison.Ordinal);
        Assert.Contains("holds 79 labelled points", AsmProgram.Run("sample", map, "-o", points, "--overwrite").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_a_wrong_point_does_not_hide_that_the_target_is_reached()
    {
        using var folder = new TempFolder();
        string map = SaveMap(folder), points = folder.File("points.csv");
        AsmProgram.Run("sample", map, "-o", points, "--allocation", "mines=20,built=20,vegetation=40");
        string[] rows = File.ReadAllLines(points);
        File.WriteAllLines(points, rows.Select((row, i) => i == 0 ? row : row + row.Split(',')[3]));
        (int exit, string output, string error) = AsmProgram.Run("assess", "--points", points, "--map", map, "--target-standard-error", "0.005");
        Assert.True(exit == 0, error);
        Assert.Contains("The sample reaches a standard error of 0.005", output, StringComparison.Ordinal);
        Assert.Contains("even if the next point there were wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_labelled_in_the_page_are_assessed()
    {
        using var folder = new TempFolder();
        string map = SaveMap(folder), page = folder.File("page.html"), json = folder.File("accuracy.json");
        (int exit, _, string error) = AsmProgram.Run("sample", map, "-o", folder.File("points.csv"), "--allocation", "mines=20,built=20,vegetation=20", "--page", page);
        Assert.True(exit == 0, error);
        using (ChromeDriver browser = Browser.Start(folder.FullPath))
        {
            browser.Navigate().GoToUrl("file://" + page);
            // 1 mines, 2 built, 3 vegetation, in turn; the last point cannot be told.
            for (int i = 0; i < 59; i++) browser.FindElement(By.TagName("body")).SendKeys($"{i % 3 + 1}");
            browser.FindElement(By.TagName("body")).SendKeys("0");
            browser.FindElement(By.TagName("body")).SendKeys("s");
            for (int wait = 0; wait < 100 && !File.Exists(folder.File("labels.csv")); wait++) Thread.Sleep(50);
        }
        (exit, string output, error) = AsmProgram.Run("assess", "--points", folder.File("labels.csv"), "--map", map, "--json", json);
        Assert.True(exit == 0, error);
        Assert.Contains("assessed with 59 points", output, StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        Assert.Equal(1, root.GetProperty("cannotTell").GetInt32());
        Assert.Equal([20, 20, 19], root.GetProperty("perClass").EnumerateArray().Select(c => c.GetProperty("referencePoints").GetInt32()));
    }

    [Fact]
    public void A_mask_is_compared_and_one_on_another_grid_refused()
    {
        using var folder = new TempFolder();
        string map = SaveMap(folder), other = CodeMaps.Raster(50, new byte[2500]).Save(folder.File("other.tif"));
        (int exit, string output, _) = AsmProgram.Run("assess", "--map", map, "--reference", map, "--boundary", "1");
        Assert.Equal(0, exit);
        Assert.Contains("All pixels: overall accuracy 1.000", output, StringComparison.Ordinal);
        Assert.Contains("Without pixels within 1 px", output, StringComparison.Ordinal);
        (exit, _, string error) = AsmProgram.Run("assess", "--map", map, "--reference", other);
        Assert.Equal(1, exit);
        Assert.Contains("its grid differs", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Expectations_are_told_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        string map = SaveMap(folder);
        (int exit, string output, _) = AsmProgram.Run("sample", map, "--expect", "-n", "300", "--users-accuracy", "mines=0.8");
        Assert.Equal(0, exit);
        Assert.Contains("expected standard error of overall accuracy 0.0", output, StringComparison.Ordinal);
        Assert.Equal(["map.tif", "map.tif.aux.xml"], folder.Names);
    }

    [Fact]
    public void Chips_are_written_beside_the_points()
    {
        using var folder = new TempFolder();
        string scene = Stacks.Write(folder.File("scene.tif"), 100, 100);
        (int exit, _, string error) = AsmProgram.Run("sample", SaveMap(folder), "-o", folder.File("points.geojson"), "-n", "12", "--chips", scene, "--chip-pixels", "16", "--page", folder.File("points.html"));
        Assert.True(exit == 0, error);
        Assert.Equal(["map.tif", "map.tif.aux.xml", "points.chips-1.png", "points.geojson", "points.html", "scene.tif"], folder.Names);
        string page = File.ReadAllText(folder.File("points.html"));
        Assert.Equal(24, page.Split("data:image/png;base64,iVBOR").Length - 1);
        Assert.Contains("scene false colour", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample map.tif", "--output")]
    [InlineData("sample map.tif -o p.csv --minimum x", "--minimum")]
    [InlineData("assess --map map.tif", "give --points or --reference")]
    [InlineData("assess --map map.tif --points p.csv --reference r.tif", "give --points or --reference")]
    [InlineData("assess --map map.tif --points p.csv --boundary 1", "--boundary goes with --reference only")]
    [InlineData("assess --map map.tif --reference r.tif --boundary 0", "--boundary is '0'; expected: a whole number of 1 to ")]
    [InlineData("assess --map map.tif --reference r.tif --crs EPSG:4326", "--crs goes with --points only")]
    [InlineData("assess --map map.tif --points p.csv --target-standard-error 2", "--target-standard-error is 2")]
    public void A_wrong_command_line_is_told(string line, string message)
    {
        (int exit, _, string error) = AsmProgram.Run(line.Split(' '));
        Assert.Equal(2, exit);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static string SaveMap(TempFolder folder) =>
        CodeMaps.Raster(100, [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i / 100 < 10 ? 1 : i % 100 < 20 ? 2 : 3))]).Save(folder.File("map.tif"));
}
