using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;

namespace Asm.Training.Evaluation;

/// <summary>Makes a model's class map of a tile by the code of <c>asm predict</c>, so that what is measured is what users get.</summary>
internal static class ClassMap
{
    /// <summary>Larger maps go to a file.</summary>
    private const long MostPixelsInMemory = 1 << 24;

    /// <summary>Predicts.</summary>
    /// <param name="stack">The samples.</param>
    /// <param name="model">The network.</param>
    /// <param name="file">Where a large map is put; replaced if it is there.</param>
    /// <param name="options">Tiling and cloud rule.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <param name="mostPixelsInMemory">Larger maps go to the file.</param>
    /// <returns>The model's codes, 0 no data.</returns>
    public static IRasterSource Predict(IRasterSource stack, SegmentationModel model, string file,
        PredictionOptions options, RunOptions run, long mostPixelsInMemory = MostPixelsInMemory)
    {
        RasterInfo info = PredictionProducts.Classes(stack.Info.Grid, model.Description, new Dictionary<string, string>());
        if (info.Grid.FullWindow.PixelCount <= mostPixelsInMemory)
        {
            var memory = new MemoryRaster<byte>(info, name: $"the class map of {stack.Name}");
            Predictor.Run(stack, model, new PredictionSinks { Classes = memory }, options, run);
            return memory;
        }

        using (IRasterSink sink = run.Create(file, info, new() { Overwrite = true }))
            Predictor.Run(stack, model, new PredictionSinks { Classes = sink }, options, run);
        return run.Open(file);
    }
}
