namespace Asm.Inference.Preflighting;

/// <summary>The checks of <see cref="Preflight"/>; docs/preflight.md has the limits of each and where they come from.</summary>
public enum PreflightCheck
{
    /// <summary>Bands or scenes without data, and bands that hold one value.</summary>
    Data,

    /// <summary>Samples are reflectance 0..1 after scaling.</summary>
    Scale,

    /// <summary>The offset of processing baselines 04.00 and later was removed once.</summary>
    Offset,

    /// <summary>The scene is surface reflectance (L2A), not top of atmosphere (L1C).</summary>
    Level,

    /// <summary>Bands are what their names or positions say.</summary>
    BandOrder,

    /// <summary>The scene resembles what the model was trained on.</summary>
    Training,

    /// <summary>The scene is of a season that the model was trained on.</summary>
    Season,
}
