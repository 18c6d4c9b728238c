using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>Halves tiles for overviews, as <see cref="OverviewMode"/> says.</summary>
internal static class OverviewKernel
{
    /// <summary>
    /// Halves the covered part of a tile. At an odd edge the coarser pixel follows from the one or two finer ones that are there.
    /// </summary>
    /// <param name="mode">Mode or average.</param>
    /// <param name="fine">Rows of <paramref name="stride"/> samples.</param>
    /// <param name="stride">Samples from one row to the next, in both tiles.</param>
    /// <param name="width">Covered columns of the finer tile.</param>
    /// <param name="height">Covered rows of the finer tile.</param>
    /// <param name="noData">The sample without data, or null.</param>
    /// <param name="coarse">Receives (height + 1) / 2 rows of (width + 1) / 2 samples.</param>
    public static void Halve<T>(OverviewMode mode, ReadOnlySpan<T> fine, int stride, int width, int height, T? noData, Span<T> coarse)
        where T : unmanaged, INumber<T>
    {
        bool hasNoData = noData.HasValue;
        T sentinel = noData ?? T.Zero;
        T nothing = noData ?? T.CreateSaturating(double.NaN);
        Span<T> seen = stackalloc T[4];
        for (int row = 0; row < height; row += 2)
        {
            ReadOnlySpan<T> upper = fine.Slice(row * stride, width);
            ReadOnlySpan<T> lower = row + 1 < height ? fine.Slice((row + 1) * stride, width) : [];
            Span<T> to = coarse.Slice(row / 2 * stride, (width + 1) / 2);
            int column = 0;
            if (!lower.IsEmpty)
                for (; column + 1 < width; column += 2)
                {
                    if (mode == OverviewMode.Mode) column += SkipUniform(upper[column..], lower[column..], to[(column / 2)..]);
                    if (column + 1 >= width) break;
                    T a = upper[column], b = upper[column + 1], c = lower[column], d = lower[column + 1];
                    bool gap = hasNoData && (a == sentinel || b == sentinel || c == sentinel || d == sentinel) || T.IsNaN(a + b + c + d);
                    if (a == b && a == c && a == d) to[column / 2] = a;
                    else if (mode == OverviewMode.Average && !gap)
                        to[column / 2] = Mean<T>(double.CreateTruncating(a) + double.CreateTruncating(b)
                            + double.CreateTruncating(c) + double.CreateTruncating(d), 4);
                    else to[column / 2] = Combine(mode, Gather(upper, lower, column, hasNoData, sentinel, seen), nothing);
                }
            for (; column < width; column += 2)
                to[column / 2] = Combine(mode, Gather(upper, lower, column, hasNoData, sentinel, seen), nothing);
        }
    }

    /// <summary>
    /// Halves what two rows of bytes begin with as long as all are equal, as they mostly are in class maps: vectors of them in one step.
    /// Returns how many columns that was.
    /// </summary>
    private static int SkipUniform<T>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, Span<T> to) where T : unmanaged, INumber<T>
    {
        if (typeof(T) != typeof(byte)) return 0;
        ReadOnlySpan<Vector128<byte>> uppers = MemoryMarshal.Cast<T, Vector128<byte>>(upper),
            lowers = MemoryMarshal.Cast<T, Vector128<byte>>(lower);
        int count = 0;
        while (count < uppers.Length && uppers[count] == lowers[count]
            && uppers[count] == Vector128.Create(byte.CreateTruncating(upper[0])))
            count++;
        to[..(count * Vector128<byte>.Count / 2)].Fill(upper[0]);
        return count * Vector128<byte>.Count;
    }

    /// <summary>The samples with data among the up to four.</summary>
    private static Span<T> Gather<T>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, int column, bool hasNoData, T sentinel, Span<T> seen)
        where T : unmanaged, INumber<T>
    {
        int count = 0;
        for (int i = column; i < Math.Min(column + 2, upper.Length); i++)
        {
            if (!(hasNoData && upper[i] == sentinel) && !T.IsNaN(upper[i])) seen[count++] = upper[i];
            if (!lower.IsEmpty && !(hasNoData && lower[i] == sentinel) && !T.IsNaN(lower[i])) seen[count++] = lower[i];
        }
        return seen[..count];
    }

    private static T Combine<T>(OverviewMode mode, ReadOnlySpan<T> samples, T nothing) where T : unmanaged, INumber<T>
    {
        if (samples.IsEmpty) return nothing;
        if (mode == OverviewMode.Average)
        {
            double sum = 0;
            foreach (T sample in samples) sum += double.CreateTruncating(sample);
            return Mean<T>(sum, samples.Length);
        }
        T best = samples[0];
        int most = 0;
        foreach (T candidate in samples)
        {
            int count = samples.Count(candidate);
            if (count > most || (count == most && candidate < best)) (best, most) = (candidate, count);
        }
        return best;
    }

    /// <summary>Sums of four 32-bit integers are exact in double precision, so the rounding is too.</summary>
    private static T Mean<T>(double sum, int count) where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double)
            ? T.CreateTruncating(sum / count)
            : T.CreateTruncating(Math.Round(sum / count, MidpointRounding.AwayFromZero));
}
