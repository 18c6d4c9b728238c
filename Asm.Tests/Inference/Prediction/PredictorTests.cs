using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Prediction;

public sealed class PredictorTests : IDisposable
{
    private static readonly string[] Names = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];
    private readonly TempFolder _folder = new();
    private readonly SegmentationModel _model;

    public PredictorTests() => _model = SegmentationModel.Load(Network.UNet(depth: 4, width: 4).Save(_folder.File("unet.onnx")), threads: 2);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static GeoGrid Grid(int width, int height) => new(width, height, new(600_000, 700_020), 10, 10, Crs.Utm(30, north: true));

    /// <summary>Smooth random reflectances with a wedge and single pixels without data.</summary>
    private static MemoryRaster<ushort> Stack(int width, int height, int seed = 7, bool wedge = true)
    {
        var random = new Random(seed);
        var samples = new ushort[10 * width * height];
        for (int b = 0; b < 10; b++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    samples[(b * height + y) * width + x] = (ushort)(1500 + 900 * Math.Sin(x * 0.07 + b) * Math.Cos(y * 0.05 - b) + random.Next(400));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (wedge && (x + y < width / 3 || (x * 31 + y * 17) % 997 == 0))
                    for (int b = 0; b < 10; b++) samples[(b * height + y) * width + x] = 0;
        return new(Grid(width, height), [.. Names.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples, "stack");
    }

    private (MemoryRaster<byte> Classes, MemoryRaster<byte> Confidence, MemoryRaster<float> Probabilities, PredictionSummary Summary) Predict(IRasterSource stack, PredictionOptions options, long memory = 1L << 30)
    {
        var metadata = new Dictionary<string, string>();
        var classes = new MemoryRaster<byte>(PredictionProducts.Classes(stack.Info.Grid, _model.Description, metadata));
        var confidence = new MemoryRaster<byte>(PredictionProducts.Confidence(stack.Info.Grid, metadata));
        var probabilities = new MemoryRaster<float>(PredictionProducts.Probabilities(stack.Info.Grid, _model.Description, SampleType.Float32, metadata));
        PredictionSummary summary = Predictor.Run(stack, _model, new() { Classes = classes, Confidence = confidence, Probabilities = probabilities }, options,
            new RunOptions { MaxMemoryBytes = memory, Cancellation = TestContext.Current.CancellationToken });
        return (classes, confidence, probabilities, summary);
    }

    /// <summary>One run over the whole padded scene: the definition that exact tiling must meet.</summary>
    private float[] WholeScene(MemoryRaster<ushort> stack)
    {
        (int width, int height) = (stack.Info.Grid.Width, stack.Info.Grid.Height);
        int paddedWidth = (width + 15) / 16 * 16, paddedHeight = (height + 15) / 16 * 16;
        var input = new float[10 * paddedWidth * paddedHeight];
        for (int b = 0; b < 10; b++)
            for (int y = 0; y < paddedHeight; y++)
                for (int x = 0; x < paddedWidth; x++)
                {
                    ushort sample = x < width && y < height ? stack.Samples[(b * height + y) * width + x] : (ushort)0;
                    input[(b * paddedHeight + y) * paddedWidth + x] = sample == 0 ? 0.15f : sample * 1e-4f;
                }
        var padded = new float[3 * paddedWidth * paddedHeight];
        _model.Run(input, paddedHeight, paddedWidth, padded);
        var result = new float[3 * width * height];
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < height; y++)
                padded.AsSpan((c * paddedHeight + y) * paddedWidth, width).CopyTo(result.AsSpan((c * height + y) * width));
        return result;
    }

    [Theory]
    [InlineData(700, 613, 256)]
    [InlineData(700, 613, 400)]
    [InlineData(530, 1100, 512)]
    [InlineData(41, 29, 0)]
    public void Exact_tiling_equals_one_run_over_the_whole_scene(int width, int height, int window)
    {
        using MemoryRaster<ushort> stack = Stack(width, height);
        float[] whole = WholeScene(stack);
        float[] tiled = Predict(stack, new() { Tiling = Tiling.Exact, WindowPixels = window, CloudReflectance = null }).Probabilities.Samples;
        double worst = 0;
        for (int i = 0; i < whole.Length; i++)
            if (stack.Samples[i % (width * height)] != 0) worst = Math.Max(worst, Math.Abs(whole[i] - tiled[i]));
        Assert.True(worst <= 1e-5, $"largest difference of probability {worst}");
    }

    [Fact]
    public void Classes_confidence_and_probabilities_agree_and_no_data_is_told_apart_from_probability_zero()
    {
        using MemoryRaster<ushort> stack = Stack(300, 260);
        var (classes, confidence, probabilities, summary) = Predict(stack, new() { CloudReflectance = null });
        const int Count = 300 * 260;
        for (int i = 0; i < Count; i++)
        {
            float[] p = [probabilities.Samples[i], probabilities.Samples[Count + i], probabilities.Samples[2 * Count + i]];
            if (stack.Samples[i] == 0)
            {
                Assert.Equal((0, 0, -1f, -1f, -1f), (classes.Samples[i], confidence.Samples[i], p[0], p[1], p[2]));
                continue;
            }
            Assert.Equal(Array.IndexOf(p, p.Max()) + 1, classes.Samples[i]);
            Assert.Equal(Math.Max(1, (int)(p.Max() * 255 + 0.5f)), confidence.Samples[i]);
            Assert.Equal(1, p.Sum(), 1e-5);
        }
        Assert.Equal(Count, summary.ClassPixels.Sum() + summary.NoDataPixels);
    }

    [Fact]
    public void Blend_shows_no_seam_where_the_scene_is_uniform()
    {
        var samples = new ushort[10 * 700 * 300];
        samples.AsSpan().Fill(2000);
        using var stack = new MemoryRaster<ushort>(Grid(700, 300), [.. Names.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples);
        float[] p = Predict(stack, new() { WindowPixels = 256, OverlapPixels = 64 }).Probabilities.Samples;
        double step = 0;
        for (int x = 1; x < 700; x++) step = Math.Max(step, Math.Abs(p[150 * 700 + x] - p[150 * 700 + x - 1]));
        float[] whole = WholeScene(stack);
        double natural = 0; // the network's own step from pixel to pixel, without any tiling
        for (int x = 1; x < 700; x++) natural = Math.Max(natural, Math.Abs(whole[150 * 700 + x] - whole[150 * 700 + x - 1]));
        Assert.True(step <= natural + 0.02, $"step {step}, natural {natural}");
    }

    [Fact]
    public void Clouds_are_no_data_only_where_all_three_visible_bands_are_bright()
    {
        using MemoryRaster<ushort> stack = Stack(64, 64, wedge: false);
        int count = 64 * 64;
        stack.Samples[5] = stack.Samples[count + 5] = stack.Samples[2 * count + 5] = 6000;
        stack.Samples[9] = stack.Samples[count + 9] = 6000; // red is not bright
        var (classes, _, _, summary) = Predict(stack, new() { CloudReflectance = 0.5 });
        Assert.Equal(0, classes.Samples[5]);
        Assert.NotEqual(0, classes.Samples[9]);
        Assert.Equal(1, summary.CloudPixels);
        Assert.Equal(0, summary.NoDataPixels);
    }

    [Fact]
    public void Windows_without_a_valid_pixel_are_skipped()
    {
        using MemoryRaster<ushort> stack = Stack(600, 300, wedge: false);
        for (int b = 0; b < 10; b++)
            for (int y = 0; y < 300; y++) stack.Samples.AsSpan((b * 300 + y) * 600, 300).Clear();
        PredictionSummary summary = Predict(stack, new() { WindowPixels = 128, OverlapPixels = 16 }).Summary;
        Assert.Equal(6, summary.WindowsSkipped); // two of six columns, in three rows, lie in the left half
        Assert.Equal(12, summary.WindowsRun);
    }

    [Fact]
    public void A_stack_of_other_bands_is_refused_by_name()
    {
        var samples = new ushort[4 * 64 * 64];
        using var stack = new MemoryRaster<ushort>(Grid(64, 64), [new(), new(), new(), new()], samples, "four.tif");
        var error = Assert.Throws<AsmException>(() => Predict(stack, new()));
        Assert.StartsWith("four.tif: has 4 bands", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_memory_is_refused_with_the_need()
    {
        using MemoryRaster<ushort> stack = Stack(2000, 64, wedge: false);
        var error = Assert.ThrowsAny<AsmException>(() => Predict(stack, new(), memory: 10 << 20));
        Assert.Contains("MB needed for windows of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_infinite_sample_is_no_data_and_spoils_no_other_pixel()
    {
        using MemoryRaster<ushort> integers = Stack(80, 64, wedge: false);
        using var floats = new MemoryRaster<float>(integers.Info.Grid, [.. Names.Select(n => new BandInfo { Name = n })], [.. integers.Samples.Select(s => s * 1e-4f)]);
        floats.Samples[3 * 80 * 64 + 700] = float.PositiveInfinity;
        var (classes, _, probabilities, summary) = Predict(floats, new());
        Assert.Equal(1, summary.NoDataPixels);
        Assert.Equal(0, classes.Samples[700]);
        Assert.All(probabilities.Samples, p => Assert.True(float.IsFinite(p)));
    }

    [Fact]
    public void A_float_stack_of_reflectances_gives_what_the_integer_stack_gives()
    {
        using MemoryRaster<ushort> integers = Stack(200, 150);
        using var floats = new MemoryRaster<float>(integers.Info.Grid, [.. Names.Select(n => new BandInfo { Name = n, NoData = double.NaN })],
            [.. integers.Samples.Select(s => s == 0 ? float.NaN : s * 1e-4f)]);
        Assert.Equal(Predict(integers, new()).Classes.Samples, Predict(floats, new()).Classes.Samples);
    }
}
