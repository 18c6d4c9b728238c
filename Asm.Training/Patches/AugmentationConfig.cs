namespace Asm.Training.Patches;

/// <summary>How patches are varied each time that they are used.</summary>
internal sealed record AugmentationConfig
{
    /// <summary>Reflections in X and Y and quarter turns, all eight equally often.</summary>
    public bool ReflectAndTurn { get; init; } = true;

    /// <summary>Standard deviation of the natural logarithm of a gain that is drawn for each band alone. 0.05 is about 5 %.</summary>
    public double BandGain { get; init; }

    /// <summary>Standard deviation of a reflectance that is drawn for each band alone and added.</summary>
    public double BandOffset { get; init; }

    /// <summary>Standard deviation of the natural logarithm of a gain that all bands share.</summary>
    public double Brightness { get; init; }

    /// <summary>Standard deviation of a reflectance that is added to B02 in full and to each later band less, as haze does: halved with every fifth of the bands.</summary>
    public double Haze { get; init; }

    /// <summary>Standard deviation of noise that is drawn for each sample, in reflectance.</summary>
    public double Noise { get; init; }
}
