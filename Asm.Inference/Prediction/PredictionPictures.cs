using Asm.Raster.Files;
using Asm.Inference.Model;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Draws a prediction for people without a GIS, as the paper's figures do: the scene, the classes, and three probabilities as red, green and blue.</summary>
internal static class PredictionPictures
{
    /// <summary>Reflectance that is full brightness: land fills the range, and clouds do not darken it as a stretch by percentiles would.</summary>
    private const double FullReflectance = 0.28;

    private static readonly string[] TrueColor = ["B04", "B03", "B02"];

    /// <summary>Refuses to go on where a picture is there already, before the work starts.</summary>
    public static void RequireFree(PredictionFiles files)
    {
        foreach (string kind in new[] { "scene", "classes", "probabilities" })
            if (File.Exists(files.PictureOf(kind)))
                throw new AsmException(files.PictureOf(kind), "exists already", "a name that is free", "give --overwrite to replace it, or another folder");
    }

    /// <summary>Draws what there is: the scene if the stack has the visible bands, and the outputs that were written.</summary>
    public static void Write(IRasterSource stack, PredictionFiles files, ModelDescription model, RunOptions run)
    {
        var options = new QuickLookOptions { Overwrite = files.Overwrite };
        if (TrueColor.All(name => stack.Info.Bands.Any(b => string.Equals(b.Name, name, StringComparison.OrdinalIgnoreCase))))
        {
            int[] bands = stack.Info.BandIndices(TrueColor, stack.Name);
            (float scale, float offset) = StackBands.ToReflectanceOf(stack.Info, bands[0]);
            QuickLook.WriteRgb(stack, bands, files.PictureOf("scene"), options with { Range = (-offset / scale, (FullReflectance - offset) / scale) });
        }
        if (files.Outputs.HasFlag(PredictionOutputs.Classes))
        {
            using IRasterSource classes = run.Open(files.PathOf("classes"));
            QuickLook.WriteClasses(classes, files.PictureOf("classes"), options);
        }
        if (files.Outputs.HasFlag(PredictionOutputs.Probabilities) && model.Classes.Count >= 3)
        {
            using IRasterSource probabilities = run.Open(files.PathOf("probabilities"));
            double full = probabilities.Info.SampleType == SampleType.UInt8 ? 255 : 1;
            QuickLook.WriteRgb(probabilities, [0, 1, 2], files.PictureOf("probabilities"), options with { Range = (0, full) });
        }
    }
}
