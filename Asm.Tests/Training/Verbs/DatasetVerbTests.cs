using Asm.Tests.Support;
using Asm.Tests.Training.Datasets.Adapters;
using Asm.Training.Datasets;
using Asm.Training.Verbs;

namespace Asm.Tests.Training.Verbs;

public sealed class DatasetVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "stack.tif", "--labels", "mask.tif")]
    [InlineData(2, "x", "-o", "set", "--layout", "mosaic")]
    [InlineData(1, "-o", "set", "--labels", "mask.tif")]
    [InlineData(1, "nowhere.tif", "--labels", "mask.tif", "-o", "set")]
    [InlineData(1, "a", "b", "--layout", "chips", "-o", "set")]
    [InlineData(1, "--layout", "simulated", "-o", "set", "--size", "0")]
    [InlineData(1, "--layout", "simulated", "-o", "set", "--seeds", "x")]
    [InlineData(1, "--layout", "simulated", "-o", "set", "--mine-density", "5")]
    [InlineData(1, "--layout", "simulated", "-o", "set", "--area", "a.gpkg")]
    [InlineData(1, "--layout", "points", "x.csv", "-o", "set")]
    [InlineData(1, "x.tif", "--labels", "y.tif", "--dates", "3", "-o", "set")]
    public void The_exit_code_says_how_it_ended(int expected, params string[] arguments)
    {
        Assert.Equal(expected, Run([.. arguments.Select(a => a == "set" ? _folder.File("set") : a)]));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Simulated_places_make_a_data_set_that_is_the_same_each_time_and_not_replaced_unasked()
    {
        string[] Arguments(string name) => ["--layout", "simulated", "--seeds", "1,2", "3", "--size", "64x48", "--dates", "2", "--mine-density", "4", "--patch", "16", "--patches", "30", "--block", "320", "--allow-empty", "-o", _folder.File(name)];
        Assert.Equal(0, Run(Arguments("a")));
        Assert.Equal(0, Run(Arguments("b")));
        foreach (string file in new[] { "samples.bin", "labels.bin", "splits.bin", "patches.csv", "dataset.json" })
            Assert.Equal(File.ReadAllBytes(_folder.File($"a/{file}")), File.ReadAllBytes(_folder.File($"b/{file}")));
        using (Dataset dataset = Dataset.Open(_folder.File("a")))
        {
            Assert.Equal((6, 30, 16), (dataset.Manifest.Scenes.Length, dataset.Manifest.Patches["train"], dataset.Manifest.PatchPixels));
            Assert.Equal("simulated Sentinel-2 scenes of AsmOnnx, 3 places", dataset.Manifest.Description);
        }

        Assert.Equal(1, Run(Arguments("a")));
        Assert.Equal(0, Run([.. Arguments("a"), "--overwrite", "--description", "other"]));
        Assert.Equal("other", DatasetFiles.ReadManifest(_folder.File("a")).Description);
    }

    [Fact]
    public void A_stack_with_named_bands_and_a_mask_makes_a_data_set()
    {
        Asm.Raster.Grids.GeoGrid grid = Asm.Tests.Training.Datasets.SmallScenes.Grid(32, 32);
        string image = SceneBuild.WriteImage(_folder.File("planet.tif"), grid, 4), mask = SceneBuild.WriteRaster(_folder.File("mask.tif"), grid, [.. Enumerable.Range(0, 1024).Select(i => (byte)(i % 2 == 0 ? 7 : 9))]);
        Assert.Equal(0, Run(image, "--labels", mask, "--bands", "B02,B03,B04,B08", "--classes", "pit,other", "--map", "7=pit,9=other", "--patch", "8", "--patches", "5", "--block", "160", "-o", _folder.File("set")));
        DatasetManifest manifest = DatasetFiles.ReadManifest(_folder.File("set"));
        Assert.Equal(["B02", "B03", "B04", "B08"], manifest.Bands);
        Assert.Equal(["pit", "other"], manifest.Classes.Select(c => c.Name));
        Assert.Equal("stacks: planet.tif", manifest.Description);
    }

    [Fact]
    public void The_table_tells_pixels_hectares_and_patches()
    {
        Run("--layout", "simulated", "--size", "64", "--dates", "1", "--patch", "16", "--patches", "8", "--allow-empty", "--block", "320", "-o", _folder.File("set"));
        DatasetManifest manifest = DatasetFiles.ReadManifest(_folder.File("set")) with
        {
            LabelledPixels = new() { ["train"] = [1234567, 0, 3], ["validation"] = [10, 20, 30], ["test"] = [0, 0, 0] },
            Patches = new() { ["train"] = 8 },
            BandMean = [],
        };
        Assert.Equal("""
            pixels                     train      validation            test
            mines                  1,234,567              10               0
                                 12,345.7 ha          0.1 ha          0.0 ha
            built                          0              20               0
                                      0.0 ha          0.2 ha          0.0 ha
            vegetation                     3              30               0
                                      0.0 ha          0.3 ha          0.0 ha
            patches                        8               0               0
            """, DatasetTable.Of(manifest).Split("\n\n")[0]);
    }

    [Fact]
    public void A_comma_may_be_part_of_a_value() =>
        Assert.Equal(["1=mines", "Shops, offices=built", "2=none", "x"], DatasetArguments.MapPairs(["1=mines,Shops, offices=built", "2=none, x"]));

    [Fact]
    public void A_full_disk_is_a_clear_error_and_leaves_nothing()
    {
        Asm.Raster.Grids.GeoGrid grid = Asm.Tests.Training.Datasets.SmallScenes.Grid(1000, 1000);
        string image = SceneBuild.WriteImage(_folder.File("image.tif"), grid, 10), mask = SceneBuild.WriteRaster(_folder.File("mask.tif"), grid, [.. Enumerable.Repeat((byte)1, 1_000_000)]);
        string program = Path.Combine(AppContext.BaseDirectory, "asm-train.dll");
        // the data set's samples take 20 MB, and no file may grow beyond 10
        (int exit, _, string error) = PeerTool.TryRun("bash", "-c", $"trap '' XFSZ; ulimit -f 10000; exec dotnet '{program}' dataset '{image}' --labels '{mask}' --no-preflight --allow-empty -o '{_folder.File("set")}'");
        Assert.True(exit == 1, $"{exit}: {error}");
        Assert.Contains($"{_folder.File("set")}: cannot be written: ", error, StringComparison.Ordinal);
        Assert.Equal(["image.tif", "mask.tif"], _folder.Names);
    }

    private static int Run(params string[] arguments) => AsmTrain.Run(["dataset", .. arguments]);
}
