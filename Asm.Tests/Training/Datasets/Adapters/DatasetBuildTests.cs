using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class DatasetBuildTests : IDisposable
{
    private static readonly SimulationOptions Small = new() { Width = 48, Height = 40, Seasons = 1, DatesPerSeason = 2, MineDensity = 4 };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Simulated_scenes_are_stored_as_the_simulator_gives_them_each_seed_on_ground_of_its_own()
    {
        DatasetRequest request = SceneBuild.Request(_folder.File("set"));
        (DatasetManifest manifest, _) = SceneBuild.Run(request with { Options = request.Options with { BlockMetres = 200 } }, Scenes(3, 4));
        Assert.Equal(["seed3-season1-date1", "seed3-season1-date2", "seed4-season1-date1", "seed4-season1-date2"], manifest.Scenes.Select(s => s.Name));
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        Assert.Equal(2, SceneGroups.Of(dataset.Manifest.Scenes).Distinct().Count());
        var scene = new SimulatedScene(Small with { Seed = 4 });
        using IRasterSource bands = scene.Bands(0, 1), truth = scene.Truth(0);
        var expected = new ushort[480];
        bands.Read<ushort>(new(0, 7, 48, 1), [.. Enumerable.Range(0, 10)], expected);
        Assert.Equal(expected, dataset.SampleRow(dataset.Manifest.Scenes[3], 7).ToArray());
        byte[] codes = new byte[48];
        truth.Read<byte>(new(0, 7, 48, 1), [0], codes);
        Assert.Equal(codes, dataset.LabelRow(dataset.Manifest.Scenes[3], 7).ToArray());
    }

    [Fact]
    public void Places_of_a_region_lie_on_the_ground_as_they_lie_in_it()
    {
        DatasetRequest request = SceneBuild.Request(_folder.File("set"));
        SceneBuild.Run(request, SimulatedInputs.List(Small with { DatesPerSeason = 1 }, [3], [new(0, 0), new(20, 10), new(48, 0)], SceneBuild.Scheme()));
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        DatasetScene[] scenes = dataset.Manifest.Scenes;
        Assert.Equal(["seed3-place0_0-season1-date1", "seed3-place20_10-season1-date1", "seed3-place48_0-season1-date1"], scenes.Select(s => s.Name));
        Assert.Equal(dataset.LabelRow(scenes[0], 25)[20..].ToArray(), dataset.LabelRow(scenes[1], 15)[..28].ToArray());
        Assert.Equal((scenes[0].OriginX + 200, scenes[0].OriginY - 100), (scenes[1].OriginX, scenes[1].OriginY));
        // the second overlaps both of its neighbours, which only touch
        Assert.Single(SceneGroups.Of(scenes).Distinct());
        Assert.Equal(2, SceneGroups.Of([scenes[0], scenes[2]]).Distinct().Count());
    }

    [Fact]
    public void A_window_read_in_parts_is_the_window()
    {
        using IRasterSource bands = new SimulatedScene(new SimulationOptions { Width = 700, Height = 300 }).Bands(0, 0);
        using var parts = new ParallelSource(bands, new());
        var window = new PixelWindow(5, 3, 690, 290);
        ushort[] expected = new ushort[2 * window.PixelCount], found = new ushort[expected.Length];
        bands.Read<ushort>(window, [9, 2], expected);
        parts.Read<ushort>(window, [9, 2], found);
        Assert.Equal(expected, found);
        using var stopped = new ParallelSource(bands, new() { Cancellation = new CancellationToken(canceled: true) });
        Assert.Throws<OperationCanceledException>(() => stopped.Read<ushort>(window, [9, 2], found));
    }

    [Fact]
    public void Scenes_are_given_to_a_split_by_name_or_pattern()
    {
        DatasetRequest request = SceneBuild.Request(_folder.File("set")) with { ValidationScenes = ["seed4-season1-date2"], TestScenes = ["seed5-*"] };
        (DatasetManifest manifest, _) = SceneBuild.Run(request with { Options = request.Options with { ValidationShare = 0, TestShare = 0 } }, Scenes(3, 4, 5));
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        Assert.Equal([Split.Train, Split.Train, Split.Validation, Split.Validation, Split.Test, Split.Test], dataset.Manifest.Scenes.Select(s => Assert.Single(SmallScenes.SplitsOf(dataset, s.Name).Distinct())));
        Assert.Contains("'seed9*' is the name of no scene", Assert.Throws<AsmException>(() => SceneBuild.Run(request with { ValidationScenes = [], TestScenes = ["seed9*"] }, Scenes(3))).Message, StringComparison.Ordinal);
        Assert.Contains("'seed3-season1-date1' is for validation too", Assert.Throws<AsmException>(() => SceneBuild.Run(request with { ValidationScenes = ["*"], TestScenes = ["*"] }, Scenes(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_a_pixel_is_an_error_unless_it_is_allowed()
    {
        DatasetRequest request = SceneBuild.Request(_folder.File("set"), SceneBuild.Scheme(null, "mines=none")) with { AllowEmpty = false };
        IReadOnlyList<SceneInput> scenes = SimulatedInputs.List(Small, [3], [default], request.Scheme);
        Assert.StartsWith("labels: no pixel of mines\n", Assert.Throws<AsmException>(() => SceneBuild.Run(request, scenes)).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Contains("no pixel of mines", SceneBuild.Run(request with { AllowEmpty = true }, scenes).Warnings);
    }

    [Fact]
    public void Patches_without_a_class_that_their_split_has_are_a_warning()
    {
        // mines in the first column alone, and a patch of 16 x 16 pixels as large as its place in the image of 24 x 16
        byte[] labels = [.. Enumerable.Range(0, 24 * 16).Select(i => (byte)(i % 24 == 0 ? 1 : i % 2 + 2))];
        (GeoGrid wide, DatasetRequest request) = (SmallScenes.Grid(24, 16), SceneBuild.Request(_folder.File("set")));
        string image = SceneBuild.WriteImage(_folder.File("a.tif"), wide, 10, SceneBuild.TenBands), mask = SceneBuild.WriteRaster(_folder.File("mask.tif"), wide, labels);
        var options = new LabelOptions { Scheme = request.Scheme, Warn = _ => { } };
        DatasetRequest one = request with { Options = request.Options with { Patches = 1, ValidationShare = 0, TestShare = 0 } };
        (_, string[] warnings) = SceneBuild.Run(one, StackInputs.List([image], [mask], options, null, new StackRadiometry()));
        Assert.Contains("the train patches hold no pixel of mines, though the split has some: make blocks larger (--block), patches smaller (--patch) or more (--patches)", warnings);
        (_, warnings) = SceneBuild.Run(one with { Overwrite = true, Options = one.Options with { Patches = 9 } }, StackInputs.List([image], [mask], options, null, new StackRadiometry()));
        Assert.DoesNotContain(warnings, w => w.Contains("hold no pixel", StringComparison.Ordinal));
    }

    [Fact]
    public void A_patch_must_fit_into_a_block()
    {
        DatasetRequest request = SceneBuild.Request(_folder.File("set"));
        string message = Assert.Throws<AsmException>(() => SceneBuild.Run(request with { Options = request.Options with { BlockMetres = 150 } }, Scenes(3))).Message;
        Assert.StartsWith("--block: 150 m, and a patch of 16 pixels is 160 m wide", message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_source_that_fails_leaves_nothing()
    {
        SceneInput[] scenes = [.. Scenes(3), new SceneInput("gone", "gone", _ => throw new AsmException("gone", "it is not there", "a file", "check the path"))];
        Assert.StartsWith("gone: ", Assert.Throws<AsmException>(() => SceneBuild.Run(SceneBuild.Request(_folder.File("set")), scenes)).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    private static IReadOnlyList<SceneInput> Scenes(params ulong[] seeds) => SimulatedInputs.List(Small, seeds, [default], SceneBuild.Scheme());
}
