using Asm.Simulation.Noise;
using Asm.Simulation.Spectra;

namespace Asm.Simulation.Imaging;

/// <summary>How an object looks on a date: its mean spectrum, how it varies from pixel to pixel, and at which scales.</summary>
internal ref struct Look
{
    /// <summary>Reflectance x 10,000 in ten bands.</summary>
    public Span<float> Mean;

    /// <summary>What one standard deviation of texture adds, in ten bands.</summary>
    public Span<float> Vary;

    /// <summary>Weight of the pixel-to-pixel part of the texture.</summary>
    public float Grain;

    /// <summary>Weight of the part of a few pixels.</summary>
    public float Clump;

    /// <summary>Weight of the part of 12 to 34 pixels.</summary>
    public float Patch;

    /// <summary>Sets the mean to a draw of a class, and the variation to part of its covariance.</summary>
    public readonly void Draw(string spectrumClass, Draw draw, int slot, float scale = 0.9f)
    {
        SpectrumClass spectra = SpectrumTable.Get(spectrumClass);
        spectra.Sample(draw, slot, scale, Mean);
        for (int b = 0; b < Mean.Length; b++) Vary[b] = spectra.Components[0][b];
    }

    /// <summary>Moves the mean towards a draw of another class: 0 keeps it, 1 replaces it.</summary>
    public readonly void Blend(string spectrumClass, Draw draw, int slot, float share)
    {
        Span<float> other = stackalloc float[SpectrumClass.BandCount];
        SpectrumTable.Get(spectrumClass).Sample(draw, slot, 0.9f, other);
        for (int b = 0; b < Mean.Length; b++) Mean[b] += share * (other[b] - Mean[b]);
    }

    /// <summary>Multiplies the mean.</summary>
    public readonly void Brighten(float factor)
    {
        for (int b = 0; b < Mean.Length; b++) Mean[b] *= factor;
    }

    /// <summary>Sets the texture: shadow and light as a share of the mean, plus a share of the class's own first component.</summary>
    public void Texture(float light, float component, float grain, float clump, float patch)
    {
        for (int b = 0; b < Mean.Length; b++) Vary[b] = light * Mean[b] + component * Vary[b];
        float length = MathF.Sqrt(grain * grain + clump * clump + patch * patch);
        (Grain, Clump, Patch) = (grain / length, clump / length, patch / length);
    }
}
