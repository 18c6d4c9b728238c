using System.Numerics;
using System.Runtime.InteropServices;

namespace Asm.Training.Patches;

/// <summary>The 16-bit samples of a stack: reflectance x 10,000.</summary>
internal static class StackSamples
{
    private const float Reflectance = 1e-4f;

    /// <summary>
    /// Turns samples into reflectance. As vectors: sample by sample takes ten times as long, on a core that the training step needs.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="reflectance">Receives as many reflectances.</param>
    public static void ToReflectance(ReadOnlySpan<ushort> samples, Span<float> reflectance)
    {
        ReadOnlySpan<Vector<ushort>> blocks = MemoryMarshal.Cast<ushort, Vector<ushort>>(samples);
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(reflectance);
        for (int i = 0; i < blocks.Length; i++)
        {
            Vector.Widen(blocks[i], out Vector<uint> low, out Vector<uint> high);
            (to[2 * i], to[2 * i + 1]) = (Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * Reflectance,
                Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * Reflectance);
        }

        for (int i = blocks.Length * Vector<ushort>.Count; i < samples.Length; i++) reflectance[i] = samples[i] * Reflectance;
    }
}
