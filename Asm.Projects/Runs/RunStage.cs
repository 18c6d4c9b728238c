namespace Asm.Projects.Runs;

/// <summary>The stages of a run, in order.</summary>
public enum RunStage
{
    /// <summary>A scene to probabilities.</summary>
    Predict,

    /// <summary>The dates of a tile and season to one map.</summary>
    Ensemble,

    /// <summary>The tiles of a season to one map.</summary>
    Mosaic,

    /// <summary>Two seasons to what changed.</summary>
    Change,

    /// <summary>What is new as a density.</summary>
    Density,

    /// <summary>The followed class as polygons.</summary>
    Polygons,

    /// <summary>Hectares in zones.</summary>
    Zones,

    /// <summary>Accuracy from labelled points.</summary>
    Accuracy,

    /// <summary>The report.</summary>
    Report,
}
