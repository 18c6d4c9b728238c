using Asm.Inference.Model;
using Asm.Maps.Bands;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>
/// Draws a prediction for people without a GIS, as the paper's figures do: the scene, the classes, and three
/// probabilities as red, green and blue.
/// </summary>
internal static class PredictionPictures
{
    /// <summary>
    /// Reflectance that is full brightness: land fills the range, and clouds do not darken it as a stretch by percentiles would.
    /// </summary>
    private const double FullReflectance = 0.28;

    private static readonly string[] TrueColor = ["B04", "B03", "B02"];

    /// <summary>Draws what there is: the scene if the stack has the visible bands, and the outputs that were written.</summary>
    public static void Write(IRasterSource stack, PredictStage stage, ModelDescription model, OutputSet outputs, RunOptions run)
    {
        var options = new QuickLookOptions { Overwrite = stage.Overwrite };
        if (BandMatch.FindNamed(stack.Info, TrueColor) is { } bands)
        {
            (float scale, float offset) = StackBands.ToReflectanceOf(stack.Info, bands[0]);
            QuickLookOptions stretch = options with { Range = (-offset / scale, (FullReflectance - offset) / scale) };
            outputs.Write(stage.PictureOf("scene"), path => QuickLook.WriteRgb(stack, bands, path, stretch, run));
        }
        if (stage.Outputs.HasFlag(PredictionOutputs.Classes))
        {
            using IRasterSource classes = run.Open(stage.PathOf("classes"));
            outputs.Write(stage.PictureOf("classes"), path => QuickLook.WriteClasses(classes, path, options, run: run));
        }
        if (stage.Outputs.HasFlag(PredictionOutputs.Probabilities) && model.Classes.Count >= 3)
        {
            using IRasterSource probabilities = run.Open(stage.PathOf("probabilities"));
            double full = probabilities.Info.SampleType == SampleType.UInt8 ? 255 : 1;
            outputs.Write(
                stage.PictureOf("probabilities"),
                path => QuickLook.WriteRgb(probabilities, [0, 1, 2], path, options with { Range = (0, full) }, run));
        }
    }
}
