using Asm.Inference.Model;
using Asm.Raster;

namespace Asm.Inference.Prediction;

/// <summary>What the rasters of a prediction are: sample types, names, colours, scales. See docs/file-formats.md.</summary>
public static class PredictionProducts
{
    private static readonly Rgb NoDataColor = new(0, 0, 0);

    /// <summary>Colours of codes 0, 1, 2, ...: black for no data, then the model's.</summary>
    public static IReadOnlyList<Rgb> Colors(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [NoDataColor, .. model.Classes.Select(c => c.Color)];
    }

    /// <summary>A class map: uint8, 0 no data, then the model's codes; colours and class names set.</summary>
    public static RasterInfo Classes(GeoGrid grid, ModelDescription model, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new()
        {
            Grid = grid,
            SampleType = SampleType.UInt8,
            Bands = [new() { Name = "class", NoData = 0 }],
            Colors = Colors(model),
            ClassNames = ["no data", .. model.Classes.Select(c => c.Name)],
            Metadata = metadata,
        };
    }

    /// <summary>A confidence map: uint8, 1..255 = 0..1, 0 no data.</summary>
    public static RasterInfo Confidence(GeoGrid grid, IReadOnlyDictionary<string, string> metadata) => new()
    {
        Grid = grid,
        SampleType = SampleType.UInt8,
        Bands = [new() { Name = "confidence", NoData = 0, Scale = 1.0 / 255 }],
        Metadata = metadata,
    };

    /// <summary>Probabilities, one band a class: uint8 as the confidence, or float32 0..1 with no data -1.</summary>
    public static RasterInfo Probabilities(GeoGrid grid, ModelDescription model, SampleType type, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (type is not (SampleType.UInt8 or SampleType.Float32)) throw new ArgumentOutOfRangeException(nameof(type), type, "UInt8 or Float32");
        return new()
        {
            Grid = grid,
            SampleType = type,
            Bands = [.. model.Classes.Select(c => type == SampleType.UInt8
                ? new BandInfo { Name = c.Name, NoData = 0, Scale = 1.0 / 255 }
                : new BandInfo { Name = c.Name, NoData = ResultWriter.NoProbability })],
            Metadata = metadata,
        };
    }
}
