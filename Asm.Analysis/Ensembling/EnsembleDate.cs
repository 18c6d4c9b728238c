using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>One date of an ensemble, at its place in the common grid.</summary>
/// <param name="map">The date's probabilities.</param>
/// <param name="extent">Its pixels in the common grid.</param>
/// <param name="quantity">
/// How the date's samples become what is summed: samples as they are where all dates have one scale, so that sums of integers are
/// exact; else probabilities.
/// </param>
internal sealed class EnsembleDate(ProbabilityMap map, PixelWindow extent, ProbabilityScale quantity)
{
    private readonly int[] _bands = map.Bands;

    /// <summary>The date's pixels in the common grid.</summary>
    public PixelWindow Extent => extent;

    /// <summary>What is added to the sums for a sample.</summary>
    public ProbabilityScale Quantity => quantity;

    /// <summary>The type of the samples.</summary>
    public SampleType SampleType => map.Source.Info.SampleType;

    /// <summary>The lowest sample that is a probability.</summary>
    public double Low => (-ProbabilityScale.Tolerance - map.Scale.Offset) / map.Scale.Factor;

    /// <summary>The highest sample that is a probability.</summary>
    public double High => (1 + ProbabilityScale.Tolerance - map.Scale.Offset) / map.Scale.Factor;

    /// <summary>Reads samples and validity of a part of the common grid, inside of the date's extent.</summary>
    public void Read<T>(PixelWindow part, Span<T> samples, Span<byte> valid) where T : unmanaged, System.Numerics.INumber<T> =>
        map.Source.ReadWithValidity(Own(part), _bands, samples, valid);

    /// <summary>How far the probabilities of a pixel may add up to more or less than 1.</summary>
    public double SumTolerance => map.SumTolerance;

    /// <summary>The sum of the samples of all classes as a probability.</summary>
    public double SumOf(double samples) => map.SumOf(samples);

    /// <summary>The error for a sample that is no probability.</summary>
    public AsmException NoProbability(double sample, double samples, int band, int column, int row) => map.Unfit(
        $"band {band + 1} ({map.Classes[band].Name}) has probability {map.Scale.Of(sample):0.######} in column {column - extent.Column}, "
        + $"row {row - extent.Row}", samples);

    /// <summary>The error for probabilities that do not add up to 1.</summary>
    public AsmException NoWhole(double samples, int column, int row) => map.Unfit(
        $"the probabilities of the classes add up to {map.SumOf(samples):0.######} in column {column - extent.Column}, "
        + $"row {row - extent.Row}", samples);

    private PixelWindow Own(PixelWindow part) => part with { Column = part.Column - extent.Column, Row = part.Row - extent.Row };
}
