using Asm.Simulation.Noise;
using Asm.Simulation.Spectra;

namespace Asm.Simulation.Imaging;

/// <summary>
/// Spectra of water that carries soil. No real samples of mine ponds are at hand, so they are mixed from real water and real soil.
/// </summary>
internal static class WaterLook
{
    // Share of the brightness of suspended soil that water lets out again: none is lost below 700 nm, nearly all beyond
    // 1,400 nm, where water absorbs (shape after the pure-water absorption of Palmer and Williams 1974; scaled so that brown
    // soil gives the class water-silty).
    private static readonly float[] Escape = [0.95f, 1, 1, 0.9f, 0.52f, 0.5f, 0.42f, 0.34f, 0.05f, 0.04f];

    // What green, chalky water scatters back, at strength 1.
    private static readonly float[] Turquoise = [620, 1000, 560, 420, 170, 150, 110, 90, 35, 25];

    /// <summary>Sets the mean to clear water with suspended soil and turquoise scatter.</summary>
    /// <param name="look">Receives the spectrum.</param>
    /// <param name="draw">The object's choices; slots from <paramref name="slot"/> are used.</param>
    /// <param name="slot">The first slot.</param>
    /// <param name="clear">Class of the clear water.</param>
    /// <param name="soil">Class of the soil.</param>
    /// <param name="sediment">0 clear .. 1 opaque with soil.</param>
    /// <param name="turquoise">0 none .. 2 strongly milky green.</param>
    public static void Mix(ref Look look, Draw draw, int slot, string clear, string soil, float sediment, float turquoise)
    {
        look.Draw(clear, draw, slot, 0.8f);
        Span<float> suspended = stackalloc float[SpectrumClass.BandCount];
        SpectrumTable.Get(soil).Sample(draw, slot + 10, 0.8f, suspended);
        for (int b = 0; b < suspended.Length; b++)
            look.Mean[b] += sediment * (suspended[b] * Escape[b] - 0.5f * look.Mean[b]) + turquoise * Turquoise[b];
        look.Texture(0.03f, 0.06f, 0.4f, 0.4f, 0.8f);
    }
}
