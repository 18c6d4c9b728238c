namespace Asm.Inference.Prediction;

/// <summary>The rasters that a prediction writes.</summary>
[Flags]
public enum PredictionOutputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NAME.classes.tif.</summary>
    Classes = 1,

    /// <summary>NAME.confidence.tif.</summary>
    Confidence = 2,

    /// <summary>NAME.probabilities.tif.</summary>
    Probabilities = 4,

    /// <summary>All three.</summary>
    All = Classes | Confidence | Probabilities,
}
