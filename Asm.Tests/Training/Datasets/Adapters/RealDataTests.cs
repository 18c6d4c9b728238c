using Asm.Inference.Preparation;
using Asm.Tests.Support;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class RealDataTests : IDisposable
{
    private static readonly string[] EuroSat = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A"];
    private static readonly string[] TerraMesh = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EuroSAT_chips_carry_their_folders_class()
    {
        ClassScheme scheme = SceneBuild.Scheme("none", "Residential=built", "Industrial=built", "Forest=vegetation", "Pasture=vegetation", "HerbaceousVegetation=vegetation");
        IReadOnlyList<SceneInput> scenes = ChipInputs.List(SharedData.Require("patches/eurosat100"), scheme, EuroSat, new StackRadiometry());
        (DatasetManifest manifest, string[] warnings) = SceneBuild.Run(SceneBuild.Request(_folder.File("set"), scheme) with { FitPatches = true, Options = SceneBuild.SmallOptions with { PatchPixels = 256, Patches = 16_000 } }, scenes);
        Assert.Equal(50, manifest.Scenes.Length);
        Assert.Equal((64, 50), (manifest.PatchPixels, manifest.Patches.Values.Sum()));
        Assert.Equal([0, 20 * 4096, 30 * 4096], Enumerable.Range(0, 3).Select(c => manifest.LabelledPixels.Values.Sum(p => p[c])));
        Assert.Contains("no pixel of mines", warnings);
        // plants reflect the near infrared: B8A, the last band of the files, is the eighth here
        Assert.InRange(manifest.BandMean[7], 0.2f, 0.4f);
        Assert.InRange(manifest.BandMean[9], 0.05f, 0.2f);
    }

    [Fact]
    public void Masks_of_land_cover_pair_with_their_chips()
    {
        ClassScheme scheme = SceneBuild.Scheme("none", "5=built", "2=vegetation", "3=vegetation", "4=vegetation", "9=vegetation");
        string folder = SharedData.Require("patches/terramesh-5chips");
        (DatasetManifest manifest, _) = SceneBuild.Run(SceneBuild.Request(_folder.File("set"), scheme) with { FitPatches = true, Options = SceneBuild.SmallOptions with { PatchPixels = 256, Patches = 100 } },
            PairInputs.List(Path.Combine(folder, "S2L2A"), Path.Combine(folder, "LULC"), scheme, TerraMesh, new StackRadiometry()));
        Assert.Equal((5, 224), (manifest.Scenes.Length, manifest.PatchPixels));
        Assert.Equal(12539, manifest.LabelledPixels.Values.Sum(p => p[1]));
    }

    [Fact]
    public void A_real_stack_and_polygons_in_degrees_make_a_data_set()
    {
        string stack = SharedData.Require("scenes/thailand-T48QUE"), labels = _folder.File("labels.geojson");
        File.WriteAllText(labels, """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"kind":"town"},"geometry":{"type":"Polygon","coordinates":[[[103.71,17.90],[103.73,17.90],[103.73,17.92],[103.71,17.92],[103.71,17.90]]]}},
            {"type":"Feature","properties":{"kind":"trees"},"geometry":{"type":"Polygon","coordinates":[[[103.75,17.88],[103.79,17.88],[103.79,17.95],[103.75,17.95],[103.75,17.88]]]}}]}
            """);
        var options = new LabelOptions { Scheme = SceneBuild.Scheme(null, "town=built", "trees=vegetation"), ClassField = "kind", Warn = _ => { } };
        DatasetRequest request = SceneBuild.Request(_folder.File("set"), options.Scheme) with { Options = SceneBuild.SmallOptions with { PatchPixels = 64, BlockMetres = 1280, Patches = 40 } };
        (DatasetManifest manifest, _) = SceneBuild.Run(request, StackInputs.List([stack], [labels], options, null, new StackRadiometry()));
        Assert.Equal((1068, 1068), (manifest.Scenes[0].Width, manifest.Scenes[0].Height));
        // 0.02 x 0.02 and 0.04 x 0.07 degrees at 17.91 north are 2,118.5 x 2,213.4 m and 4,237 x 7,747 m
        Assert.InRange(manifest.LabelledPixels.Values.Sum(p => p[1]), 46_890 * 0.999, 46_890 * 1.001);
        Assert.InRange(manifest.LabelledPixels.Values.Sum(p => p[2]), 328_240 * 0.999, 328_240 * 1.001);
        Assert.Equal(40, manifest.Patches["train"]);
    }

    [Theory]
    [InlineData("points/german-cities/data_combined_ll.csv.gz", "Label", "ID", 9_800, 16_400)]
    [InlineData("points/lesotho/landcover_training_data_2021_GEE.txt", "LC_Class_I", "x_coord,y_coord", 528, 3_744)]
    public void Points_are_counted_once_for_each_date_that_has_all_bands(string path, string classField, string groups, int built, int vegetation)
    {
        ClassScheme scheme = SceneBuild.Scheme("none", "Industrial=built", "Settlement=built", "Urban=built", "ConiferousForest=vegetation", "DeciduousForest=vegetation", "MixedForest=vegetation", "Grassland=vegetation", "PlantedFields=vegetation", "1=built", "4=vegetation");
        IReadOnlyList<SceneInput> scenes = PointInputs.List(SharedData.Require(path), new PointOptions { Scheme = scheme, ClassField = classField, GroupFields = groups.Split(','), BlockMetres = 20_000 });
        (DatasetManifest manifest, _) = SceneBuild.Run(SceneBuild.Request(_folder.File("set"), scheme), scenes);
        Assert.Equal([0, built, vegetation], Enumerable.Range(0, 3).Select(c => manifest.LabelledPixels.Values.Sum(p => p[c])));
        Assert.All(manifest.Scenes, s => Assert.True(s.Points));
    }
}
