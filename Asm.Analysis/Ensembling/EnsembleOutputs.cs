namespace Asm.Analysis.Ensembling;

/// <summary>The rasters that an ensemble writes.</summary>
[Flags]
public enum EnsembleOutputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NAME.classes.tif.</summary>
    Classes = 1,

    /// <summary>NAME.probabilities.tif.</summary>
    Probabilities = 2,

    /// <summary>NAME.dates.tif.</summary>
    Dates = 4,

    /// <summary>NAME.agreement.tif.</summary>
    Agreement = 8,

    /// <summary>NAME.confidence.tif.</summary>
    Confidence = 16,

    /// <summary>NAME.entropy.tif.</summary>
    Entropy = 32,

    /// <summary>NAME.margin.tif.</summary>
    Margin = 64,

    /// <summary>All but entropy and margin.</summary>
    Default = Classes | Probabilities | Dates | Agreement | Confidence,
}
