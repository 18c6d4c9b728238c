using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Datasets;

public sealed class DatasetWriterTests : IDisposable
{
    private static readonly DatasetOptions Options = new() { Description = "a test", PatchPixels = 2, Patches = 4, BlockMetres = null, LabelledShare = 0 };
    private static readonly GeoGrid Grid = SmallScenes.Grid(3, 2);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_lie_band_after_band_within_each_row_and_pixels_without_data_have_no_label()
    {
        WriteSmall(_folder.File("set"));
        ushort[] samples = [.. MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(Path.Combine(_folder.File("set"), "samples.bin")))];
        Assert.Equal([1, 2, 0, 11, 12, 0, 4, 0, 6, 14, 0, 16], samples);
        Assert.Equal([1, 1, 0, 0, 0, 2], File.ReadAllBytes(Path.Combine(_folder.File("set"), "labels.bin")));
        Assert.Equal([1, 1, 1, 1, 1, 1], File.ReadAllBytes(Path.Combine(_folder.File("set"), "splits.bin")));
        Assert.Equal(["dataset.json", "labels.bin", "patches.csv", "preview.png", "samples.bin", "splits.bin"], Directory.EnumerateFileSystemEntries(_folder.File("set")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_data_set_reads_back_as_rasters()
    {
        WriteSmall(_folder.File("set"));
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        DatasetScene scene = Assert.Single(dataset.Manifest.Scenes);
        Assert.Equal(("scene", "scene.tif", "EPSG:32630"), (scene.Name, scene.Source, scene.Crs));
        using IRasterSource stack = dataset.Stack(scene), train = dataset.Labels(scene, Split.Train), test = dataset.Labels(scene, Split.Test);
        Assert.True(stack.Info.Grid.IsSameAs(Grid));
        var samples = new ushort[4];
        stack.Read<ushort>(new(1, 0, 2, 2), [1], samples);
        Assert.Equal([12, 0, 0, 16], samples);
        var codes = new byte[6];
        train.Read<byte>(new(0, 0, 3, 2), [0], codes);
        Assert.Equal([1, 1, 0, 0, 0, 2], codes);
        test.Read<byte>(new(0, 0, 3, 2), [0], codes);
        Assert.Equal([0, 0, 0, 0, 0, 0], codes);
    }

    [Fact]
    public void The_statistics_are_those_of_labelled_training_pixels()
    {
        DatasetManifest manifest = WriteSmall(_folder.File("set"));
        Assert.Equal([2, 1, 0], manifest.LabelledPixels["train"]);
        Assert.Equal([0, 0, 0], manifest.LabelledPixels["test"]);
        // band 1: 0.0001, 0.0002, 0.0006; band 2: 0.0011, 0.0012, 0.0016
        Assert.Equal([0.0003f, 0.0013f], manifest.BandMean);
        Assert.Equal(0.000216025f, manifest.BandDeviation[0], 1e-9f);
        Assert.Equal(0.000216025f, manifest.BandDeviation[1], 1e-9f);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_and_nothing_is_left()
    {
        var error = Assert.Throws<AsmException>(() => SmallScenes.Write(_folder.File("set"), Options, ("one", Grid, [0, 1, 2, 3, 4, 0])));
        Assert.Equal("labels: the label 4\n  expected: 0 or 1 to 3: mines, built, vegetation\n  fix: map the values to classes, or name more classes", error.Message);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Names_and_grids_must_fit()
    {
        Assert.Contains("its name one is taken by one.tif", Assert.Throws<AsmException>(() => SmallScenes.Write(_folder.File("set"), Options, ("one", Grid, new byte[6]), ("one", Grid, new byte[6]))).Message, StringComparison.Ordinal);
        using var writer = new DatasetWriter(_folder.File("set"), ["b1"], SmallScenes.Classes, overwrite: false);
        Assert.Throws<GridMismatchException>(() => writer.Add("one", "one", SmallScenes.Stack(Grid, new ushort[6]), SmallScenes.Labels(SmallScenes.Grid(2, 3), new byte[6]), false, new()));
        Assert.Throws<AsmException>(() => writer.Add("two", "two", new MemoryRaster<ushort>(Grid, [new BandInfo { Name = "other" }]), SmallScenes.Labels(Grid, new byte[6]), false, new()));
    }

    [Fact]
    public void A_data_set_is_replaced_only_when_asked_and_nothing_else_ever_is()
    {
        string set = _folder.File("set");
        WriteSmall(set);
        Assert.Contains("it is there", Assert.Throws<AsmException>(() => WriteSmall(set)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(set, "notes.txt"), "mine");
        Assert.Contains("it holds notes.txt, which is no part of a data set", Assert.Throws<AsmException>(() => WriteSmall(set, overwrite: true)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(set, "notes.txt")));
        File.Delete(Path.Combine(set, "notes.txt"));
        File.WriteAllText(Path.Combine(set, "patches.csv"), "old");
        WriteSmall(set, overwrite: true);
        Assert.NotEqual("old", File.ReadAllText(Path.Combine(set, "patches.csv")));
        Directory.CreateDirectory(_folder.File("pictures"));
        File.WriteAllText(_folder.File("pictures/a.png"), "");
        Assert.Contains("it holds a.png", Assert.Throws<AsmException>(() => WriteSmall(_folder.File("pictures"), overwrite: true)).Message, StringComparison.Ordinal);
        Assert.Equal(["pictures", "set"], _folder.Names);
    }

    [Fact]
    public void Folders_of_somebody_else_beside_it_are_not_touched()
    {
        foreach (string other in (string[])["set.partial", "set.old"])
        {
            Directory.CreateDirectory(_folder.File(other));
            File.WriteAllText(_folder.File($"{other}/samples.bin"), "mine");
        }
        WriteSmall(_folder.File("set"));
        WriteSmall(_folder.File("set"), overwrite: true);
        Assert.Equal(["set", "set.old", "set.partial"], _folder.Names);
        Assert.Equal("mine", File.ReadAllText(_folder.File("set.partial/samples.bin")));
        Assert.Equal("mine", File.ReadAllText(_folder.File("set.old/samples.bin")));
    }

    [Fact]
    public void A_cancelled_or_failed_run_leaves_nothing_and_keeps_what_was_there()
    {
        string set = _folder.File("set");
        WriteSmall(set);
        string before = File.ReadAllText(Path.Combine(set, "dataset.json"));
        using (var writer = new DatasetWriter(set, ["b1"], SmallScenes.Classes, overwrite: true))
        {
            using var stop = new CancellationTokenSource();
            writer.Add("one", "one", SmallScenes.Stack(Grid, new ushort[6]), SmallScenes.Labels(Grid, new byte[6]), false, new() { Cancellation = stop.Token });
            stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Add("two", "two", SmallScenes.Stack(Grid, new ushort[6]), SmallScenes.Labels(Grid, new byte[6]), false, new() { Cancellation = stop.Token }));
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Complete(Options, new() { Cancellation = stop.Token }));
        }

        Assert.Equal(["set"], _folder.Names);
        Assert.Equal(before, File.ReadAllText(Path.Combine(set, "dataset.json")));
    }

    [Fact]
    public void No_label_at_all_or_no_place_for_a_patch_is_an_error()
    {
        var error = Assert.Throws<AsmException>(() => SmallScenes.Write(_folder.File("set"), Options with { LabelledShare = 1 }, ("one", Grid, [1, 0, 0, 0, 0, 0])));
        Assert.Contains("no place for a single training patch was found\n  expected: 2 x 2 pixels of one split with labels on 100 % of them", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_set_without_a_place_for_a_training_patch_is_an_error_unless_it_is_for_the_test_alone()
    {
        (string, GeoGrid, byte[]) sparse = ("sparse", Grid, [1, 0, 0, 0, 0, 0]), full = ("full", SmallScenes.Grid(3, 2, x: 700_000), [1, 1, 1, 1, 1, 1]);
        DatasetOptions options = Options with { LabelledShare = 0.5, Given = new Dictionary<string, Split> { ["full"] = Split.Test } };
        var error = Assert.Throws<AsmException>(() => SmallScenes.Write(_folder.File("set"), options, sparse, full));
        Assert.Contains("no place for a single training patch was found", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Equal(["test"], SmallScenes.Write(_folder.File("set"), options, full).Patches.Keys);
    }

    [Theory]
    [InlineData(0, 1, 0.1, 0.1, 0.1, "--patch")]
    [InlineData(2, 0, 0.1, 0.1, 0.1, "--patches")]
    [InlineData(2, 1, 0.5, 0.5, 0.1, "--validation and --test")]
    [InlineData(2, 1, -0.1, 0.5, 0.1, "--validation and --test")]
    [InlineData(2, 1, 0.1, 0.1, 1.1, "--labelled")]
    public void Options_out_of_range_are_refused(int patch, int patches, double validation, double test, double labelled, string subject)
    {
        DatasetOptions options = Options with { PatchPixels = patch, Patches = patches, ValidationShare = validation, TestShare = test, LabelledShare = labelled };
        Assert.StartsWith(subject, Assert.Throws<AsmException>(() => SmallScenes.Write(_folder.File("set"), options, ("one", Grid, [1, 1, 1, 1, 1, 1]))).Message, StringComparison.Ordinal);
    }

    // Band 1 has no data in the third pixel, band 2 in the fifth.
    private static DatasetManifest WriteSmall(string folder, bool overwrite = false)
    {
        using var writer = new DatasetWriter(folder, ["b1", "b2"], SmallScenes.Classes, overwrite);
        long[] counts = writer.Add("scene", "scene.tif", SmallScenes.Stack(Grid, [1, 2, 0, 4, 5, 6], [11, 12, 13, 14, 0, 16]), SmallScenes.Labels(Grid, 1, 1, 3, 0, 1, 2), points: false, new());
        Assert.Equal([2, 1, 0], counts);
        return writer.Complete(Options with { ValidationShare = 0, TestShare = 0 }, new());
    }
}
