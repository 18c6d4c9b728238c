using System.Runtime.InteropServices;

namespace Asm.Maps.Classes;

/// <summary>
/// Counts of codes. Maps of land cover are mostly runs of one code, so that eight equal pixels are compared with the
/// eight before in one step.
/// </summary>
internal static class CodeRuns
{
    private const ulong Ones = 0x0101010101010101;

    /// <summary>Adds the pixels of each code to the 256 counts.</summary>
    public static void Count(ReadOnlySpan<byte> codes, Span<long> counts)
    {
        ReadOnlySpan<ulong> eights = MemoryMarshal.Cast<byte, ulong>(codes);
        ulong same = 0;
        foreach (ulong eight in eights)
        {
            if (eight != same)
            {
                if (!IsUniform(eight))
                {
                    for (int shift = 0; shift < 64; shift += 8) counts[(byte)(eight >> shift)]++;
                    continue;
                }
                same = eight;
            }
            counts[(byte)same] += 8;
        }
        foreach (byte code in codes[(8 * eights.Length)..]) counts[code]++;
    }

    /// <summary>Looks up the code of each pair of pixels, and adds the pairs to counts.</summary>
    /// <param name="before">Codes below 16.</param>
    /// <param name="after">As many codes below 16.</param>
    /// <param name="table">The code to write for 16 x before + after.</param>
    /// <param name="to">Receives as many codes.</param>
    /// <param name="counts">256 counts of 16 x before + after.</param>
    public static void Pair(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ReadOnlySpan<byte> table, Span<byte> to, Span<long> counts)
    {
        ReadOnlySpan<ulong> befores = MemoryMarshal.Cast<byte, ulong>(before),
            afters = MemoryMarshal.Cast<byte, ulong>(after)[..befores.Length];
        Span<ulong> tos = MemoryMarshal.Cast<byte, ulong>(to)[..befores.Length];
        (ulong sameBefore, ulong sameAfter, ulong sameTo) = (0, 0, Ones * table[0]);
        for (int i = 0; i < befores.Length; i++)
        {
            (ulong b, ulong a) = (befores[i], afters[i]);
            if (b != sameBefore || a != sameAfter)
            {
                if (!IsUniform(b) || !IsUniform(a))
                {
                    One(before, after, table, to, counts, 8 * i, 8 * i + 8);
                    continue;
                }
                (sameBefore, sameAfter, sameTo) = (b, a, Ones * table[16 * (byte)b + (byte)a]);
            }
            tos[i] = sameTo;
            counts[16 * (byte)b + (byte)a] += 8;
        }
        One(before, after, table, to, counts, 8 * befores.Length, before.Length);
    }

    private static void One(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after,
        ReadOnlySpan<byte> table, Span<byte> to, Span<long> counts, int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            int pair = 16 * before[i] + after[i];
            to[i] = table[pair];
            counts[pair]++;
        }
    }

    private static bool IsUniform(ulong eight) => eight == Ones * (byte)eight;
}
