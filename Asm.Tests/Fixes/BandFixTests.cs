using System.Text.RegularExpressions;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of stacks whose bands or scales are of other programs.</summary>
public sealed class BandFixTests : FixTrial
{
    [Fact]
    [Fix("name the bands in the file's order, '-' for those not wanted: asm prepare {} -o stack.tif --bands {}; {}")]
    [Fix("give '-' for those that are not wanted")]
    [Fix("give a file that holds {}, or a folder of a file for each")]
    public void Bands_whose_names_say_nothing_are_named()
    {
        Jp2.Noise(48, 48, 3, bands: 13).Save(PathOf("euro sat.tif"));
        string said = Fails("prepare", "euro sat.tif", "-o", "stack.tif", "--no-preflight");
        string file = Regex.Match(said, "asm prepare \"([^\"]*)\"").Groups[1].Value, bands = Regex.Match(said, "EuroSAT's 13 bands are ([^ \n]*)").Groups[1].Value;
        Fails("prepare", file, "-o", "stack.tif", "--no-preflight", "--bands", string.Join(',', Stacks.BandNames));
        Works("prepare", file, "-o", "stack.tif", "--no-preflight", "--bands", bands);
        Works("prepare", file, "-o", "stack.tif", "--no-preflight", "--overwrite", "--bands", bands.Replace("B01", "-", StringComparison.Ordinal));

        Jp2.Noise(48, 48, 3, bands: 4).Save(PathOf("four.tif"));
        Fails("prepare", "four.tif", "-o", "four-stack.tif", "--no-preflight");
        SafeFolder.WriteFlat(PathOf("bands"));
        Works("prepare", "bands", "--offset", "0", "-o", "folder-stack.tif", "--no-preflight");
    }

    [Fact]
    [Fix("name the bands in the file as the model's: {}")]
    public void Bands_of_a_model_of_other_ones_are_named_as_it_names_them()
    {
        string[] bands = ["VV", "VH", "B08"];
        Network.UNet(bands: 3, depth: 2, width: 2).Save(PathOf("model.onnx"), bands, window: 32);
        Stacks.Write(PathOf("scene.tif"), 48, 48, bands: ["VV", "VH", "power", "B08"]);
        string[] predict = ["predict", "--model", "model.onnx", "--no-preflight", "--no-cloud-rule", "-o", "out"];
        Stacks.Write(PathOf("other.tif"), 48, 48, bands: ["VV", "co", "cross", "B08"]);
        Fails([.. predict, "other.tif"]);
        Works([.. predict, "scene.tif"]);
    }

    [Fact]
    [Fix("where the numbers are reflectance x 10,000, give `offset` {} and `quantification` 10000")]
    public void A_scale_and_an_offset_of_two_units_are_given_as_one()
    {
        var samples = new ushort[10 * 48 * 48];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)(1500 + i * 7 % 1000);
        new MemoryRaster<ushort>(Stacks.Grid(48, 48), [.. Stacks.BandNames.Select(name => new BandInfo { Name = name, NoData = 0, Scale = 1e-4, Offset = -1000 })], samples).Save(PathOf("scene.tif"));
        Match given = Regex.Match(Fails("prepare", "scene.tif", "-o", "stack.tif"), "--offset ([-0-9]+) and --quantification ([0-9]+)");
        Works("prepare", "scene.tif", "-o", "stack.tif", "--offset", given.Groups[1].Value, "--quantification", given.Groups[2].Value);
    }
}
