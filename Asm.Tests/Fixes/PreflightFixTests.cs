using Asm.Inference.Model;
using Asm.Maps.Bands;
using Asm.Raster.Windows;
using Asm.Tests.Inference.Preflighting;
using Asm.Tests.Support;
using Google.Protobuf;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of what the look at a scene finds: each spoils a clean simulated scene, and the settings that are told mend it.</summary>
public sealed class PreflightFixTests : FixTrial
{
    private const int Plane = Scenes.Side * Scenes.Side;

    private const string Clipped = "if the offset was removed twice, dark pixels fell to 0, the number for no data: "
        + "give the file as it was delivered, with `offset` -1000 where its numbers hold the offset still";

    private static readonly Lazy<MemoryRaster<ushort>> Clean = new(() => Scenes.Simulated(0));

    /// <summary>The scene in other numbers: a function of the band's position and reflectance x 10,000.</summary>
    private void Write<T>(string name, Func<int, int, double> number, double scale = 1, double? noData = 0, bool named = true) where T : unmanaged, System.Numerics.INumber<T>
    {
        MemoryRaster<ushort> clean = Clean.Value;
        T[] samples = [.. clean.Samples.Select((dn, i) => T.CreateSaturating(number(i / Plane, dn)))];
        new MemoryRaster<T>(clean.Info.Grid, [.. Stacks.BandNames.Select(band => new BandInfo { Name = named ? band : "", NoData = noData, Scale = scale })], samples).Save(PathOf(name));
    }

    private static string[] Prepare(string scene, params string[] more) => ["prepare", scene, "-o", "stack.tif", "--overwrite", .. more];

    private string[] Predict(string scene, params string[] more)
    {
        if (!File.Exists(PathOf("model.onnx"))) Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 64);
        return ["predict", scene, "--model", "model.onnx", "--outputs", "classes", "-o", "out", "--overwrite", .. more];
    }

    [Fact]
    [Fix("give `offset` {} with the file as it was delivered; if it is L1C over bright ground, or thin cloud lies over all of it, take another scene")]
    public void An_offset_that_was_left_in_is_removed()
    {
        Write<ushort>("delivered.tif", (_, dn) => dn + 1000);
        Fails(Prepare("delivered.tif"));
        Works(Prepare("delivered.tif", "--offset", "-1000"));
        Works(Predict("delivered.tif", "--offset", "-1000"));
    }

    [Fact]
    [Fix("if that is its scale, write \"reflectance 0..1\" into the metadata asm_scale; else begin the graph with a node that makes its scale of reflectance (a Mul by 10000 for reflectance x 10,000)")]
    public void A_model_that_states_no_scale_is_given_one()
    {
        const string Question = "does not state the scale";
        Write<ushort>("scene.tif", (_, dn) => dn);
        Network.UNet(depth: 2, width: 2).Save(PathOf("stated.onnx"), window: 64);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(PathOf("stated.onnx")));
        model.MetadataProps.Remove(model.MetadataProps.Single(p => p.Key == "asm_scale"));
        File.WriteAllBytes(PathOf("model.onnx"), model.ToByteArray());
        Assert.Contains(Question, Warns(Predict("scene.tif")), StringComparison.Ordinal);
        File.Copy(PathOf("stated.onnx"), PathOf("model.onnx"), overwrite: true);
        Assert.DoesNotContain(Question, Works(Predict("scene.tif")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("if this number means no data, give `nodata` {}")]
    public void One_number_in_all_bands_is_declared_where_it_means_no_data()
    {
        MemoryRaster<ushort> clean = Clean.Value;
        ushort[] samples = [.. clean.Samples.Select((dn, i) => i % Plane < 2000 ? (ushort)1 : dn)];
        new MemoryRaster<ushort>(clean.Info.Grid, [.. Stacks.BandNames.Select(band => new BandInfo { Name = band })], samples).Save(PathOf("ones.tif"));
        Assert.Contains("are 1 in every band", Warns(Prepare("ones.tif")), StringComparison.Ordinal);
        Assert.DoesNotContain("in every band", Works(Prepare("ones.tif", "--nodata", "1")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("give `quantification`, the number of reflectance 1, where it is another one, such as 1000; of open water nothing is to be fixed")]
    public void A_scene_that_is_dark_all_over_is_given_its_quantification()
    {
        Write<ushort>("thousand.tif", (_, dn) => dn / 10);
        Warns(Prepare("thousand.tif"));
        Assert.DoesNotContain("warning", Works(Prepare("thousand.tif", "--quantification", "1000")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("leave `offset` out: the file holds numbers whose offset was removed already; prepare the stack again")]
    [Fix("leave `offset` out where it was removed already; else " + StackBands.ScaleFix)]
    public void An_offset_that_was_removed_already_is_left_out()
    {
        Write<ushort>("removed.tif", (_, dn) => dn);
        Fails(Prepare("removed.tif", "--offset", "-1000"));
        Works(Prepare("removed.tif", "--offset", "-1000", "--no-preflight"));
        Fails(Predict("stack.tif"));
        Fails(Prepare("removed.tif", "--offset", "-4500", "--no-preflight"));
        Works(Prepare("removed.tif"));
        Works(Predict("stack.tif"));

        Write<float>("reflectance.tif", (_, dn) => dn / 1e4, noData: null);
        Fails(Prepare("reflectance.tif", "--quantification", "100000", "--no-preflight"));
        Works(Prepare("reflectance.tif", "--quantification", "1", "--no-preflight"));
    }

    [Fact]
    [Fix("check the source of these bands; " + Clipped)]
    [Fix(Clipped + "; else check the source of this band")]
    public void Numbers_that_fell_to_0_are_read_from_the_file_as_delivered()
    {
        Write<ushort>("delivered.tif", (_, dn) => dn + 1000);
        Write<ushort>("clipped.tif", (_, dn) => Math.Max(0, dn - 1000));
        Fails(Prepare("clipped.tif"));
        Write<ushort>("empty.tif", (band, dn) => band == 0 ? Math.Max(0, dn - 4000) : dn);
        Fails(Prepare("empty.tif"));
        Works(Prepare("delivered.tif", "--offset", "-1000"));
    }

    [Fact]
    [Fix("check `mask` and whether the scene covers the place")]
    public void A_mask_that_takes_nearly_all_is_exchanged()
    {
        Write<ushort>("scene.tif", (_, dn) => dn);
        (double west, double north) = (Clean.Value.Info.Grid.Origin.X, Clean.Value.Info.Grid.Origin.Y);
        void Mask(string name, double part)
        {
            string crs = Clean.Value.Info.Grid.Crs!.Epsg!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            string At(double x, double y) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{west + x * 10 * Scenes.Side},{north - y * 10 * Scenes.Side}]");
            File.WriteAllText(PathOf(name), $$$"""
                {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::{{{crs}}}"}},"features":[{"type":"Feature","properties":{},
                "geometry":{"type":"Polygon","coordinates":[[{{{At(0, 0)}}},{{{At(part, 0)}}},{{{At(part, 1)}}},{{{At(0, 1)}}},{{{At(0, 0)}}}]]}}]}
                """);
        }
        Mask("wrong.geojson", 0.97);
        Mask("right.geojson", 0.1);
        Warns(Prepare("scene.tif", "--mask", "wrong.geojson"));
        Assert.DoesNotContain("fix:", Works(Prepare("scene.tif", "--mask", "right.geojson")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix(StackBands.ScaleFix)]
    [Fix(StackBands.ScaleFix + "; numbers near 6.5 come from an offset that was removed twice from 16-bit numbers")]
    [Fix("give `quantification` 1 where the file holds reflectance 0..1 (and check the scale that it declares); 255 where whole numbers 0..255 are reflectance 0..1 (Sentinel Hub); a picture of 8 bits for the eye holds no reflectance")]
    public void Numbers_of_another_scale_are_told_theirs()
    {
        Write<ushort>("dim.tif", (_, dn) => Math.Min(dn, 3000) * 6.5535);
        Fails(Prepare("dim.tif"));
        Works(Predict("dim.tif", "--quantification", "65535", "--no-preflight"));
        Write<ushort>("whole.tif", (_, dn) => dn * 6.5535);
        Fails(Predict("whole.tif"));
        Works(Prepare("whole.tif", "--quantification", "65535"));
        Write<float>("thousands.tif", (_, dn) => dn, noData: null);
        Fails(Predict("thousands.tif"));
        Works(Predict("thousands.tif", "--quantification", "10000"));

        Write<float>("twice.tif", (_, dn) => dn / 1e4, scale: 1e-4, noData: null);
        Fails(Prepare("twice.tif"));
        Works(Prepare("twice.tif", "--quantification", "1"));
        Write<byte>("bytes.tif", (_, dn) => Math.Round(dn * 0.0255));
        Fails(Prepare("bytes.tif"));
        Works(Prepare("bytes.tif", "--quantification", "255"));
    }

    [Fact]
    [Fix("name the bands of the file in its order with `bands`, or put them in the order of the model (asm inspect MODEL.onnx); in EuroSAT files B8A is the last band")]
    public void Bands_in_another_order_are_named_or_put_in_order()
    {
        int[] order = [0, 1, 2, 3, 4, 5, 6, 8, 9, 7];
        Write<ushort>("eurosat.tif", (band, dn) => dn, named: false);
        Run("gdal_translate", ["-q", .. order.SelectMany(b => new[] { "-b", $"{b + 1}" }), PathOf("eurosat.tif"), PathOf("last.tif")]);
        Fails(Prepare("last.tif"));
        string names = string.Join(',', order.Select(b => Stacks.BandNames[b]));
        Works(Prepare("last.tif", "--bands", names));
        Works(Predict("last.tif", "--bands", names));
        string told = Works("inspect", "model.onnx");
        Assert.Contains($"bands            {string.Join(' ', Stacks.BandNames)}", told, StringComparison.Ordinal);
        Run("gdal_translate", ["-q", .. new[] { 1, 2, 3, 4, 5, 6, 7, 10, 8, 9 }.SelectMany(b => new[] { "-b", $"{b}" }), PathOf("last.tif"), PathOf("ordered.tif")]);
        Works(Prepare("ordered.tif"));
    }
}
