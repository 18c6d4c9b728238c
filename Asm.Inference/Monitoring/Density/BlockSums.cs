using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Asm.Inference.Monitoring;

/// <summary>Weighted sums over the neighbourhoods of <see cref="Width"/> places in a row at a time, held in the processor's registers.</summary>
internal static class BlockSums
{
    /// <summary>Places of one call.</summary>
    public const int Width = 32;

    /// <summary>Computes for places 0 to 31 the sum of factor x value over all taps.</summary>
    /// <param name="values">The values; place p and tap (row, n) meet at <paramref name="origin"/> + row x <paramref name="stride"/> + p + n. They start with the topmost row.</param>
    /// <param name="stride">Values from row to row.</param>
    /// <param name="origin">The column of place 0.</param>
    /// <param name="taps">Rows of taps.</param>
    /// <param name="factors">Their factors.</param>
    /// <param name="counts">
    /// For each value how many before it in its row are not 0, with one more entry at the end of a row, from such a row on that <paramref name="origin"/>
    /// is in the first: rows that add nothing are passed over. Empty: none is passed over.
    /// </param>
    /// <param name="sums">Receives 32 sums.</param>
    public static void Compute(ReadOnlySpan<double> values, int stride, int origin, ReadOnlySpan<RowTaps> taps, ReadOnlySpan<double> factors, ReadOnlySpan<int> counts, Span<double> sums)
    {
        Vector256<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        foreach (RowTaps tap in taps)
        {
            int start = origin + tap.Row * stride + tap.First;
            if (!counts.IsEmpty)
            {
                int at = start + tap.Row;
                if (counts[at] == counts[at + Width + tap.Count - 1]) continue;
            }
            ref double value = ref Unsafe.AsRef(in values.Slice(start, Width + tap.Count - 1)[0]);
            foreach (double factor in factors.Slice(tap.At, tap.Count))
            {
                Vector256<double> t = Vector256.Create(factor);
                a = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value), a);
                b = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 4), b);
                c = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 8), c);
                d = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 12), d);
                e = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 16), e);
                f = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 20), f);
                g = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 24), g);
                h = Vector256.MultiplyAddEstimate(t, Vector256.LoadUnsafe(ref value, 28), h);
                value = ref Unsafe.Add(ref value, 1);
            }
        }
        ref double sum = ref sums[..Width][0];
        a.StoreUnsafe(ref sum);
        b.StoreUnsafe(ref sum, 4);
        c.StoreUnsafe(ref sum, 8);
        d.StoreUnsafe(ref sum, 12);
        e.StoreUnsafe(ref sum, 16);
        f.StoreUnsafe(ref sum, 20);
        g.StoreUnsafe(ref sum, 24);
        h.StoreUnsafe(ref sum, 28);
    }
}
