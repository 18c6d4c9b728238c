using System.Globalization;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Reporting.Run;
using Asm.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Support.UI;

namespace Asm.Tests.Analysis.Reporting.Page;

/// <summary>The page in a real browser.</summary>
public sealed class ReportPageBrowserTests
{
    private const double MapMetres = 400;

    [Fact]
    public void Layers_seasons_and_the_divider_are_read_at_the_pointer()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole);

        Assert.Contains("mines", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        Assert.DoesNotContain("Confidence", ReadAt(browser, 75, 106), StringComparison.Ordinal);
        browser.FindElement(By.Id("layer-confidence")).Click();
        Assert.Contains("Confidence 80.0", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        Assert.StartsWith("6.33", ReadAt(browser, 75, 106), StringComparison.Ordinal);

        // Of the earlier season, whose mines end above.
        IWebElement season = browser.FindElement(By.Id("season"));
        season.SendKeys(Keys.ArrowLeft);
        Assert.Equal("2019", browser.FindElement(By.Id("season-name")).Text);
        Assert.Contains("vegetation", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        Assert.Contains("missing", browser.FindElement(By.XPath("//input[@id='layer-change']/ancestor::div[contains(@class,'layer')]")).GetAttribute("class"), StringComparison.Ordinal);
        Assert.False(browser.FindElement(By.Id("compare")).Enabled);
        season.SendKeys(Keys.ArrowRight);

        // Left of the divider lies the earlier season, right of it the later one.
        browser.FindElement(By.Id("compare")).Click();
        Assert.Contains("vegetation", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        IWebElement divider = browser.FindElement(By.Id("divider"));
        Assert.True(divider.Displayed);
        divider.SendKeys(Keys.Home);
        Assert.Equal("0%", browser.ExecuteScript("return document.querySelector('.stage').style.getPropertyValue('--divider')"));
        Assert.Contains("mines", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        AssertQuiet(browser);
    }

    [Fact]
    public void A_layer_that_is_switched_or_faded_changes_what_is_drawn()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole);
        byte[] first = Drawn(browser);
        browser.FindElement(By.Id("layer-classes")).Click();
        byte[] without = Drawn(browser);
        Assert.NotEqual(first, without);
        browser.FindElement(By.Id("layer-classes")).Click();
        Assert.Equal(first, Drawn(browser));
        browser.FindElement(By.Id("opacity-classes")).SendKeys(Keys.Home);
        Assert.Equal(without, Drawn(browser));
        browser.FindElement(By.Id("layer-change")).Click();
        Assert.NotEqual(without, Drawn(browser));
        AssertQuiet(browser);
    }

    [Fact]
    public void A_clicked_or_chosen_zone_has_the_hectares_of_the_table_and_a_polygon_those_of_its_file()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole);

        ClickAt(browser, 300, 100);
        IWebElement zone = browser.FindElement(By.CssSelector("#info [data-zone=north]"));
        Assert.Equal(CsvHectares(folder, "north", "2022", "mines"), zone.FindElement(By.XPath(".//tr[th='mines']/td[2]")).Text);
        Assert.Equal("0.64", zone.FindElement(By.XPath(".//tr[th='mines']/td[2]")).Text);
        Assert.Equal("0.32", zone.FindElement(By.XPath(".//tr[th='mines']/td[1]")).Text);

        ClickAt(browser, 75, 105);
        Assert.Equal("0.32 ha", browser.FindElement(By.CssSelector("#info [data-kind=polygon] dd")).Text);

        // By keyboard, a zone whose name looks like markup.
        IWebElement list = browser.FindElement(By.Id("go-to"));
        list.SendKeys(Keys.ArrowDown);
        list.SendKeys(Keys.ArrowDown);
        Assert.Equal($"Zone {ReportedRun.HostileZone}", browser.FindElement(By.CssSelector("#info h3")).Text);
        Assert.Equal(CsvHectares(folder, ReportedRun.HostileZone, "2022", "built"), browser.FindElement(By.XPath("//*[@id='info']//tr[th='built']/td[2]")).Text);
        Assert.Empty(browser.FindElements(By.Id("evil")));
        AssertQuiet(browser);
    }

    [Fact]
    public void Tables_sort_by_keyboard_and_are_saved_as_they_stand()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole);
        IWebElement table = browser.FindElement(By.XPath("//section[h3='Changes, from and to']"));
        IWebElement head = table.FindElement(By.XPath(".//th[button='Hectares']"));
        head.FindElement(By.TagName("button")).SendKeys(Keys.Enter);
        Assert.Equal("descending", table.FindElement(By.XPath(".//th[button='Hectares']")).GetAttribute("aria-sort"));
        Assert.Equal("15.19", table.FindElement(By.XPath(".//tbody/tr[1]/td[3]")).Text);
        browser.SwitchTo().ActiveElement().SendKeys(Keys.Enter);
        Assert.Equal("ascending", table.FindElement(By.XPath(".//th[button='Hectares']")).GetAttribute("aria-sort"));
        Assert.Equal("0.00", table.FindElement(By.XPath(".//tbody/tr[1]/td[3]")).Text);

        browser.ExecuteScript("arguments[0].click()", browser.FindElement(By.XPath("//section[h3='Hectares in zones']//button[.='Save as CSV']")));
        string saved = folder.File("zones (1).csv");
        for (int wait = 0; wait < 100 && !File.Exists(saved); wait++) Thread.Sleep(50);
        string[] lines = File.ReadAllLines(saved);
        Assert.Equal("Zone,vegetation to mines,mines to mines,vegetation to built,vegetation to vegetation,never seen", lines[0]);
        Assert.Equal("north,0.32,0.32,0,7.35,0.01", lines[1]);
        Assert.Equal("\"</script><b id=evil>\"\"quoted\"\", south\",0,0,0.16,7.84,0", lines[2]);
        AssertQuiet(browser);
    }

    [Fact]
    public void Charts_have_their_figures_as_a_table_and_accuracy_its_intervals()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole);
        IWebElement chart = browser.FindElement(By.XPath("//figure[figcaption='Area of mines']"));
        Assert.Equal("Area of mines: 2019 0.32 ha, 2022 0.64 ha", chart.FindElement(By.TagName("canvas")).GetAttribute("aria-label"));
        chart.FindElement(By.TagName("summary")).Click();
        Assert.Equal(["0.32", "0.64"], chart.FindElements(By.CssSelector("td")).Select(cell => cell.Text));
        Assert.Contains("98.0\u00a0% ± 2.0\u00a0%", browser.FindElement(By.Id("accuracy")).GetAttribute("textContent"), StringComparison.Ordinal);
        Assert.Contains("half of it is cloud", browser.FindElement(By.Id("warnings")).Text, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), browser.FindElement(By.Id("provenance")).Text, StringComparison.Ordinal);
        Assert.Equal("A place & <i>its</i> mines", browser.FindElement(By.TagName("h1")).Text);
    }

    [Fact]
    public void On_a_phone_nothing_is_wider_than_the_screen()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Whole, width: 390, height: 844);
        Assert.Equal(390L, browser.ExecuteScript("return window.innerWidth"));
        Assert.Equal(390L, browser.ExecuteScript("return document.documentElement.scrollWidth"));
        Assert.Equal("", browser.ExecuteScript("""
            return [...document.querySelectorAll("main *")].filter((e) => !e.closest(".scroll, .ol-viewport, .hidden") && e.id !== "divider" && e.getBoundingClientRect().right > 391).map((e) => e.outerHTML.slice(0, 80)).join("\n")
            """));
        AssertQuiet(browser);
    }

    [Fact]
    public void A_run_of_one_season_without_anything_else_is_a_page_too()
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, ReportedRun.Smallest);
        Assert.Contains("mines", ReadAt(browser, 75, 105), StringComparison.Ordinal);
        Assert.Empty(browser.FindElements(By.Id("compare")));
        Assert.False(browser.FindElement(By.Id("info")).Displayed);
        Assert.Contains("nothing is known of the accuracy", browser.FindElement(By.Id("accuracy")).Text, StringComparison.Ordinal);
        AssertQuiet(browser);
    }

    [Theory]
    [InlineData("#d55e00", "#009e73", "")]
    [InlineData("#c8553d", "#7d8c2a", "mines and vegetation")]
    public void Colours_that_some_readers_cannot_tell_apart_are_named(string mines, string vegetation, string named)
    {
        using var folder = new TempFolder();
        using ChromeDriver browser = Open(folder, f =>
        {
            RunManifest run = ReportedRun.Smallest(f);
            return ReportedRun.Save(f, run with { Classes = [run.Classes[0] with { Color = mines }, run.Classes[1], run.Classes[2] with { Color = vegetation }] });
        });
        Assert.Equal(named.Length > 0, browser.FindElements(By.CssSelector(".legend .note")).Any(note => note.Text.Contains(named, StringComparison.Ordinal)));
    }

    private static ChromeDriver Open(TempFolder folder, Func<TempFolder, RunManifest> make, int width = 1280, int height = 900)
    {
        ChromeDriver browser = Browser.Start(folder.FullPath);
        make(folder);
        new ReportStage { RunDirectory = folder.FullPath, OutputPath = folder.File("page.html") }.Run();
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new Dictionary<string, object?> { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 });
        browser.Navigate().GoToUrl("file://" + folder.File("page.html"));
        Drawn(browser);
        return browser;
    }

    /// <summary>What is told of a place, in metres from the north-western corner, once it is told.</summary>
    private static string ReadAt(ChromeDriver browser, double east, double south)
    {
        (int x, int y) = Offset(browser, east, south);
        browser.ExecuteScript("document.querySelector('#readout').textContent = ''");
        IWebElement map = browser.FindElement(By.Id("map"));
        // From beside it, so that the pointer moves in any case.
        new Actions(browser).MoveToElement(map, x + 9, y + 9).MoveToElement(map, x, y).Perform();
        string coordinates = FormattableString.Invariant($"{600_000 + east:0}, ");
        string text = "";
        Assert.True(SpinWait.SpinUntil(() => (text = browser.FindElement(By.Id("readout")).Text).Contains("EPSG:32630", StringComparison.Ordinal), TimeSpan.FromSeconds(10)), $"nothing was told near {coordinates}");
        Thread.Sleep(200);
        return browser.FindElement(By.Id("readout")).Text;
    }

    private static void ClickAt(ChromeDriver browser, double east, double south)
    {
        (int x, int y) = Offset(browser, east, south);
        new Actions(browser).MoveToElement(browser.FindElement(By.Id("map")), x, y).Click().Perform();
        // A click is a single one when no second follows within a quarter of a second.
        Thread.Sleep(600);
    }

    private static (int X, int Y) Offset(ChromeDriver browser, double east, double south)
    {
        var size = (IReadOnlyCollection<object>)browser.ExecuteScript("const m = document.querySelector('#map'); return [m.clientWidth, m.clientHeight]")!;
        double[] sides = [.. size.Select(side => Convert.ToDouble(side, CultureInfo.InvariantCulture))];
        double scale = (Math.Min(sides[0], sides[1]) - 16) / MapMetres;
        return ((int)Math.Round((east - MapMetres / 2) * scale), (int)Math.Round((south - MapMetres / 2) * scale));
    }

    /// <summary>The map as it is drawn when nothing more moves.</summary>
    private static byte[] Drawn(ChromeDriver browser)
    {
        byte[] last = [];
        new WebDriverWait(browser, TimeSpan.FromSeconds(15)) { PollingInterval = TimeSpan.FromMilliseconds(300) }.Until(_ =>
        {
            byte[] now = ((ITakesScreenshot)browser.FindElement(By.Id("map"))).GetScreenshot().AsByteArray;
            bool same = now.AsSpan().SequenceEqual(last);
            last = now;
            return same;
        });
        return last;
    }

    private static string CsvHectares(TempFolder folder, string zone, string map, string name)
    {
        string start = (zone.Contains(',', StringComparison.Ordinal) ? $"\"{zone.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : zone) + $",{map},{name},";
        string line = Assert.Single(File.ReadAllLines(folder.File("zones.csv")), line => line.StartsWith(start, StringComparison.Ordinal));
        return double.Parse(line[start.Length..].Split(',')[0], CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static void AssertQuiet(ChromeDriver browser)
    {
        Assert.Empty(browser.Manage().Logs.GetLog("browser").Select(entry => entry.Message));
        Assert.Equal(0L, browser.ExecuteScript("return performance.getEntriesByType('resource').filter((e) => !/^(data|blob):/.test(e.name)).length"));
    }
}
