using System.Text.RegularExpressions;
using Asm.Analysis.Mosaicing;
using Asm.Inference.Prediction;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Coverage;
using Asm.Tests.Support;

namespace Asm.Tests.Projects;

public sealed class ProjectReaderTests
{
    private const string Least = "seasons: [{name: \"2019\", tiles: {A: a.tif}}]\n";

    private static Project Read(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.yaml"), text);
        return ProjectReader.Read(folder.File("p.yaml"));
    }

    [Fact]
    public void All_keys_are_read()
    {
        Project project = Read("""
            title: Place
            output: results
            model: m.onnx
            class: built
            seasons:
              - name: "2019"
                tiles: {A: [x.tif, y.SAFE], B: z.zip}
              - {name: 2020-dry, tiles: {A: w.tif}}
            masks:
              - {file: lakes.gpkg, layer: lakes, buffer: 50}
              - file: coast.shp
            zones: {file: z.gpkg, layer: l, id: name, adjacent: 5000, coverage: centre}
            prediction: {tiling: exact, window: 512, overlap: 64, cloud-threshold: off, preflight: off}
            mosaic: {rule: first, crs: "EPSG:32631", resolution: 20, bounds: [1, 2, 3.5, 4]}
            heatmap: {bandwidth: 500, cell: 50, kernel: gaussian}
            polygons: {min-area: 0.25}
            accuracy: {points: p.csv, map: 2019_to_2020-dry}
            report: {picture-size: 800, colours: {mines: "#102030"}}
            """);

        Assert.Equal(("Place", "built"), (project.Title, project.Class));
        Assert.Equal(["x.tif", "y.SAFE", "z.zip"], project.Seasons[0].Tiles.SelectMany(t => t.Scenes).Select(Path.GetFileName));
        Assert.Equal(["2019", "2020-dry"], project.Seasons.Select(s => s.Name));
        Assert.Equal(("lakes.gpkg", "lakes", 50.0), (Path.GetFileName(project.Masks[0].File), project.Masks[0].Layer, project.Masks[0].BufferMetres));
        Assert.Equal((null, 0.0), (project.Masks[1].Layer, project.Masks[1].BufferMetres));
        Assert.Equal(("l", "name", 5000.0, PixelCoverage.Centre), (project.Zones!.Layer, project.Zones.Options.IdField, project.Zones.Options.AdjacentMetres, project.Zones.Options.Coverage));
        Assert.Equal((Tiling.Exact, 512, 64, null), (project.Prediction.Options.Tiling, project.Prediction.Options.WindowPixels, project.Prediction.Options.OverlapPixels, project.Prediction.Options.CloudReflectance));
        Assert.False(project.Preflight);
        Assert.Equal((MosaicRule.First, 20.0, new MapBounds(1, 2, 3.5, 4)), (project.Mosaic.Rule, project.Mosaic.Grid.Resolution, project.Mosaic.Grid.Bounds));
        Assert.Equal((500.0, 50.0), (project.Heatmap.Options.BandwidthMetres, project.Heatmap.Options.CellMetres));
        Assert.Equal((0.25, 800), (project.Polygons.Options.MinAreaHectares, project.Report.PictureSidePixels));
        Assert.Equal("2019_to_2020-dry", project.Accuracy!.Map);
        Assert.Equal("#102030", $"{project.Colours["mines"]}");
    }

    [Theory]
    [InlineData(Least + "heatmpa: {cell: 10}", "p.yaml, line 2: the key 'heatmpa' is not known", "did you mean 'heatmap'?")]
    [InlineData(Least + "heatmap:\n  bandwith: 10", "p.yaml, line 3: the key 'heatmap.bandwith' is not known", "did you mean 'bandwidth'?")]
    [InlineData(Least + "heatmap:\n  cell: ten", "p.yaml, line 3: heatmap.cell is 'ten'", "a number of 1 to 1000000")]
    [InlineData(Least + "mosaic: {rule: best}", "line 2: mosaic.rule is 'best'", "one of max-class, max-probability, first")]
    [InlineData(Least + "mosaic: {bounds: [4, 2, 3, 4]}", "line 2: mosaic.bounds is a list", "west below east")]
    [InlineData(Least + "zones: lakes.gpkg", "line 2: zones is 'lakes.gpkg'", "keys with values")]
    [InlineData(Least + "zones: {id: name}", "line 2: the key 'zones.file' is missing", "add it")]
    [InlineData(Least + "accuracy: {points: p.csv, map: \"2018\"}", "line 2: accuracy.map is '2018'", "one of 2019")]
    [InlineData(Least + "report: {colours: {mines: red}}", "line 2: report.colours.mines is 'red'", "in quotes")]
    [InlineData("seasons:\n  - name: a\n    tile: {A: a.tif}", "line 3: the key 'seasons[1].tile' is not known", "did you mean 'tiles'?")]
    [InlineData("seasons:\n  - name: a\n    tiles: {A: \"https://x/item.json\"}", "line 3: 'https://x/item.json' is a URL", "asm prepare")]
    [InlineData("title: x", "line 1: the key 'seasons' is missing", "asm init")]
    [InlineData("seasons:\n  - name: a/b\n    tiles: {A: a.tif}", "line 2: the name 'a/b' cannot be part of a file's name", "letters, digits")]
    [InlineData("seasons:\n  - {name: a, tiles: {A: a.tif}}\n  - {name: A, tiles: {A: a.tif}}", "line 3: a second season is called 'A'", "rename one")]
    [InlineData("seasons:\n  - {name: a, tiles: {A: [a.tif, a.tif]}}", "line 2: 'a.tif' names", "every date once")]
    [InlineData("seasons:\n  - {name: a, tiles: {A: 'x*.tif'}}", "line 2: 'x*.tif' matches no file", "correct the pattern")]
    [InlineData("seasons: [", "p.yaml, line", "correct the line")]
    [InlineData("- a\n- b", "line 1: the file is a list", "asm init")]
    public void A_fault_names_its_line_and_what_helps(string text, string found, string fix)
    {
        AsmException error = Assert.Throws<AsmException>(() => Read(text));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_can_be_read_once_its_scenes_exist()
    {
        using var folder = new TempFolder();
        ProjectTemplate.Write(folder.File("project.yaml"));
        foreach (string season in new[] { "2019", "2020" })
            foreach (string tile in new[] { "30NXM", "30NYM" })
            {
                Directory.CreateDirectory(folder.File($"scenes/{season}/{tile}"));
                File.WriteAllText(folder.File($"scenes/{season}/{tile}/a.tif"), "");
            }
        Project project = ProjectReader.Read(folder.File("project.yaml"));
        Assert.Equal(4, project.Seasons.Sum(s => s.Tiles.Sum(t => t.Scenes.Count)));

        // What is commented out is known too, and holds the defaults.
        File.WriteAllText(folder.File("all.yaml"), Regex.Replace(ProjectTemplate.Text, @"(?m)^# (?=[a-z-]+:( |$)|  )", ""));
        Project all = ProjectReader.Read(folder.File("all.yaml"));
        Assert.Equal(project.Prediction.Settings, all.Prediction.Settings);
        Assert.Equal(project.Heatmap.Settings, all.Heatmap.Settings);
        Assert.Equal((project.Class, project.Mosaic.Rule), (all.Class, all.Mosaic.Rule));
        Assert.Equal((2, "reserves.gpkg", "labels.csv"), (all.Masks.Count, Path.GetFileName(all.Zones!.Zones), Path.GetFileName(all.Accuracy!.Stage.PointsPath)));
    }
}
