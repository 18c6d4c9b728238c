using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>What the rasters of all stages are: sample types, names, colours, scales. See docs/file-formats.md.</summary>
internal static class MapProducts
{
    /// <summary>The colour of no data.</summary>
    public static readonly Rgb NoDataColor = new(0, 0, 0);

    /// <summary>The name of code 0.</summary>
    public const string NoDataName = "no data";

    /// <summary>The no data value of float32 probabilities.</summary>
    public const float NoProbability = -1;

    /// <summary>
    /// A class map: uint8, 0 no data, then the classes' codes; colours and class names set. The codes count from 1 without gaps.
    /// </summary>
    public static RasterInfo Classes(GeoGrid grid, IReadOnlyList<MapClass> classes, IReadOnlyDictionary<string, string> metadata) => new()
    {
        Grid = grid,
        SampleType = SampleType.UInt8,
        Bands = [new() { Name = "class", NoData = 0 }],
        Colors = [NoDataColor, .. classes.Select(c => c.Color)],
        ClassNames = [NoDataName, .. classes.Select(c => c.Name)],
        Metadata = metadata,
    };

    /// <summary>A share or probability: uint8, 1..255 = 0..1, 0 no data.</summary>
    public static RasterInfo Share(GeoGrid grid, string name, IReadOnlyDictionary<string, string> metadata) => new()
    {
        Grid = grid,
        SampleType = SampleType.UInt8,
        Bands = [new() { Name = name, NoData = 0, Scale = 1.0 / 255 }],
        Metadata = metadata,
    };

    /// <summary>Probabilities, one band a class: uint8 as a share, or float32 0..1 with no data -1.</summary>
    public static RasterInfo Probabilities(GeoGrid grid, IReadOnlyList<MapClass> classes,
        SampleType type, IReadOnlyDictionary<string, string> metadata)
    {
        if (type is not (SampleType.UInt8 or SampleType.Float32))
            throw new ArgumentOutOfRangeException(nameof(type), type, "UInt8 or Float32");
        return new()
        {
            Grid = grid,
            SampleType = type,
            Bands = [.. classes.Select(c => type == SampleType.UInt8
                ? new BandInfo { Name = c.Name, NoData = 0, Scale = 1.0 / 255 }
                : new BandInfo { Name = c.Name, NoData = NoProbability })],
            Metadata = metadata,
        };
    }
}
