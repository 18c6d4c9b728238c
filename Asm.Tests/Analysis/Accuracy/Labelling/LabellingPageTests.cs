using Asm.Analysis.Accuracy.Labelling;
using Asm.Maps.Classes;
using Asm.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Asm.Tests.Analysis.Accuracy.Labelling;

/// <summary>The page in a real browser.</summary>
public sealed class LabellingPageTests
{
    private const int Points = 60;

    // One red pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Fact]
    public void Sixty_points_are_labelled_by_keyboard_reloaded_in_between_and_saved_for_assess()
    {
        using var folder = new TempFolder();
        string path = folder.File("labels.html");
        Page(Points).Write(path);
        using ChromeDriver browser = Browser.Start(folder.FullPath);
        browser.Navigate().GoToUrl("file://" + path);

        for (int i = 0; i < 25; i++) Press(browser, Key(i));
        Assert.Equal("25 of 60 labelled", browser.FindElement(By.Id("count")).Text);
        browser.Navigate().Refresh();
        Assert.Equal("25 of 60 labelled", browser.FindElement(By.Id("count")).Text);
        Assert.Equal("Point p25 (26 of 60)", browser.FindElement(By.Id("point")).Text);
        for (int i = 25; i < Points; i++) Press(browser, Key(i));
        Assert.Equal("60 of 60 labelled", browser.FindElement(By.Id("count")).Text);
        Press(browser, "s");

        string saved = folder.File("labels.csv");
        for (int wait = 0; wait < 100 && !File.Exists(saved); wait++) Thread.Sleep(50);
        string[] lines = File.ReadAllLines(saved);
        Assert.Equal(Points + 1, lines.Length);
        Assert.Equal("id,x,y,class,reference", lines[0]);
        for (int i = 0; i < Points; i++) Assert.Equal($"p{i},{600005 + 10 * i},700000.5,vegetation,{Label(i)}", lines[i + 1]);
        Assert.Empty(browser.Manage().Logs.GetLog("browser"));
    }

    [Fact]
    public void A_label_can_be_changed_and_taken_back_and_the_class_of_the_map_is_not_shown()
    {
        using var folder = new TempFolder();
        string path = folder.File("labels.html");
        Page(3).Write(path);
        using ChromeDriver browser = Browser.Start(folder.FullPath);
        browser.Navigate().GoToUrl("file://" + path);

        Press(browser, "2");
        Press(browser, Keys.ArrowLeft);
        Assert.Equal("true", browser.FindElement(By.CssSelector("button[data-label=built]")).GetAttribute("aria-pressed"));
        Press(browser, Keys.Backspace);
        Assert.Equal("0 of 3 labelled", browser.FindElement(By.Id("count")).Text);
        browser.FindElement(By.CssSelector("button[data-label=mines]")).Click();
        Assert.Equal("1 of 3 labelled", browser.FindElement(By.Id("count")).Text);
        Assert.Equal(2, browser.FindElements(By.CssSelector("figure img")).Count);
        Assert.DoesNotContain("vegetation", browser.FindElement(By.Id("point")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.FindElements(By.CssSelector("[aria-pressed=true]")), b => b.GetAttribute("data-label") == "vegetation");
    }

    [Fact]
    public void Names_that_look_like_markup_stay_text()
    {
        using var folder = new TempFolder();
        string path = folder.File("labels.html");
        LabellingPage page = Page(1);
        (page with { Points = [page.Points[0] with { Id = "</script><b id=evil>" }] }).Write(path);
        using ChromeDriver browser = Browser.Start(folder.FullPath);
        browser.Navigate().GoToUrl("file://" + path);
        Assert.Equal("Point </script><b id=evil> (1 of 1)", browser.FindElement(By.Id("point")).Text);
        Assert.Empty(browser.FindElements(By.Id("evil")));
    }

    [Fact]
    public void The_page_refers_to_no_other_file()
    {
        using var folder = new TempFolder();
        Page(1).Write(folder.File("labels.html"));
        string html = File.ReadAllText(folder.File("labels.html"));
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", html.Replace(" src=\"data:", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static LabellingPage Page(int points) => new()
    {
        Classes = ClassMap.DefaultClasses,
        Views = ["2019-01-07 true colour", "2019-01-07 false colour"],
        Points = [.. Enumerable.Range(0, points).Select(i => new LabellingPoint($"p{i}", $"{600005 + 10 * i}", "700000.5", "vegetation", "", [Png, Png]))],
    };

    private static string Key(int point) => (point % 4) switch { 0 => "1", 1 => "2", 2 => "3", _ => "0" };

    private static string Label(int point) => (point % 4) switch { 0 => "mines", 1 => "built", 2 => "vegetation", _ => LabellingPage.CannotTell };

    private static void Press(ChromeDriver browser, string key) => browser.FindElement(By.TagName("body")).SendKeys(key);
}
