using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Tests.Support;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class FolderInputsTests : IDisposable
{
    private static readonly GeoGrid Nowhere = new(4, 4, new(0, 0), 1, 1, null);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_and_masks_pair_by_name_and_a_mask_without_a_place_lies_on_its_image()
    {
        SceneBuild.WriteImage(_folder.File("x/img_a_1.tif"), SmallScenes.Grid(4, 4), 10);
        SceneBuild.WriteImage(_folder.File("x/img_a_2.tif"), SmallScenes.Grid(4, 4, x: 700_000), 10);
        SceneBuild.WriteRaster(_folder.File("y/mask_a_1.tif"), Nowhere, [.. Enumerable.Repeat((byte)1, 16)]);
        SceneBuild.WriteRaster(_folder.File("y/mask_a_2.tif"), SmallScenes.Grid(4, 4, x: 700_000), [.. Enumerable.Repeat((byte)0, 16)]);
        IReadOnlyList<SceneInput> scenes = Pairs();
        Assert.Equal(["img_a_1", "img_a_2"], scenes.Select(s => s.Name));
        (DatasetManifest manifest, _) = SceneBuild.Run(SceneBuild.Request(_folder.File("set")), scenes);
        Assert.Equal([16, 0, 0], manifest.LabelledPixels["train"]);
        Assert.Equal(SceneBuild.TenBands, manifest.Bands);
    }

    [Fact]
    public void Single_images_and_masks_of_another_size_are_refused()
    {
        SceneBuild.WriteImage(_folder.File("x/a.tif"), Nowhere, 10);
        SceneBuild.WriteRaster(_folder.File("y/a.tif"), new GeoGrid(5, 4, new(0, 0), 1, 1, null), new byte[20]);
        Assert.Contains("a.tif: its grid differs from that of", Assert.Throws<GridMismatchException>(() => SceneBuild.Run(SceneBuild.Request(_folder.File("set")), Pairs())).Message, StringComparison.Ordinal);
        SceneBuild.WriteRaster(_folder.File("y/b.tif"), Nowhere, new byte[16]);
        Assert.Contains("b.tif: it has no partner of its name", Assert.Throws<AsmException>(Pairs).Message, StringComparison.Ordinal);
        Assert.Contains("is no folder", Assert.Throws<AsmException>(() => PairInputs.List(_folder.File("z"), _folder.File("y"), SceneBuild.Scheme(), null, new StackRadiometry())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SmallMinesDS_is_read_with_its_ten_bands_and_both_years_of_a_patch_are_one_place()
    {
        foreach (int year in new[] { 2016, 2022 })
            for (int i = 1; i <= 6; i++)
            {
                SceneBuild.WriteImage(_folder.File($"s/{year}/IMAGE/IMG_000{i}_{year}.tif"), Nowhere, 13);
                SceneBuild.WriteRaster(_folder.File($"s/{year}/MASK/MASK_000{i}_{year}.tif"), Nowhere, [.. Enumerable.Range(0, 16).Select(p => (byte)(p < 3 ? 1 : 0))]);
            }

        ClassScheme scheme = SceneBuild.Scheme("vegetation", "1=mines");
        IReadOnlyList<SceneInput> scenes = SmallMinesInputs.List(_folder.File("s"), scheme, null, new StackRadiometry());
        (DatasetManifest manifest, _) = SceneBuild.Run(SceneBuild.Request(_folder.File("set"), scheme) with { FitPatches = true }, scenes);
        Assert.Equal(12, manifest.Scenes.Length);
        Assert.Equal([36, 0, 156], Enumerable.Range(0, 3).Select(c => manifest.LabelledPixels.Values.Sum(p => p[c])));
        Assert.Equal(0.0401, manifest.BandMean[3], 1e-7);
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        foreach (IGrouping<string, DatasetScene> place in dataset.Manifest.Scenes.GroupBy(s => s.Name[..8]))
            Assert.Single(place.SelectMany(s => SmallScenes.SplitsOf(dataset, s.Name)).Distinct());
        Assert.Equal([8, 2, 2], new[] { "train", "validation", "test" }.Select(k => manifest.Patches[k]));
        File.Delete(_folder.File("s/2016/MASK/MASK_0003_2016.tif"));
        Assert.Contains("MASK_0003_2016.tif: it is not there", Assert.Throws<AsmException>(() => SmallMinesInputs.List(_folder.File("s"), scheme, null, new StackRadiometry())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_chips_that_are_no_class_are_named()
    {
        SceneBuild.WriteImage(_folder.File("c/Forest/1.tif"), Nowhere, 10);
        SceneBuild.WriteImage(_folder.File("c/River/1.tif"), Nowhere, 10);
        Assert.Contains("values that are no class: River", Assert.Throws<AsmException>(() => ChipInputs.List(_folder.File("c"), SceneBuild.Scheme(null, "Forest=vegetation"), null, new StackRadiometry())).Message, StringComparison.Ordinal);
        Assert.Equal([_folder.File("c/Forest/1.tif")], ChipInputs.List(_folder.File("c"), SceneBuild.Scheme("none", "Forest=vegetation"), null, new StackRadiometry()).Select(s => s.Source));
        Assert.Contains("holds no chip of any class", Assert.Throws<AsmException>(() => ChipInputs.List(_folder.File("c"), SceneBuild.Scheme("none"), null, new StackRadiometry())).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<SceneInput> Pairs() => PairInputs.List(_folder.File("x"), _folder.File("y"), SceneBuild.Scheme(), null, new StackRadiometry());
}
