using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>
/// Draws pixels at random without replacement: every pixel has a key, a hash of the seed and of its position, and the pixels of a
/// stratum with the smallest keys are its sample. The result depends neither on the order in which the raster is read nor on threads,
/// and memory holds candidates only.
/// </summary>
internal static class HashDraw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Draws.</summary>
    /// <param name="map">A raster of codes.</param>
    /// <param name="stratumOf">The stratum of each code 0 to 255; below 0 for codes that are not sampled.</param>
    /// <param name="pixels">Pixels of each stratum.</param>
    /// <param name="points">Pixels to draw of each stratum, no more than there are.</param>
    /// <param name="seed">Another number is another sample.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <returns>Strata and positions (row x width + column), in an order that is random too.</returns>
    public static List<(int Stratum, long Pixel)> Draw(IRasterSource map, int[] stratumOf,
        IReadOnlyList<long> pixels, IReadOnlyList<int> points, ulong seed, RunOptions? run)
    {
        ulong start = Mix(seed + Golden);
        for (double slack = 1; ; slack *= 4)
        {
            // Keys below the limit are more than enough but for one draw in 10^12, which is then done again with higher limits.
            ulong[] limits = [.. pixels.Select((n, i) => Limit(n, points[i], slack))];
            List<(ulong Key, int Stratum, long Pixel)> candidates = Candidates(map, stratumOf, limits, start, run);
            ILookup<int, (ulong Key, int Stratum, long Pixel)> strata = candidates.ToLookup(c => c.Stratum);
            if (Enumerable.Range(0, points.Count).Any(i => strata[i].Count() < points[i])) continue;
            IEnumerable<(ulong Key, int Stratum, long Pixel)> drawn = Enumerable.Range(0, points.Count)
                .SelectMany(i => strata[i].OrderBy(c => c.Key).ThenBy(c => c.Pixel).Take(points[i]));

            // In the order of the keys rare strata, whose keys reach higher, would come last: another hash hides
            // the strata from who labels.
            return [.. drawn.OrderBy(c => Mix(c.Key ^ Golden)).ThenBy(c => c.Pixel).Select(c => (c.Stratum, c.Pixel))];
        }
    }

    /// <summary>The 64-bit finalizer of SplitMix64 (Steele, Lea and Flood 2014), a bijection.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The key below which about n + 7 sqrt(n) + 30 pixels lie; 0 where none is wanted.</summary>
    private static ulong Limit(long pixels, int points, double slack)
    {
        if (points == 0) return 0;
        double share = slack * (points + 7 * Math.Sqrt(points) + 30) / pixels;
        return share >= 1 ? ulong.MaxValue : (ulong)(share * Math.Pow(2, 64));
    }

    private static List<(ulong Key, int Stratum, long Pixel)> Candidates(IRasterSource map,
        int[] stratumOf, ulong[] limits, ulong start, RunOptions? run)
    {
        var found = new List<(ulong, int, long)>();
        ulong[] limitOf = [.. stratumOf.Select(s => s < 0 ? 0 : limits[s])];
        var input = new WindowInput<byte>(map, [0], readValidity: false);
        WindowRunner.Run("draw", [input], [], (in WindowFrame frame) =>
        {
            ReadOnlySpan<byte> codes = frame.Samples(input);
            long first = (long)frame.Window.Row * frame.Window.Width;
            ulong counter = start + (ulong)first * Golden;
            for (int i = 0; i < codes.Length; i++, counter += Golden)
            {
                ulong limit = limitOf[codes[i]], key = Mix(counter);
                if (key > limit || limit == 0) continue;
                lock (found) found.Add((key, stratumOf[codes[i]], first + i));
            }
        }, run);
        return found;
    }
}
