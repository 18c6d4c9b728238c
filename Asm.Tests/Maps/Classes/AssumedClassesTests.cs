using Asm.Analysis.Heatmaps;
using Asm.Analysis.Polygons;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Classes;

public sealed class AssumedClassesTests
{
    private static readonly byte[] Foreign = [33, 33, 0, 31];

    [Fact]
    public void A_change_map_of_another_program_is_refused_where_mines_are_looked_for()
    {
        using var folder = new TempFolder();
        string map = CodeMaps.Raster(2, Foreign, names: []).Save(folder.File("foreign.tif"));
        AsmException density = Assert.Throws<AsmException>(() => new HeatmapStage { Map = map, OutputPath = folder.File("d.tif"), Options = new() { CellMetres = 10 } }.Run());
        AsmException polygons = Assert.Throws<AsmException>(() => new PolygonsStage { Map = map, OutputPath = folder.File("p.geojson"), Classes = ["mines"] }.Run());
        Assert.Contains("names no classes, and the pixel in column 0, row 0 has code 33", density.Message, StringComparison.Ordinal);
        Assert.Contains("""-mo 'ASM_CHANGE_CLASSES=["mines","built","vegetation"]'""", polygons.Message, StringComparison.Ordinal);
        Assert.Equal(["foreign.tif"], folder.Names);
        Assert.Equal(2, new PolygonsStage { Map = map, OutputPath = folder.File("all.geojson") }.Run().Regions);
    }

    [Fact]
    public void It_is_read_once_its_classes_are_named()
    {
        using var folder = new TempFolder();
        string map = CodeMaps.Raster(2, Foreign, names: []).Save(folder.File("foreign.tif"));
        PeerTool.Run("gdal_edit.py", "-mo", """ASM_CHANGE_CLASSES=["mines","built","vegetation"]""", map);
        HeatmapSummary summary = new HeatmapStage { Map = map, OutputPath = folder.File("d.tif"), Options = new() { CellMetres = 10 } }.Run().Summary;
        Assert.Equal(1, summary.Pixels);
    }
}
