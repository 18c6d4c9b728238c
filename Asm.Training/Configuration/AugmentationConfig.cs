namespace Asm.Training.Configuration;

/// <summary>How patches are varied each time that they are used. The defaults are the paper's: reflections and free rotation.</summary>
internal sealed record AugmentationConfig
{
    /// <summary>The configuration that leaves patches as they are.</summary>
    internal static readonly AugmentationConfig Nothing = new() { ReflectAndTurn = false, Rotate = false };

    /// <summary>Reflections in X and Y and quarter turns, all eight equally often.</summary>
    public bool ReflectAndTurn { get; init; } = true;

    /// <summary>Rotation about the centre by an angle that is drawn evenly from 0 to 90 degrees. Pixels from outside of the patch have no data.</summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Share of patches that are rotated, 0 to 1, where <see cref="Rotate"/> is on. Below 1 the others stay sharp and whole.</summary>
    public double RotateShare { get; init; } = 1;

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
