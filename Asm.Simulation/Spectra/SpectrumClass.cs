using Asm.Simulation.Noise;

namespace Asm.Simulation.Spectra;

/// <summary>
/// A class of surfaces as ten-band statistics: the mean and the leading principal components of real pixels, reflectance x 10,000.
/// </summary>
internal sealed class SpectrumClass
{
    /// <summary>Bands of a spectrum: B02 B03 B04 B05 B06 B07 B08 B8A B11 B12.</summary>
    public const int BandCount = 10;

    /// <summary>Principal components kept.</summary>
    public const int ComponentCount = 4;

    /// <summary>Creates a class.</summary>
    /// <param name="key">A number of its own, for choices that belong to the class.</param>
    /// <param name="mean">Ten values.</param>
    /// <param name="components">Four vectors of ten values, each as long as the standard deviation along it.</param>
    public SpectrumClass(ulong key, float[] mean, float[][] components) => (Key, Mean, Components) = (key, mean, components);

    /// <summary>A number of its own.</summary>
    public ulong Key { get; }

    /// <summary>Mean of each band.</summary>
    public float[] Mean { get; }

    /// <summary>Components by falling variance.</summary>
    public float[][] Components { get; }

    /// <summary>
    /// Draws a spectrum: mean + scale x sum of z_k component_k with z_k normal. No band falls below a third of its mean, as a Gaussian
    /// would make it where the spread is wide.
    /// </summary>
    public void Sample(Draw draw, int slot, float scale, Span<float> spectrum)
    {
        Mean.CopyTo(spectrum);
        for (int k = 0; k < ComponentCount; k++)
        {
            float z = scale * draw.Normal(slot + k);
            for (int b = 0; b < BandCount; b++) spectrum[b] += z * Components[k][b];
        }
        for (int b = 0; b < BandCount; b++) spectrum[b] = MathF.Max(spectrum[b], Mean[b] / 3);
    }
}
