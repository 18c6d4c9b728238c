using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>How samples become probabilities: sample x factor + offset.</summary>
/// <param name="Factor">Above 0.</param>
/// <param name="Offset">The probability of sample 0.</param>
internal readonly record struct ProbabilityScale(double Factor, double Offset)
{
    /// <summary>Probabilities may leave 0..1 by this much: sums of float32 do not end exactly at 1.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>What a raster says of its samples.</summary>
    /// <param name="source">The raster; all its bands have the same scale.</param>
    /// <param name="fullScale">
    /// The sample that means 1 in a raster of integers that states no scale; null: such a raster is refused.
    /// </param>
    /// <exception cref="AsmException">The scale is missing or makes no sense.</exception>
    public static ProbabilityScale Of(IRasterSource source, double? fullScale)
    {
        RasterInfo info = source.Info;
        BandInfo first = info.Bands[0];
        if (info.Bands.Any(b => b.Scale != first.Scale || b.Offset != first.Offset))
            throw new AsmException(source.Name, "its bands have different scales", "one scale for all bands", "rewrite it with one scale");
        if (!(first.Scale > 0))
            throw new AsmException(source.Name, $"its scale is {first.Scale}",
                "a scale above 0", "rewrite it with the right scale: gdal_edit.py -scale ...");
        bool integers = info.SampleType is not (SampleType.Float32 or SampleType.Float64);
        if (!integers || first.Scale != 1 || first.Offset != 0) return new(first.Scale, first.Offset);
        return fullScale is { } one
            ? new(1 / one, 0)
            : throw new AsmException(source.Name,
                $"its samples are {info.SampleType} and it states no scale, so that they cannot be told to be probabilities",
                "float32 of 0..1, or integers with a scale",
                "give the sample that means probability 1 with `full-scale`, such as 254 or 10000");
    }

    /// <summary>The probability of a sample.</summary>
    public double Of(double sample) => sample * Factor + Offset;
}
