using System.Numerics;

namespace Asm.Training.Baselines;

/// <summary>
/// Sorts keys by the rank in their upper bits: by digits where there are many, since ranks have few bits, else by comparison.
/// </summary>
internal sealed class KeySort(int capacity)
{
    private const int DigitBits = 8, FewestForDigits = 512;

    private readonly ulong[] _other = new ulong[capacity];
    private readonly int[] _counts = new int[1 << DigitBits];

    /// <summary>Sorts; keys of equal rank come in any order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="shift">Bits below the rank.</param>
    /// <param name="low">Lowest rank.</param>
    /// <param name="high">Highest rank.</param>
    public void Sort(Span<ulong> keys, int shift, int low, int high)
    {
        if (keys.Length < FewestForDigits)
        {
            keys.Sort();
            return;
        }

        int bits = BitOperations.Log2((uint)(high - low)) + 1;
        Span<ulong> from = keys, to = _other.AsSpan(0, keys.Length);
        for (int digit = 0; digit < bits; digit += DigitBits)
        {
            Pass(from, to, shift, (uint)low, digit);
            Span<ulong> swap = from;
            from = to;
            to = swap;
        }

        if (from != keys) from.CopyTo(keys);
    }

    private void Pass(ReadOnlySpan<ulong> from, Span<ulong> to, int shift, uint low, int digit)
    {
        const int Mask = (1 << DigitBits) - 1;
        Array.Clear(_counts);
        foreach (ulong key in from) _counts[(((uint)(key >> shift) - low) >> digit) & Mask]++;
        int at = 0;
        for (int i = 0; i < _counts.Length; i++) (_counts[i], at) = (at, at + _counts[i]);
        foreach (ulong key in from) to[_counts[(((uint)(key >> shift) - low) >> digit) & Mask]++] = key;
    }
}
