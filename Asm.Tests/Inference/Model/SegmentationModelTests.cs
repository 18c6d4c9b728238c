using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Model;

public sealed class SegmentationModelTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SegmentationModel Load(int width = 2, int depth = 1) =>
        SegmentationModel.Load(Network.UNet(depth: depth, width: width).Save(_folder.File("m.onnx")), 1);

    private static float[] Window(int side, float value) => [.. Enumerable.Repeat(value, 10 * side * side)];

    [Fact]
    public void A_disposed_model_says_so()
    {
        SegmentationModel model = Load();
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Run(Window(64, 0.1f), 64, 64, new float[3 * 64 * 64], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_that_is_disposed_while_it_runs_ends_the_run_and_is_freed_once()
    {
        for (int i = 0; i < 5; i++)
        {
            SegmentationModel model = Load(width: 16, depth: 4);
            using var started = new ManualResetEventSlim();
            Task run = Task.Run(() =>
            {
                float[] window = Window(256, 0.1f), probabilities = new float[3 * 256 * 256];
                while (true)
                {
                    started.Set();
                    model.Run(window, 256, 256, probabilities);
                }
            }, TestContext.Current.CancellationToken);
            started.Wait(TestContext.Current.CancellationToken);
            await Task.Delay(5 * i, TestContext.Current.CancellationToken);
            model.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        }
    }

    [Fact]
    public void A_cancelled_run_ends_between_two_layers_and_the_next_one_runs()
    {
        using SegmentationModel model = Load(width: 16, depth: 4);
        float[] window = Window(512, 0.1f), probabilities = new float[3 * 512 * 512];
        using var cancel = new CancellationTokenSource();
        cancel.CancelAfter(20);
        void RunOn()
        {
            while (true) model.Run(window, 512, 512, probabilities, cancel.Token);
        }
        Assert.ThrowsAny<OperationCanceledException>(RunOn);
        model.Run(window, 512, 512, probabilities, TestContext.Current.CancellationToken);
        Assert.Equal(1, probabilities[0] + probabilities[512 * 512] + probabilities[2 * 512 * 512], 1e-5);
    }

    [Theory]
    [InlineData(2310f)]
    [InlineData(-9999f)]
    [InlineData(float.NaN)]
    [InlineData(255f)]
    public void Raw_numbers_are_no_reflectance(float value)
    {
        using SegmentationModel model = Load();
        string message = Assert.Throws<AsmException>(() => model.Run(Window(64, value), 64, 64, new float[3 * 64 * 64], TestContext.Current.CancellationToken)).Message;
        Assert.Contains(FormattableString.Invariant($"its samples are {value} on average\n  expected: surface reflectance, 0..1\n"), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_numbers_of_a_raster_are_refused_by_the_predictor()
    {
        using SegmentationModel model = Load();
        var samples = new float[10 * 64 * 64];
        samples.AsSpan().Fill(2310);
        using var stack = new MemoryRaster<float>(Stacks.Grid(64, 64), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n })], samples);
        Assert.Contains("4,096 of 4,096 pixels have a reflectance that cannot be; 4,096 of them are 2310\n", Assert.Throws<AsmException>(() => Predictor.Run(stack, model, new(), new(), new())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, 64)]
    [InlineData(64, 32)]
    public void A_buffer_that_is_too_small_is_an_error_of_the_caller(int input, int output)
    {
        using SegmentationModel model = Load();
        Assert.Throws<ArgumentException>(() => model.Run(Window(input, 0.1f), 64, 64, new float[3 * output * output], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_window_that_is_no_multiple_of_the_pooling_is_an_error_of_the_model()
    {
        using SegmentationModel model = Load(depth: 3);
        string message = Assert.Throws<AsmException>(() => model.Run(Window(60, 0.1f), 60, 60, new float[3 * 60 * 60], TestContext.Current.CancellationToken)).Message;
        Assert.Contains("ONNX Runtime cannot run it on a window of 60 x 60 px: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_probability_on_a_later_window_fails_the_prediction_and_leaves_no_output()
    {
        // Root of (0.6 - reflectance): NaN where it is brighter, which no window of training is.
        var net = new Network(10, 1);
        string root = net.Add("Sqrt", [net.Add("Sub", [net.Number(0.6f), Network.Input])]);
        net.Finish(net.Softmax(net.Conv(root, 10, 3, 1), "probabilities"), 3);
        string path = net.Save(_folder.File("root.onnx"));
        var samples = new ushort[10 * 600 * 300];
        samples.AsSpan().Fill(1500);
        samples[^1] = 9000;
        using var stack = new MemoryRaster<ushort>(Stacks.Grid(600, 300), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples);
        stack.Save(_folder.File("stack.tif"));
        var stage = new PredictStage { Scene = _folder.File("stack.tif"), ModelPath = path, Directory = _folder.File("maps"), Name = "a" };
        Assert.Contains("root.onnx: its output holds NaN or infinities\n", Assert.Throws<AsmException>(() => stage.Run()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("maps")) && Directory.EnumerateFileSystemEntries(_folder.File("maps")).Any());
    }
}
