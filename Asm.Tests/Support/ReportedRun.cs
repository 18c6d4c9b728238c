using Asm.Analysis.Changes;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Polygons;
using Asm.Analysis.Reporting.Run;
using Asm.Analysis.Zones;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>
/// The output folder of a small run, made by the stages themselves: 40 x 40 pixels of 10 m. Mines of 2019 lie in columns 4 to 11 and rows 4 to 7, 0.32 ha; until
/// 2022 they grow to row 11, 0.64 ha, and 4 x 4 pixels are built up. The rest is vegetation, but for a pixel without data in the north-west.
/// </summary>
internal static class ReportedRun
{
    /// <summary>The name of the southern zone, which must stay text.</summary>
    public const string HostileZone = "</script><b id=evil>\"quoted\", south";

    public const int Side = 40;

    private static readonly ManifestClass[] Classes = [new(1, "mines", "#d55e00"), new(2, "built", "#56b4e9"), new(3, "vegetation", "#009e73")];

    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>Two seasons with everything that a run can have.</summary>
    public static RunManifest Whole(TempFolder folder)
    {
        Season(folder, "2019", mineRows: 4, built: false);
        Season(folder, "2022", mineRows: 8, built: true);
        new ChangeStage { Maps = [folder.File("2019.classes.tif"), folder.File("2022.classes.tif")], OutputPath = folder.File("change.tif") }.Run(new RunOptions());
        new HeatmapStage { Map = folder.File("change.tif"), OutputPath = folder.File("density.tif"), Options = new() { BandwidthMetres = 100, CellMetres = 20 } }.Run();
        new PolygonsStage { Map = folder.File("change.tif"), OutputPath = folder.File("new.gpkg"), Classes = ["mines"] }.Run();
        VectorFile.Write(folder.File("zones.gpkg"), Shapes.Layer(Crs.Utm(30, north: true), ("north", Shapes.Box(600_000, 699_820, 600_400, 700_020)), (HostileZone, Shapes.Box(600_000, 699_620, 600_400, 699_820))));
        new ZonesStage { Maps = [folder.File("2019.classes.tif"), folder.File("2022.classes.tif"), folder.File("change.tif")], Zones = folder.File("zones.gpkg"), OutputPath = folder.File("zones.csv"), Options = new() { IdField = "name" } }.Run();
        File.WriteAllText(folder.File("accuracy.json"), """
            {"map": "2022.classes.tif", "classes": ["mines", "vegetation"], "counts": [[8, 2], [0, 40]], "overall": {"estimate": 0.98, "standardError": 0.01, "low": 0.96, "high": 1},
             "perClass": [{"class": "mines", "mappedHectares": 0.64, "users": {"estimate": 0.8, "low": 0.5, "high": 1}, "producers": null, "areaHectares": {"estimate": 0.5, "low": 0.4, "high": 0.6}}], "notes": ["A note."]}
            """);
        return Save(folder, new RunManifest
        {
            Title = "A place & <i>its</i> mines",
            Tool = "AsmOnnx 0.1.0",
            Model = new("unet", new string('a', 64)),
            Classes = Classes,
            Seasons = [SeasonOf("2019", polygons: null), SeasonOf("2022", polygons: null)],
            Changes = [new("2019", "2022", "change.tif", "change.csv", "density.tif", "new.gpkg")],
            Zones = new("zones.csv", "zones.gpkg", null, "name"),
            Accuracy = new("2022", "accuracy.json"),
            Warnings = [new("2019-01-07", "half of it is cloud")],
            Options = new Dictionary<string, string> { ["tiling"] = "blend" },
        });
    }

    /// <summary>One season and nothing but its class map.</summary>
    public static RunManifest Smallest(TempFolder folder)
    {
        Season(folder, "2022", mineRows: 8, built: true);
        return Save(folder, new RunManifest
        {
            Title = "Small",
            Tool = "AsmOnnx 0.1.0",
            Model = new("unet", new string('a', 64)),
            Classes = Classes,
            Seasons = [new("2022", "2022.classes.tif", [], [], [], null, [])],
        });
    }

    /// <summary>Writes a description into its folder.</summary>
    public static RunManifest Save(TempFolder folder, RunManifest manifest)
    {
        File.WriteAllText(folder.File(RunManifest.FileName), manifest.ToJson());
        return manifest;
    }

    /// <summary>A scene of one colour over the same ground with pixels of 20 m, in any system.</summary>
    public static void Scene(TempFolder folder, string name, GeoGrid grid, byte red, byte green, byte blue)
    {
        int plane = grid.Width * grid.Height;
        var info = new RasterInfo { Grid = grid, SampleType = SampleType.UInt8, Bands = [.. new[] { "red", "green", "blue" }.Select(band => new BandInfo { Name = band, NoData = 0 })] };
        new MemoryRaster<byte>(info, [.. Enumerable.Repeat(red, plane), .. Enumerable.Repeat(green, plane), .. Enumerable.Repeat(blue, plane)]).Save(folder.File(name));
    }

    private static ManifestSeason SeasonOf(string name, string? polygons) => new(name, $"{name}.classes.tif", [$"{name}.probabilities.tif"], [$"{name}.confidence.tif"], [$"{name}.scene.tif"], polygons,
        [new("30NXM", $"{name}-01-07", [new InputFile($"{name}.tif", new string('b', 64))])]);

    private static void Season(TempFolder folder, string name, int mineRows, bool built)
    {
        var codes = new byte[Side * Side];
        Array.Fill(codes, (byte)3);
        Fill(codes, 4, 4, 8, mineRows, 1);
        if (built) Fill(codes, 30, 30, 4, 4, 2);
        codes[0] = 0;
        CodeMaps.Raster(Side, codes, metadata: NoMetadata).Save(folder.File($"{name}.classes.tif"));
        GeoGrid grid = CodeMaps.Raster(Side, codes).Info.Grid;
        MapClass[] classes = [.. Classes.Select(c => new MapClass(c.Code, c.Name, Rgb.Parse(c.Color)))];

        // Mines with 0.8, the others with 0.2; the rest of each pixel's probability goes to vegetation.
        byte[] Band(Func<byte, byte> of) => [.. codes.Select(code => code == 0 ? (byte)0 : of(code))];
        byte[] mines = Band(code => code == 1 ? (byte)204 : (byte)51), few = Band(_ => 1), vegetation = Band(code => code == 1 ? (byte)50 : (byte)203);
        new MemoryRaster<byte>(MapProducts.Probabilities(grid, classes, SampleType.UInt8, NoMetadata), [.. mines, .. few, .. vegetation]).Save(folder.File($"{name}.probabilities.tif"));
        new MemoryRaster<byte>(MapProducts.Share(grid, "confidence", NoMetadata), Band(_ => 204)).Save(folder.File($"{name}.confidence.tif"));
        Scene(folder, $"{name}.scene.tif", new GeoGrid(Side / 2, Side / 2, grid.Origin, 20, 20, grid.Crs), 200, 100, 50);
    }

    private static void Fill(byte[] codes, int column, int row, int width, int height, byte code)
    {
        for (int y = row; y < row + height; y++) Array.Fill(codes, code, y * Side + column, width);
    }
}
