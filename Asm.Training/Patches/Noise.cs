using System.Numerics;
using System.Runtime.InteropServices;

namespace Asm.Training.Patches;

/// <summary>
/// Noise as a function of seed and position: a hash of the position instead of a generator, so that many samples are made at once.
/// </summary>
internal static class Noise
{
    // Each sample adds up the four bytes of a 32-bit hash: near enough to normal, mean 4 x 127.5, variance 4 x (256^2 - 1) / 12.
    private const float Mean = 510f;
    private static readonly float Deviation = MathF.Sqrt((65_536f - 1) / 3f);

    /// <summary>Adds noise of mean 0. Sample i gets the noise of number <paramref name="number"/> + i.</summary>
    /// <param name="samples">What it is added to.</param>
    /// <param name="deviation">Standard deviation of the noise.</param>
    /// <param name="number">Number of the first sample.</param>
    public static void Add(Span<float> samples, float deviation, uint number)
    {
        float scale = deviation / Deviation;
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(samples);
        Vector<uint> numbers = new Vector<uint>(number) + Vector<uint>.Indices;
        for (int block = 0; block < blocks.Length; block++, numbers += new Vector<uint>((uint)Vector<uint>.Count))
            blocks[block] += scale * Draw(numbers);
        for (int i = blocks.Length * Vector<float>.Count; i < samples.Length; i++)
            samples[i] += scale * Draw(new Vector<uint>(number + (uint)i))[0];
    }

    // The finaliser of MurmurHash3 (Appleby 2011).
    private static Vector<float> Draw(Vector<uint> numbers)
    {
        Vector<uint> h = numbers ^ (numbers >>> 16);
        h *= new Vector<uint>(0x85ebca6b);
        h ^= h >>> 13;
        h *= new Vector<uint>(0xc2b2ae35);
        h ^= h >>> 16;
        var low = new Vector<uint>(0xff);
        Vector<uint> sum = (h & low) + ((h >>> 8) & low) + ((h >>> 16) & low) + (h >>> 24);
        return Vector.ConvertToSingle(Vector.AsVectorInt32(sum)) - new Vector<float>(Mean);
    }
}
