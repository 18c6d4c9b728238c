using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class CloudAndPreflightOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _model;

    public CloudAndPreflightOptionsTests() => _model = Network.UNet(depth: 2, width: 4).Save(_folder.File("model.onnx"), window: 64);

    public void Dispose() => _folder.Dispose();

    private (int Exit, string Output, string Error) Predict(params string[] arguments) => AsmProgram.Run(["predict", .. arguments, "-o", _folder.File("maps"), "--model", _model]);

    private string Scl(int width, int height)
    {
        string path = _folder.File("scl.tif");
        using CogSink sink = CogSink.Create(path, new RasterInfo { Grid = Stacks.Grid(2 * width, 2 * height).Coarsen(2), SampleType = SampleType.UInt8, Bands = [new BandInfo { Name = "SCL" }] });
        var samples = new byte[width * height];
        samples.AsSpan(0, width).Fill(9);
        sink.WriteRows<byte>(height, samples);
        sink.Complete();
        return path;
    }

    [Fact]
    public void A_scene_classification_and_a_report_work_and_are_in_the_provenance()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 100, 80), report = _folder.File("clouds.csv");
        (int exit, string output, string error) = Predict(stack, "--scl", Scl(50, 40), "--cloud-report", report);
        Assert.True(exit == 0, error);
        Assert.Contains("SCL 9 cloud high probability", output, StringComparison.Ordinal);
        Assert.Contains("scene,\"SCL 3, 8, 9, 10\",200,0.025,", File.ReadAllText(report), StringComparison.Ordinal);
        using GeoTiffSource classes = GeoTiffSource.Open(_folder.File("maps/scene.classes.tif"));
        Assert.Contains("scl.tif", classes.Info.Metadata["ASM_INPUTS"], StringComparison.Ordinal);
        Assert.Contains("3,8,9,10", string.Join(' ', classes.Info.Metadata.Values), StringComparison.Ordinal);
        var codes = new byte[300];
        classes.Read<byte>(new(0, 0, 100, 3), [0], codes);
        Assert.All(codes[..200], code => Assert.Equal(0, code));
        Assert.All(codes[200..], code => Assert.NotEqual(0, code));
    }

    [Theory]
    [InlineData("is given 2 times for 1 inputs", "--scl", "a.tif", "--scl", "b.tif")]
    [InlineData("is given without --scl", "--scl-classes", "3")]
    [InlineData("holds no scene classification", "--scl", "product")]
    [InlineData("is '3,x'", "--scl", "a.tif", "--scl-classes", "3,x")]
    [InlineData("ends in neither .csv nor .json", "--cloud-report", "clouds.txt")]
    public void Options_that_do_not_fit_are_refused_before_any_work(string expected, params string[] options)
    {
        (int exit, _, string error) = Predict([Stacks.Write(_folder.File("scene.tif"), 64, 64), .. options]);
        // What the words alone show is told before anything is looked at.
        Assert.Equal(options.Contains("3,x") ? 2 : 1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("maps")));
    }

    [Fact]
    public void An_error_of_one_scene_stops_all_before_anything_is_written_unless_preflight_is_off()
    {
        string good = Stacks.Write(_folder.File("good.tif"), 64, 64), empty = _folder.File("empty.tif");
        using (CogSink sink = CogSink.Create(empty, new RasterInfo { Grid = Stacks.Grid(64, 64), SampleType = SampleType.UInt16, Bands = [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })] }))
        {
            sink.WriteRows<ushort>(64, new ushort[10 * 64 * 64]);
            sink.Complete();
        }
        (int exit, _, string error) = Predict(good, empty);
        Assert.Equal(1, exit);
        Assert.Contains("empty: no band has data on any pixel", error, StringComparison.Ordinal);
        Assert.Contains("--no-preflight", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("maps")));
        Assert.Equal(0, Predict(good, empty, "--no-preflight").Exit);
    }
}
