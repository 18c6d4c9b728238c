using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Asm.Analysis.Heatmaps;

/// <summary>
/// Weighted sums over the neighbourhoods of places in a row, of <see cref="Width"/> places at a time in the processor's registers.
/// </summary>
internal static class BlockSums
{
    /// <summary>Places whose sums are held in registers.</summary>
    public const int Width = 32;

    /// <summary>Adds to the sum of each place factor x value over all taps.</summary>
    /// <param name="values">
    /// The values; place p and tap (row, n) meet at <paramref name="origin"/> + row x <paramref name="stride"/> + p + n.
    /// </param>
    /// <param name="stride">Values from row to row.</param>
    /// <param name="origin">Where place 0 is in row 0.</param>
    /// <param name="taps">Rows of taps.</param>
    /// <param name="factors">Their factors.</param>
    /// <param name="counts">
    /// Where all taps are in row 0: for each value how many before it are not 0, and one entry more; stretches that add nothing are
    /// passed over. Empty: none is.
    /// </param>
    /// <param name="sums">The sums, a multiple of <see cref="Width"/>.</param>
    /// <param name="others">As many sums, to which the same is added; or none.</param>
    // Nearly all of the time goes by here: it is not to wait until the runtime finds that out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<double> values, int stride, int origin, ReadOnlySpan<RowTaps> taps,
        ReadOnlySpan<double> factors, ReadOnlySpan<int> counts, Span<double> sums, Span<double> others)
    {
        for (int place = 0; place < sums.Length; place += Width, origin += Width)
        {
            Vector256<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            bool isEmpty = true;
            foreach (RowTaps tap in taps)
            {
                int start = origin + tap.Row * stride + tap.First, length = Width + tap.Count - 1;
                if (!counts.IsEmpty && counts[start] == counts[start + length]) continue;
                isEmpty = false;
                ref double value = ref Unsafe.AsRef(in values.Slice(start, length)[0]);
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
            if (isEmpty) continue;
            for (Span<double> to = sums; ; to = others)
            {
                ref double sum = ref to.Slice(place, Width)[0];
                (Vector256.LoadUnsafe(ref sum) + a).StoreUnsafe(ref sum);
                (Vector256.LoadUnsafe(ref sum, 4) + b).StoreUnsafe(ref sum, 4);
                (Vector256.LoadUnsafe(ref sum, 8) + c).StoreUnsafe(ref sum, 8);
                (Vector256.LoadUnsafe(ref sum, 12) + d).StoreUnsafe(ref sum, 12);
                (Vector256.LoadUnsafe(ref sum, 16) + e).StoreUnsafe(ref sum, 16);
                (Vector256.LoadUnsafe(ref sum, 20) + f).StoreUnsafe(ref sum, 20);
                (Vector256.LoadUnsafe(ref sum, 24) + g).StoreUnsafe(ref sum, 24);
                (Vector256.LoadUnsafe(ref sum, 28) + h).StoreUnsafe(ref sum, 28);
                if (others.IsEmpty || to == others) break;
            }
        }
    }
}
