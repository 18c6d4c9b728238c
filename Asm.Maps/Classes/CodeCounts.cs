using System.Buffers.Binary;
using System.Collections.Concurrent;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>Counts the codes of maps, strip by strip and on all threads.</summary>
internal static class CodeCounts
{
    private const int Codes = 256;

    /// <summary>Pixels of each code 0 to 255 of a map.</summary>
    public static long[] Of(IRasterSource map, RunOptions? run)
    {
        var input = new WindowInput<byte>(map, [0], readValidity: false);
        return Sum("count", [input], Codes, (in WindowFrame frame, long[] counts) => CodeRuns.Count(frame.Samples(input), counts), run);
    }

    /// <summary>Pixels of each pair of codes of two maps on one grid, at 256 x first + second.</summary>
    /// <exception cref="GridMismatchException">The grids differ.</exception>
    public static long[] OfPairs(IRasterSource first, IRasterSource second, RunOptions? run)
    {
        WindowInput<byte> a = new(first, [0], readValidity: false), b = new(second, [0], readValidity: false);
        return Sum("count", [a, b], Codes * Codes,
            (in WindowFrame frame, long[] counts) => CountPairs(frame.Samples(a), frame.Samples(b), counts), run);
    }

    /// <summary>Adds pixels to counts of pairs of codes, at 256 x first + second.</summary>
    public static void CountPairs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<long> counts)
    {
        int i = 0;
        while (i < first.Length)
        {
            (byte a, byte b) = (first[i], second[i]);
            int start = i++;
            ulong runA = a * 0x0101010101010101UL, runB = b * 0x0101010101010101UL;
            while (i + 8 <= first.Length && BinaryPrimitives.ReadUInt64LittleEndian(first[i..]) == runA
                && BinaryPrimitives.ReadUInt64LittleEndian(second[i..]) == runB)
                i += 8;
            while (i < first.Length && first[i] == a && second[i] == b) i++;
            counts[Codes * a + b] += i - start;
        }
    }

    /// <summary>Adds up what a function counts in each window; whole numbers, so the order does not matter.</summary>
    public static long[] Sum(string stage, IReadOnlyList<WindowInput> inputs, int size, Counter count, RunOptions? run)
    {
        var free = new ConcurrentBag<long[]>();
        WindowRunner.Run(stage, inputs, [], (in WindowFrame frame) =>
        {
            if (!free.TryTake(out long[]? counts)) counts = new long[size];
            count(frame, counts);
            free.Add(counts);
        }, run);
        var sum = new long[size];
        foreach (long[] counts in free)
            for (int i = 0; i < size; i++) sum[i] += counts[i];
        return sum;
    }

    /// <summary>Adds a window's pixels to counts.</summary>
    internal delegate void Counter(in WindowFrame frame, long[] counts);
}
