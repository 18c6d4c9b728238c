using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Prediction;

/// <summary>The shipped model on the real Thailand scene (L2A, 2020-02-23, T48QUE), which it was not trained on.</summary>
public sealed class RealSceneTests
{
    private static string ShippedModel => Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx");

    private static T[] Predict<T>(StackSource stack, SegmentationModel model, PredictionOptions options, Func<PredictionSinks, MemoryRaster<T>> sink, PredictionSinks sinks) where T : unmanaged, System.Numerics.INumber<T>
    {
        Predictor.Run(stack, model, sinks, options, new RunOptions { MaxMemoryBytes = 2L << 30, Cancellation = TestContext.Current.CancellationToken });
        return sink(sinks).Samples;
    }

    private static float[] Probabilities(StackSource stack, SegmentationModel model, PredictionOptions options) =>
        Predict(stack, model, options, s => (MemoryRaster<float>)s.Probabilities!,
            new() { Probabilities = new MemoryRaster<float>(PredictionProducts.Probabilities(stack.Info.Grid, model.Description, SampleType.Float32, new Dictionary<string, string>())) });

    [Fact]
    public void Exact_tiling_equals_one_run_over_the_whole_real_scene()
    {
        using StackSource stack = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        using SegmentationModel model = SegmentationModel.Load(ShippedModel, threads: 2);
        var options = new PredictionOptions { Tiling = Tiling.Exact, CloudReflectance = null };
        float[] whole = Probabilities(stack, model, options with { WindowPixels = 1072 }); // the scene is 1068 x 1068: one window
        float[] tiled = Probabilities(stack, model, options with { WindowPixels = 400 });
        double worst = 0;
        for (int i = 0; i < whole.Length; i++) worst = Math.Max(worst, Math.Abs(whole[i] - tiled[i]));
        Assert.True(worst <= 1e-5, $"largest difference of probability {worst}");
    }

    [Theory]
    [InlineData("the bare ground beside the western basin", 262, 515, 18, 60, 1)]
    [InlineData("the centre of the town", 675, 125, 40, 70, 2)]
    [InlineData("the forest in the north-west", 140, 130, 60, 70, 3)]
    [InlineData("the marsh", 330, 180, 120, 150, 3)]
    public void Plain_places_come_out_as_what_they_are(string place, int column, int row, int width, int height, byte expected)
    {
        using StackSource stack = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        using SegmentationModel model = SegmentationModel.Load(ShippedModel, threads: 2);
        byte[] classes = Predict(stack, model, new(), s => (MemoryRaster<byte>)s.Classes!,
            new() { Classes = new MemoryRaster<byte>(PredictionProducts.Classes(stack.Info.Grid, model.Description, new Dictionary<string, string>())) });
        int right = 0;
        for (int y = row; y < row + height; y++)
            for (int x = column; x < column + width; x++)
                if (classes[y * 1068 + x] == expected) right++;
        Assert.True(right > 0.8 * width * height, $"{place}: {right} of {width * height} pixels are class {expected}");
    }
}
