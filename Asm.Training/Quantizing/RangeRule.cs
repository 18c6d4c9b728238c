namespace Asm.Training.Quantizing;

/// <summary>How the range of a tensor follows from its values on the calibration windows.</summary>
internal enum RangeRule
{
    /// <summary>Up to the value that all but 1 of 100,000 values do not exceed.</summary>
    Percentile,

    /// <summary>From the lowest to the highest value.</summary>
    MinMax,

    /// <summary>Up to the value with the least squared error, of rounding inside of the range and cutting off above.</summary>
    LeastSquares,
}
