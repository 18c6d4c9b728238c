using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Where a prediction goes; a null sink is an output not wanted. All have the stack's grid.</summary>
public sealed record PredictionSinks
{
    /// <summary>Class codes from 1, uint8, no data 0.</summary>
    public IRasterSink? Classes { get; init; }

    /// <summary>Probability of the winning class, uint8: 1..255 = 0..1, no data 0.</summary>
    public IRasterSink? Confidence { get; init; }

    /// <summary>Probability of each class: uint8 as <see cref="Confidence"/>, or float32 0..1 with no data -1.</summary>
    public IRasterSink? Probabilities { get; init; }

    internal IEnumerable<IRasterSink> All
    {
        get
        {
            if (Classes is not null) yield return Classes;
            if (Confidence is not null) yield return Confidence;
            if (Probabilities is not null) yield return Probabilities;
        }
    }
}
