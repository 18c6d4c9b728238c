using System.Xml.Linq;
using Asm.Analysis.Changes;
using Asm.Analysis.Zones;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Reporting;

/// <summary>Charts drawn straight from what stages found; their numbers stand as text in the SVG.</summary>
public sealed class SummaryChartTests
{
    private static readonly IReadOnlyList<MapClass> Classes = ClassMap.DefaultClasses;

    [Fact]
    public void Gains_and_losses_leave_out_what_stayed_and_the_change_from_first_to_last()
    {
        using var folder = new TempFolder();
        string path = folder.File("change.svg");
        ChangeCharts.WriteChanges(path, Summary());
        string[] texts = Texts(path);
        Assert.Contains(texts, t => t.StartsWith("s1 to", StringComparison.Ordinal));
        // 3 to 1 is 7 ha in the first step, 1 to 3 2 ha in the second; 1 to 1, 500 ha, is no change, and 5 ha are of first to last
        Assert.Contains("7", texts);
        Assert.Contains("2", texts);
        Assert.DoesNotContain("500", texts);
        Assert.DoesNotContain("507", texts);
        Assert.Equal(2, texts.Count(t => t.StartsWith("s1 to", StringComparison.Ordinal) || t.StartsWith("s2 to", StringComparison.Ordinal)));
    }

    [Fact]
    public void Zones_of_a_change_map_show_what_is_new()
    {
        using var folder = new TempFolder();
        ZoneTable table = Table(("A", "vegetation to mines", 31, 4), ("A", "built to mines", 21, 2), ("A", "mines to mines", 11, 100), ("B", "vegetation to mines", 31, 1));
        ZoneCharts.Write(folder.File("zones.svg"), "mines", table);
        string[] texts = Texts(folder.File("zones.svg"));
        Assert.Contains("New mines in each zone, change", texts);
        Assert.Contains("6", texts);
        AsmException error = Assert.ThrowsAny<AsmException>(() => ZoneCharts.Write(folder.File("other.svg"), "sand", table));
        Assert.Contains("vegetation to mines, built to mines, mines to mines", error.Message, StringComparison.Ordinal);
    }

    private static string[] Texts(string path) => [.. XDocument.Load(path).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];

    private static ZoneTable Table(params (string Zone, string Class, int Code, double Hectares)[] rows) => new()
    {
        Zones = new VectorLayer("zones", Crs.FromEpsg(32630), [], []),
        Rows = [.. rows.Select(r => new ZoneRow { Zone = r.Zone, Map = "change", Class = r.Class, Code = r.Code, Part = ZonePart.Inside, Hectares = r.Hectares, GroundHectares = r.Hectares, Pixels = 1, Share = 0 })],
        Overlaps = [],
        Notes = [],
    };

    private static ChangeSummary Summary()
    {
        ChangeRow Row(int from, int to, double hectares) => new(Classes[from - 1].Name, Classes[to - 1].Name, ChangeCode.Of(from, to), 1, hectares);
        return new()
        {
            Classes = Classes,
            Grid = new GeoGrid(2, 2, new(600000, 700000), 10, 10, Crs.FromEpsg(32630)),
            Pairs = [new(0, 1), new(1, 2), new(0, 2)],
            Tables = [[Row(1, 1, 500), Row(3, 1, 7)], [Row(1, 3, 2)], [Row(3, 1, 5)]],
            Areas = [.. Enumerable.Range(0, 3).SelectMany(s => Classes.Select(c => new AreaRow(s + 1, $"s{s + 1}.tif", c.Name, c.Code, 1, 10)).Append(new AreaRow(s + 1, $"s{s + 1}.tif", "no data", 0, 0, 0)))],
            PersistencePixels = [],
            HectaresPerPixel = 0.01,
            TotalTime = default,
        };
    }
}
