using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of products as people have them: what tells their numbers, and what lies in their folders.</summary>
public sealed class ProductFixTests : FixTrial
{
    private static readonly string[] Keys = ["blue", "green", "red", "rededge1", "rededge2", "rededge3", "nir", "nir08", "swir16", "swir22"];

    private const string ScaleFix = Asm.Maps.Bands.StackBands.ScaleFix;

    private static string[] Prepare(string scene, params string[] more) => ["prepare", scene, "-o", "stack.tif", "--overwrite", .. more];

    /// <summary>A folder of band files with a STAC item; the same raster:bands for all bands, but for the last one.</summary>
    private void WriteItem(string baseline, string raster = "", string? last = null)
    {
        SafeFolder.WriteFlat(PathOf("flat"));
        string assets = string.Join(',', Keys.Select((key, i) => $$"""
            "{{key}}":{"href":"./{{Stacks.BandNames[i]}}.tif","raster:bands":[{ {{(i == 9 ? last ?? raster : raster)}} }]}
            """));
        File.WriteAllText(PathOf("flat/item.json"), $$"""
            {"type":"Feature","stac_version":"1.0.0","id":"S2A_30NWM_20230115_0_L2A","links":[],
             "properties":{"datetime":"2023-01-15T10:23:41Z","s2:product_type":"S2MSI2A","s2:processing_baseline":"{{baseline}}"},"assets":{ {{assets}} } }
            """);
    }

    [Fact]
    [Fix("download the product anew, or give `offset` -1000 (baseline 04.00 and later) or `offset` 0 (earlier)")]
    public void A_product_without_its_metadata_is_told_its_offset()
    {
        string product = Path.GetFileName(SafeFolder.Write(Folder)), metadata = Path.Combine(PathOf(product), "MTD_MSIL2A.xml");
        File.Move(metadata, PathOf("kept.xml"));
        Fails(Prepare(product));
        Works(Prepare(product, "--offset", "-1000"));
        Works(Prepare(product, "--offset", "0"));
        File.Move(PathOf("kept.xml"), metadata);
        Works(Prepare(product));
    }

    [Fact]
    [Fix("put the product's own metadata file beside the bands, or give `offset` -1000 (the numbers are as ESA delivered them) or `offset` 0 (the offset was removed)")]
    public void An_item_that_is_silent_about_the_offset_is_completed()
    {
        WriteItem("05.09");
        Fails(Prepare("flat"));
        Works(Prepare("flat", "--offset", "-1000"));
        Works(Prepare("flat", "--offset", "0"));
        File.WriteAllText(PathOf("flat/MTD_MSIL2A.xml"), SafeFolder.ProductXml());
        Works(Prepare("flat"));
    }

    [Fact]
    [Fix("give `offset` and `quantification`, and move the item away")]
    public void An_item_of_several_scales_is_moved_away()
    {
        WriteItem("05.09", "\"scale\":0.0001,\"offset\":-0.1", "\"scale\":0.001,\"offset\":-0.1");
        Fails(Prepare("flat"));
        File.Move(PathOf("flat/item.json"), PathOf("item.json"));
        Works(Prepare("flat", "--offset", "-1000", "--quantification", "10000"));
    }

    [Fact]
    [Fix("look at dark water, whose reflectance is near 0, and give `offset` {} or `offset` {}")]
    public void A_file_that_contradicts_the_item_is_decided()
    {
        WriteItem("05.09", "\"scale\":0.0001,\"offset\":0");
        Run("gdal_edit.py", "-scale", "0.0001", "-offset", "-0.1", PathOf("flat/B02.tif"));
        string said = Fails(Prepare("flat"));
        Assert.Contains("give --offset -1000 or --offset 0", said, StringComparison.Ordinal);
        Works(Prepare("flat", "--offset", "-1000"));
        Works(Prepare("flat", "--offset", "0"));
    }

    [Fact]
    [Fix("give one of them, for example {}")]
    public void A_folder_of_several_products_is_told_which()
    {
        Directory.CreateDirectory(PathOf("all products"));
        SafeFolder.WriteFlat(PathOf("all products/a"));
        SafeFolder.WriteFlat(PathOf("all products/b"));
        string said = Fails(Prepare("all products", "--offset", "0"));
        string one = System.Text.RegularExpressions.Regex.Match(said, "for example (.*)").Groups[1].Value.Trim();
        Works(Prepare(one, "--offset", "0"));
    }

    [Fact]
    [Fix("leave `bands` out")]
    [Fix("leave `offset` out")]
    [Fix("give another number, or leave it out")]
    public void Settings_that_do_not_go_with_an_input_are_left_out()
    {
        SafeFolder.WriteFlat(PathOf("flat"));
        Fails(Prepare("flat", "--bands", string.Join(',', Stacks.BandNames)));
        Works("prepare", "flat", "-o", "once.tif");
        Fails(Prepare("once.tif", "--offset", "-1000"));
        Works(Prepare("once.tif"));
        Fails(Prepare("flat", "--nodata", "-9999"));
        Works(Prepare("flat", "--nodata", "65535"));
    }

    [Fact]
    [Fix("put them together: gdalwarp {}-*.tif {}, and give that")]
    public void Tiles_of_one_export_are_put_together()
    {
        Directory.CreateDirectory(PathOf("my exports"));
        for (int i = 0; i < 2; i++)
        {
            Stacks.Write(PathOf("tile.tif"), 48, 48, new GeoGrid(48, 48, new(600_000 + 480 * i, 700_020), 10, 10, Asm.Raster.Projections.Crs.Utm(30, north: true)));
            File.Move(PathOf("tile.tif"), PathOf($"my exports/scene-0000000000-{48 * i:0000000000}.tif"));
        }
        string command = System.Text.RegularExpressions.Regex.Match(Fails(Prepare("my exports")), "put them together: (gdalwarp .*), and give that").Groups[1].Value;
        Run("gdalwarp", "--version");
        Run("sh", "-c", command);
        Works(Prepare("my exports/scene.tif"));
        Assert.Contains("96 x 48 px", Works("inspect", "stack.tif"), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("if this number means no data, give `nodata` {}")]
    [Fix(ScaleFix + ", or correct the scale that the file declares")]
    public void Numbers_that_cannot_be_reflectance_are_no_data_or_of_another_scale()
    {
        WriteFloats("fill.tif", i => i % 10 == 0 ? -9999 : 0.2f + i % 7 * 0.01f);
        string number = System.Text.RegularExpressions.Regex.Match(Fails(Prepare("fill.tif", "--no-preflight")), "--nodata ([^\\s]+)").Groups[1].Value;
        Works(Prepare("fill.tif", "--no-preflight", "--nodata", number));
        WriteFloats("raw.tif", i => 2000 + i % 700);
        Fails(Prepare("raw.tif", "--no-preflight"));
        Works(Prepare("raw.tif", "--no-preflight", "--quantification", "10000"));
        Run("gdal_edit.py", "-scale", "0.0001", PathOf("raw.tif"));
        Works(Prepare("raw.tif", "--no-preflight"));
    }

    [Fact]
    [Fix("give the SCL file with `scl`, or leave `scl` out")]
    public void A_product_without_a_scene_classification_is_given_one()
    {
        SafeFolder.WriteFlat(PathOf("flat"));
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        CodeMaps.Raster(60, [.. Enumerable.Repeat((byte)4, 60 * 40)], names: []).Save(PathOf("scl.tif"));
        string[] predict = ["predict", "flat", "--offset", "0", "--model", "model.onnx", "--no-preflight", "-o", "out", "--overwrite"];
        Fails([.. predict, "--scl", "product"]);
        Works([.. predict, "--scl", "scl.tif"]);
        Works(predict);
    }

    [Fact]
    [Fix("use `tiling` blend")]
    public void A_network_that_looks_at_the_whole_window_is_blended()
    {
        var net = new Network(10, 1);
        string mean = net.Add("GlobalAveragePool", [net.Conv(Network.Input, 10, 3, 3)]);
        net.Softmax(net.Add("Add", [net.Conv(Network.Input, 10, 3, 3), mean]), "probabilities");
        net.Finish("probabilities", 3);
        net.Save(PathOf("whole.onnx"), window: 32);
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        string[] predict = ["predict", "scene.tif", "--model", "whole.onnx", "--no-preflight", "-o", "out"];
        Fails([.. predict, "--tiling", "exact"]);
        Works([.. predict, "--tiling", "blend"]);
    }

    [Fact]
    [Fix("for example `scl-classes` 3,8,9,10")]
    public void Classes_that_no_scene_classification_has_are_exchanged()
    {
        using SegmentationModel model = Loaded(Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32));
        using GeoTiffSource stack = GeoTiffSource.Open(Stacks.Write(PathOf("scene.tif"), 48, 48));
        using MemoryRaster<byte> classification = CodeMaps.Raster(48, [.. Enumerable.Repeat((byte)4, 48 * 48)], names: []);
        void Predict(params int[] classes)
        {
            using var map = new MemoryRaster<byte>(PredictionProducts.Classes(stack.Info.Grid, model.Description, new Dictionary<string, string>()));
            Predictor.Run(stack, model, new() { Classes = map }, new() { SceneClassification = classification, SceneClasses = classes }, new() { Cancellation = TestContext.Current.CancellationToken });
        }
        Refuses(() => Predict(3, 12));
        Predict(3, 8, 9, 10);
    }

    private static SegmentationModel Loaded(string path) => SegmentationModel.Load(path, 1);

    private void WriteFloats(string name, Func<int, float> number) =>
        new MemoryRaster<float>(Stacks.Grid(48, 48), [.. Stacks.BandNames.Select(band => new BandInfo { Name = band })],
            [.. Enumerable.Range(0, 10 * 48 * 48).Select(i => number(i % (48 * 48)))]).Save(PathOf(name));
}
