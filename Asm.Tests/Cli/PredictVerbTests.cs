using System.Diagnostics;
using System.Runtime.InteropServices;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class PredictVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _model;

    public PredictVerbTests() => _model = Network.UNet(depth: 2, width: 4).Save(_folder.File("model.onnx"), window: 64);

    public void Dispose() => _folder.Dispose();

    private string Maps => _folder.File("maps");

    private void Refused(string expected, params string[] arguments)
    {
        (int exit, _, string error) = AsmProgram.Run(["predict", .. arguments, "-o", Maps, "--model", _model]);
        Assert.Equal(1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Maps), "something was left behind");
    }

    [Fact]
    public void Writes_three_maps_that_carry_provenance_and_the_same_bytes_each_time()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 150, 130);
        (int exit, string output, string error) = AsmProgram.Run("predict", stack, "-o", Maps, "--model", _model);
        Assert.True(exit == 0, error);
        Assert.Contains("scene: 150 x 130 px", output, StringComparison.Ordinal);
        string[] names = ["scene.classes.tif", "scene.classes.tif.aux.xml", "scene.confidence.tif", "scene.probabilities.tif"];
        Assert.Equal(names, Directory.EnumerateFiles(Maps).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using (GeoTiffSource classes = GeoTiffSource.Open(Path.Combine(Maps, "scene.classes.tif")))
        {
            Assert.Equal(["no data", "mines", "built", "vegetation"], classes.Info.ClassNames);
            Assert.Contains("scene.tif", classes.Info.Metadata["ASM_INPUTS"], StringComparison.Ordinal);
            Assert.Equal(0, classes.Info.Bands[0].NoData);
        }
        byte[][] first = [.. names.Select(n => File.ReadAllBytes(Path.Combine(Maps, n)))];
        Assert.Equal(0, AsmProgram.Run("predict", stack, "-o", Maps, "--model", _model, "--overwrite", "--threads", "1").Exit);
        Assert.Equal(first, names.Select(n => File.ReadAllBytes(Path.Combine(Maps, n))));
    }

    [Fact]
    public void An_output_that_exists_is_kept_unless_overwrite_is_given()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64);
        Assert.Equal(0, AsmProgram.Run("predict", stack, "-o", Maps, "--model", _model).Exit);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", Maps, "--model", _model);
        Assert.Equal(1, exit);
        Assert.Contains("--overwrite", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_does_not_write_over_its_input_and_takes_an_offset_away_once_only()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64), prepared = _folder.File("prepared.tif");
        Assert.Contains("is one of the inputs", AsmProgram.Run("prepare", stack, "-o", stack, "--overwrite").Error, StringComparison.Ordinal);
        Assert.Equal(0, AsmProgram.Run("prepare", stack, "-o", prepared, "--offset", "-100").Exit);
        Assert.Contains("was prepared already", AsmProgram.Run("prepare", prepared, "-o", _folder.File("twice.tif"), "--offset", "-100").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Refused("nowhere.tif", _folder.File("nowhere.tif"));

    [Fact]
    public void A_stack_of_other_bands_is_refused_with_both_lists()
    {
        string stack = Stacks.Write(_folder.File("four.tif"), 64, 64, bands: ["red", "green", "blue", "nir"]);
        Refused("has no band named B05, B06, B07, B8A, B11, B12; its bands are: red, green, blue, nir", stack);
    }

    [Fact]
    public void A_stack_without_coordinate_system_is_refused()
    {
        string stack = Stacks.Write(_folder.File("nowhere.tif"), 64, 64, new GeoGrid(64, 64, new(0, 0), 10, 10, null));
        Refused("has no coordinate reference system", stack);
    }

    [Fact]
    public void A_model_for_other_bands_is_refused_and_names_the_missing_one()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64);
        string other = Network.UNet(bands: 2, depth: 1, width: 2).Save(_folder.File("other.onnx"), ["B04", "VV"]);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", Maps, "--model", other);
        Assert.Equal(1, exit);
        Assert.Contains("has no band named VV", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Maps));
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", Maps, "--model", stack);
        Assert.Equal(1, exit);
        Assert.Contains("is not an ONNX model", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", Path.Combine(stack, "maps"), "--model", _model);
        Assert.Equal(1, exit);
        Assert.Contains("the folder cannot be made", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuda_where_there_is_none_is_an_error()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 64, 64);
        Refused("no CUDA execution provider", stack, "--device", "cuda");
    }

    [Fact]
    public void A_wrong_command_line_exits_2()
    {
        Assert.Equal(2, AsmProgram.Run("predict").Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "a.tif", "-o", Maps, "--tiling", "fancy").Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "a.tif", "-o", Maps, "--max-memory", "lots").Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "a.tif", "-o", Maps, "--tilling", "exact").Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "", "-o", Maps).Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "a.tif", "-o", Maps, "--threads", "100000").Exit);
        Assert.Equal(2, AsmProgram.Run("predict", "a.tif", "-o", Maps, "--cloud-threshold", "nan").Exit);
        Assert.Equal(2, AsmProgram.Run("nonsense").Exit);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("prepare")]
    [InlineData("predict")]
    [InlineData("zones")]
    [InlineData("inspect")]
    public void Help_ends_with_examples(string verb)
    {
        (int exit, string output, _) = AsmProgram.Run(verb, "--help");
        Assert.Equal(0, exit);
        Assert.Contains($"  asm {verb} ", output[output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupting_exits_130_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        string stack = Stacks.Write(_folder.File("scene.tif"), 3000, 2000);
        string slow = Network.UNet(depth: 4, width: 16).Save(_folder.File("slow.onnx"));
        using Process process = AsmProgram.Start("predict", stack, "-o", Maps, "--model", slow);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!Directory.Exists(Maps) && !process.HasExited) await Task.Delay(20, TestContext.Current.CancellationToken); // the outputs are being written aside now
        // SIGTERM takes the same way as Ctrl-C's SIGINT, which a test run in a shell's background would pass on as ignored.
        const int Terminate = 15;
        Assert.Equal(0, Kill(process.Id, Terminate));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("interrupted", await error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Maps), "something was left behind");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
