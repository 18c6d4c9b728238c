using System.Runtime.CompilerServices;

namespace Asm.Simulation.Noise;

/// <summary>Hashes that stand in for random numbers: the same key gives the same bits on every machine, in any order of calls.</summary>
internal static class Hash
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit changes about half of the output bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A new key from a key and a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong key, ulong number) => Mix(key + GoldenRatio * (number + 1));

    /// <summary>A new key from a key and a position, which may be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong key, int x, int y) => Mix(key + GoldenRatio * ((uint)x | (ulong)(uint)y << 32));

    /// <summary>The top 24 bits as a number in 0 (inclusive) .. 1 (exclusive).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Unit(ulong bits) => (bits >> 40) * (1f / (1 << 24));

    /// <summary>
    /// Mean 0, variance 1, bounded by 3.47: the sum of four 16-bit uniform numbers (Irwin-Hall), which needs no logarithm and is
    /// therefore exact everywhere.
    /// </summary>
    public static float Normal(ulong bits)
    {
        uint sum = (uint)(bits & 0xFFFF) + (uint)((bits >> 16) & 0xFFFF) + (uint)((bits >> 32) & 0xFFFF) + (uint)(bits >> 48);
        return (sum - 131070f) * (1.7320508f / 65536);
    }
}
