using System.Buffers.Binary;
using System.Xml.Linq;
using Asm.Maps.Charting;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Reporting;

public sealed class ChartsTests : IDisposable
{
    private static readonly Rgb Orange = new(213, 94, 0), Blue = new(86, 180, 233), Green = new(0, 158, 115);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Png(string name, int width, int height)
    {
        byte[] file = File.ReadAllBytes(_folder.File(name));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], file[..4]);
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))));
        Keep(name);
    }

    /// <summary>For people who want to look at the pictures: ASM_KEEP_PICTURES names a folder.</summary>
    private void Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("ASM_KEEP_PICTURES") is { Length: > 0 } folder) File.Copy(_folder.File(name), Path.Combine(folder, name), true);
    }

    private string[] Texts(string name)
    {
        Keep(name);
        return [.. XDocument.Load(_folder.File(name)).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];
    }

    private static ChartSeries[] Areas => [new("mines", Orange, [12_345, 23_456.4, 31_234, double.NaN]), new("built", Blue, [8_000, 8_100, 8_234, 8_400]), new("vegetation", Green, [61_000, 54_321, 43_210, 40_000])];

    [Fact]
    public void Areas_of_classes_are_drawn_with_seasons_numbers_unit_and_legend()
    {
        string[] seasons = ["2016-17", "2017-18", "2018-19", "2019-20"];
        Charts.WriteAreas(_folder.File("areas.png"), seasons, Areas);
        Png("areas.png", 1000, 560);
        Charts.WriteAreas(_folder.File("areas.svg"), seasons, Areas);
        string[] texts = Texts("areas.svg");
        Assert.All([.. seasons, "mines", "built", "vegetation", "hectares", "Area of each class", "23,456", "61,000"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Many_long_season_names_and_classes_are_drawn_without_numbers_on_bars()
    {
        string[] seasons = [.. Enumerable.Range(1, 12).Select(i => $"dry season {2010 + i}-{2011 + i}")];
        ChartSeries[] classes = [.. Enumerable.Range(0, 6).Select(c => new ChartSeries($"class number {c + 1}", new Rgb((byte)(40 * c), 100, (byte)(255 - 40 * c)), [.. seasons.Select((_, s) => 0.2 + c + 0.3 * s)]))];
        Charts.WriteAreas(_folder.File("many.png"), seasons, classes, new() { Title = "Many", WidthPixels = 1200, HeightPixels = 700 });
        Png("many.png", 1200, 700);
    }

    [Fact]
    public void Changes_are_drawn_above_and_below_zero_with_numbers_without_sign()
    {
        string[] periods = ["2016-17 to 2017-18", "2017-18 to 2018-19"];
        ChartChange[] classes = [new("mines", Orange, [1200, 3400], [150, 300]), new("built", Blue, [20, 34], [5, 0]), new("vegetation", Green, [155, 290.4], [1220, 3424])];
        Charts.WriteChanges(_folder.File("changes.png"), periods, classes);
        Png("changes.png", 1000, 560);
        Charts.WriteChanges(_folder.File("changes.svg"), periods, classes, new() { Title = "Ghana" });
        string[] texts = Texts("changes.svg");
        Assert.All(["Ghana", "1,200", "150", "3,424", "290"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Zones_are_ranked_and_those_beyond_the_first_are_added_up_and_said_so()
    {
        ChartZone[] zones = [.. Enumerable.Range(1, 30).Select(i => new ChartZone($"Zone {i}", i)), new("Upper Wassaw and Neung South Forest Reserve of the Western Region, second part with a very long name", 100.4), new("Côte-d'Ivoire", 64)];
        Charts.WriteZones(_folder.File("zones.png"), zones, Orange, 12, new() { Title = "New mines in forest reserves, 2018 to 2019" });
        Png("zones.png", 1000, 130 + 38 * 13);
        Charts.WriteZones(_folder.File("zones.svg"), zones, Orange, 12);
        string[] texts = Texts("zones.svg");
        Assert.All(["20 other zones together", "210", "Zone 21", "Côte-d'Ivoire", "hectares"], text => Assert.Contains(text, texts));
        Assert.DoesNotContain("Zone 20", texts);
        Assert.True(Array.IndexOf(texts, "Zone 30") < Array.IndexOf(texts, "Zone 21"), "the larger is not above");
    }

    [Fact]
    public void A_chart_without_any_area_still_has_axes()
    {
        Charts.WriteAreas(_folder.File("empty.png"), ["2017"], [new("mines", Orange, [0])]);
        Charts.WriteZones(_folder.File("none.png"), [new("a", 0)], Orange);
        Png("empty.png", 1000, 560);
        Png("none.png", 1000, 168);
    }

    [Fact]
    public void The_same_chart_has_the_same_bytes()
    {
        foreach (string name in new[] { "a.svg", "a.png" })
        {
            Charts.WriteAreas(_folder.File(name), ["a", "b", "c", "d"], Areas);
            byte[] first = File.ReadAllBytes(_folder.File(name));
            Charts.WriteAreas(_folder.File(name), ["a", "b", "c", "d"], Areas, new() { Overwrite = true });
            Assert.Equal(first, File.ReadAllBytes(_folder.File(name)));
        }
    }

    [Fact]
    public void A_file_that_exists_or_is_no_picture_is_refused()
    {
        File.WriteAllText(_folder.File("taken.png"), "mine");
        Assert.Contains("`overwrite`", Assert.Throws<AsmException>(() => Charts.WriteZones(_folder.File("taken.png"), [new("a", 1)], Orange)).Message, StringComparison.Ordinal);
        Charts.WriteZones(_folder.File("taken.png"), [new("a", 1)], Orange, options: new() { Overwrite = true });
        Assert.Contains(".png or .svg", Assert.Throws<AsmException>(() => Charts.WriteZones(_folder.File("a.pdf"), [new("a", 1)], Orange)).Message, StringComparison.Ordinal);
        Assert.Throws<AsmException>(() => Charts.WriteZones(_folder.File("no/a.png"), [new("a", 1)], Orange));
        Assert.Equal(["taken.png"], _folder.Names);
    }

    [Fact]
    public void Areas_that_are_no_areas_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Charts.WriteAreas(_folder.File("a.png"), ["a", "b"], [new("mines", Orange, [1])]));
        Assert.Throws<ArgumentException>(() => Charts.WriteAreas(_folder.File("a.png"), ["a"], [new("mines", Orange, [-1])]));
        Assert.Throws<ArgumentException>(() => Charts.WriteZones(_folder.File("a.png"), [new("a", double.NaN)], Orange));
        Assert.Throws<ArgumentException>(() => Charts.WriteZones(_folder.File("a.png"), [], Orange));
        Assert.Empty(_folder.Names);
    }
}
