using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>Where an ensemble goes; a null sink is an output not wanted. All have the grid of <see cref="Ensemble.GridOf"/>.</summary>
/// <remarks>Shares are uint8: 1..255 = 0..1, no data 0; a share below 1/510 is stored as 1.</remarks>
public sealed record EnsembleSinks
{
    /// <summary>Class codes from 1, uint8, no data 0: the class of the highest mean probability, ties to the lowest code.</summary>
    public IRasterSink? Classes { get; init; }

    /// <summary>Mean probability of each class: uint8 shares, or float32 0..1 with no data -1.</summary>
    public IRasterSink? Probabilities { get; init; }

    /// <summary>Number of dates with data, uint8 or uint16; 0 is a value, not no data.</summary>
    public IRasterSink? Dates { get; init; }

    /// <summary>Share of the dates with data whose own class is the ensemble's.</summary>
    public IRasterSink? Agreement { get; init; }

    /// <summary>Mean probability of the winning class, a share.</summary>
    public IRasterSink? Confidence { get; init; }

    /// <summary>
    /// Shannon entropy of the mean probabilities, as a share of its maximum: - sum q ln q / ln(classes), with q the
    /// means divided by their sum.
    /// </summary>
    public IRasterSink? Entropy { get; init; }

    /// <summary>The highest mean probability less the second highest, a share.</summary>
    public IRasterSink? Margin { get; init; }

    internal IReadOnlyList<IRasterSink> All =>
        [.. ((IRasterSink?[])[Classes, Probabilities, Dates, Agreement, Confidence, Entropy, Margin]).OfType<IRasterSink>()];
}
