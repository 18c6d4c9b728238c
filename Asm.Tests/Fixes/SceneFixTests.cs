using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of the verbs that work on scenes.</summary>
public sealed class SceneFixTests : FixTrial
{
    public SceneFixTests()
    {
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
    }

    private static string[] Predict(string scene, params string[] more) =>
        ["predict", scene, "--model", "model.onnx", "--no-preflight", "-o", "out", "--overwrite", .. more];

    [Fact]
    [Fix("add `area` FILE, or leave it out")]
    [Fix("give `bounds` WEST,SOUTH,EAST,NORTH in the CRS of the scene")]
    public void The_extent_of_a_stack_is_given_in_full()
    {
        Fails("prepare", "scene.tif", "-o", "a.tif", "--area-layer", "zones");
        Works("prepare", "scene.tif", "-o", "a.tif", "--area", "zones.geojson", "--area-layer", "zones");
        Works("prepare", "scene.tif", "-o", "b.tif");
        Fails("prepare", "scene.tif", "-o", "c.tif", "--bounds", "-2.1,6.3,-2.0,6.4");
        Works("prepare", "scene.tif", "-o", "c.tif", "--bounds", "600000,699800,600200,700000");
    }

    [Fact]
    [Fix("rename one, or run the verb once for each with another -o")]
    public void Scenes_of_one_name_are_renamed_or_go_into_other_folders()
    {
        Directory.CreateDirectory(PathOf("other"));
        Stacks.Write(PathOf("other/scene.tif"), 48, 48);
        Fails("predict", "scene.tif", "other/scene.tif", "--model", "model.onnx", "--no-preflight", "-o", "out");
        Works("predict", "other/scene.tif", "--model", "model.onnx", "--no-preflight", "-o", "out2");
        File.Move(PathOf("other/scene.tif"), PathOf("other/scene2.tif"));
        Works("predict", "scene.tif", "other/scene2.tif", "--model", "model.onnx", "--no-preflight", "-o", "out");
    }

    [Fact]
    [Fix("give its file with `scl`")]
    [Fix("give `scl` once for each, in the order of the inputs, or `scl` product for products")]
    public void Scene_classifications_are_given_for_each_scene()
    {
        byte[] codes = [.. Enumerable.Repeat((byte)4, 48 * 48)];
        CodeMaps.Raster(48, codes, names: []).Save(PathOf("scl.tif"));
        Stacks.Write(PathOf("scene2.tif"), 48, 48);
        Fails(Predict("scene.tif", "--scl-classes", "3,8,9"));
        Works(Predict("scene.tif", "--scl", "scl.tif", "--scl-classes", "3,8,9"));
        Fails(["predict", "scene.tif", "scene2.tif", .. Predict("")[2..], "--scl", "scl.tif"]);
        Works(["predict", "scene.tif", "scene2.tif", .. Predict("")[2..], "--scl", "scl.tif", "--scl", "scl.tif"]);
    }

    [Fact]
    [Fix("give `max-memory` {}MB or more, or a smaller `window`")]
    [Fix("give a smaller overlap or a larger `window`")]
    [Fix("leave `window` out")]
    public void Windows_fit_the_memory_the_overlap_and_the_network()
    {
        Stacks.Write(PathOf("wide.tif"), 512, 512);
        string need = System.Text.RegularExpressions.Regex.Match(
            Fails(Predict("wide.tif", "--window", "512", "--max-memory", "180MB")), "--max-memory ([0-9]+MB)").Groups[1].Value;
        Works(Predict("wide.tif", "--window", "512", "--max-memory", need));
        Works(Predict("wide.tif", "--window", "32", "--overlap", "4", "--max-memory", "180MB"));
        Fails(Predict("scene.tif", "--overlap", "32", "--window", "32"));
        Works(Predict("scene.tif", "--overlap", "32", "--window", "64"));
        Works(Predict("scene.tif", "--overlap", "8", "--window", "32"));
        Fails(Predict("scene.tif", "--tiling", "exact", "--window", "16"));
        Works(Predict("scene.tif", "--tiling", "exact"));
    }

    [Fact]
    [Fix("give `overwrite` to replace it, or another path")]
    public void An_output_that_is_there_is_replaced_on_demand()
    {
        Works("prepare", "scene.tif", "-o", "a.tif");
        Fails("prepare", "scene.tif", "-o", "a.tif");
        Works("prepare", "scene.tif", "-o", "a.tif", "--overwrite");
        Works("prepare", "scene.tif", "-o", "b.tif");
    }

    [Fact]
    [Fix("give another path with `output`")]
    public void An_output_that_is_an_input_gets_another_path()
    {
        SafeFolder.WriteFlat(PathOf("bands"));
        Fails("prepare", "bands", "--offset", "0", "-o", "bands/B02.tif", "--overwrite");
        Works("prepare", "bands", "--offset", "0", "-o", "bands/stack.tif");
    }

    [Fact]
    [Fix("leave `cloud-report` out")]
    public void A_cloud_report_needs_visible_bands()
    {
        string[] bands = ["B08", "B11", "B12"];
        Stacks.Write(PathOf("infrared.tif"), 48, 48, bands: bands);
        Network.UNet(bands: 3, depth: 2, width: 2).Save(PathOf("infrared.onnx"), bands, window: 32);
        string[] predict = ["predict", "infrared.tif", "--model", "infrared.onnx", "--no-preflight", "-o", "out"];
        Fails([.. predict, "--cloud-report", "clouds.csv"]);
        Works(predict);
    }
}
