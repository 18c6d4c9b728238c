using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>Which stored numbers of a band can be reflectance.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="Zero">The number of reflectance 0; below it one number in all bands is a fill.</param>
/// <param name="High">The highest.</param>
/// <param name="Hot">The highest that a few glinting or saturated pixels have.</param>
/// <param name="NoData">The numbers that mean no data; null for none.</param>
/// <param name="Type">The type that the numbers are stored as.</param>
internal readonly record struct BandLimits(double Low, double Zero, double High, double Hot, NoDataInterval? NoData, SampleType Type)
{
    /// <summary>No ground is darker, whatever a correction takes away: the darkest products of level 2A end at -0.1.</summary>
    public const double Darkest = -0.5;

    /// <summary>Fresh snow, clouds at a low sun and saturated detectors stay below.</summary>
    public const double Brightest = 2.5;

    /// <summary>A little beyond 65,534 / 10,000, the brightest that products of 16 bits hold.</summary>
    private const double Hottest = 7;

    /// <summary>The limits of a band whose reflectance is number x scale + offset.</summary>
    public static BandLimits Of(SampleType type, BandInfo band, double scale, double offset) => new(
        (Darkest - offset) / scale, -offset / scale, (Brightest - offset) / scale, (Hottest - offset) / scale,
        AsRead(NoDataInterval.Of(band.NoData, type), type), type);

    /// <summary>Integers of 32 bits are read as float32, which rounds them.</summary>
    private static NoDataInterval? AsRead(NoDataInterval? noData, SampleType type) =>
        noData is { } interval && type is SampleType.Int32 or SampleType.UInt32
            ? new((float)interval.Low, (float)interval.High)
            : noData;

    /// <summary>True for the ends of an integer type, which mark and do not measure.</summary>
    public bool IsEnd(double number) => Type switch
    {
        SampleType.Int16 => number is short.MinValue or short.MaxValue,
        SampleType.UInt16 => number is ushort.MaxValue,
        SampleType.Int32 => number is int.MinValue or int.MaxValue,
        SampleType.UInt32 => number is uint.MaxValue,
        _ => false,
    };
}
