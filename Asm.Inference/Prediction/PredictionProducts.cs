using Asm.Inference.Model;
using Asm.Maps.Classes;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>What the rasters of a prediction are: sample types, names, colours, scales. See docs/file-formats.md.</summary>
public static class PredictionProducts
{
    /// <summary>Colours of codes 0, 1, 2, ...: black for no data, then the model's.</summary>
    public static IReadOnlyList<Rgb> Colors(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [MapProducts.NoDataColor, .. model.Classes.Select(c => c.Color)];
    }

    /// <summary>A class map: uint8, 0 no data, then the model's codes; colours and class names set.</summary>
    public static RasterInfo Classes(GeoGrid grid, ModelDescription model, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        return MapProducts.Classes(grid, model.Classes, metadata);
    }

    /// <summary>A confidence map: uint8, 1..255 = 0..1, 0 no data.</summary>
    public static RasterInfo Confidence(GeoGrid grid, IReadOnlyDictionary<string, string> metadata) =>
        MapProducts.Share(grid, "confidence", metadata);

    /// <summary>Probabilities, one band a class: uint8 as the confidence, or float32 0..1 with no data -1.</summary>
    public static RasterInfo Probabilities(GeoGrid grid, ModelDescription model,
        SampleType type, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        return MapProducts.Probabilities(grid, model.Classes, type, metadata);
    }
}
