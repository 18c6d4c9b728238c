using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Asm.Raster.Resampling;

/// <summary>
/// The two steps of separable bicubic upsampling by two, where all taps are valid: four source rows become one, then each column becomes
/// two. Weights are those of <see cref="BicubicPixel"/> in 1/128, so sums are in 1/16384.
/// </summary>
internal static class BicubicRows
{
    private const int Shift = 14, Half = 1 << 13;

    /// <summary>
    /// 111 near + 29 next - 9 far - 3 farthest: the rows by distance from the output row, 0.25, 0.75, 1.25 and 1.75 source pixels.
    /// </summary>
    /// <remarks>32 bits hold every sum: 65535 x (140 x 140 + 12 x 12) is below 2^31, and results are therefore exact.</remarks>
    public static void Vertical(ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> next,
        ReadOnlySpan<ushort> far, ReadOnlySpan<ushort> farthest, Span<int> sums)
    {
        int width = sums.Length, step = Vector<ushort>.Count;
        if (width < step)
        {
            for (int i = 0; i < width; i++) sums[i] = 111 * near[i] + 29 * next[i] - 9 * far[i] - 3 * farthest[i];
            return;
        }
        // The last step overlaps the one before it instead of leaving a rest for a scalar loop.
        for (int at = 0; at < width; at += step)
        {
            int i = Math.Min(at, width - step);
            Vector.Widen(new Vector<ushort>(near[i..]), out Vector<uint> near0, out Vector<uint> near1);
            Vector.Widen(new Vector<ushort>(next[i..]), out Vector<uint> next0, out Vector<uint> next1);
            Vector.Widen(new Vector<ushort>(far[i..]), out Vector<uint> far0, out Vector<uint> far1);
            Vector.Widen(new Vector<ushort>(farthest[i..]), out Vector<uint> farthest0, out Vector<uint> farthest1);
            Weigh(near0.As<uint, int>(), next0.As<uint, int>(), far0.As<uint, int>(), farthest0.As<uint, int>()).CopyTo(sums[i..]);
            Weigh(near1.As<uint, int>(), next1.As<uint, int>(), far1.As<uint, int>(), farthest1.As<uint, int>())
                .CopyTo(sums[(i + Vector<int>.Count)..]);
        }
    }

    /// <summary>Makes two outputs of each sum but the two at either end, rounded half up and clamped.</summary>
    /// <param name="sums">
    /// n + 4 sums from
    /// <see cref="Vertical(ReadOnlySpan{ushort}, ReadOnlySpan{ushort}, ReadOnlySpan{ushort}, ReadOnlySpan{ushort}, Span{int})"/>.
    /// </param>
    /// <param name="rounding">What a result that hits nodata becomes.</param>
    /// <param name="samples">Receives 2 n samples.</param>
    public static void Horizontal(ReadOnlySpan<int> sums, in BicubicRounding<ushort> rounding, Span<ushort> samples)
    {
        int width = samples.Length / 2, step = Vector<int>.Count;
        int noData = rounding.HasNoData ? rounding.Fill : -1;
        Span<uint> pairs = MemoryMarshal.Cast<ushort, uint>(samples);
        if (width < step || !BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                ReadOnlySpan<int> s = sums.Slice(i / 2, 5);
                int sum = i % 2 == 0 ? 111 * s[2] + 29 * s[1] - 9 * s[3] - 3 * s[0] : 111 * s[2] + 29 * s[3] - 9 * s[1] - 3 * s[4];
                int sample = Math.Clamp((sum + Half) >> Shift, 0, ushort.MaxValue);
                samples[i] = sample == noData ? rounding.Substitute : (ushort)sample;
            }
            return;
        }
        Vector<int> noDatas = new(noData), substitutes = new(rounding.Substitute);
        for (int at = 0; at < width; at += step)
        {
            int i = Math.Min(at, width - step);
            Vector<int> s0 = new(sums[i..]), s1 = new(sums[(i + 1)..]),
                s2 = new(sums[(i + 2)..]), s3 = new(sums[(i + 3)..]), s4 = new(sums[(i + 4)..]);
            Vector<int> left = Round(Weigh(s2, s1, s3, s0), noDatas, substitutes),
                right = Round(Weigh(s2, s3, s1, s4), noDatas, substitutes);
            // Two neighbours as the low and high half of one 32-bit lane lie in memory as two 16-bit samples.
            (left | (right << 16)).As<int, uint>().CopyTo(pairs[i..]);
        }
    }

    /// <summary>The vertical step for every other sample type, in 64-bit floating point.</summary>
    public static void Vertical<T>(ReadOnlySpan<T> near, ReadOnlySpan<T> next,
        ReadOnlySpan<T> far, ReadOnlySpan<T> farthest, Span<double> sums)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = 111 * double.CreateTruncating(near[i]) + 29 * double.CreateTruncating(next[i])
                - 9 * double.CreateTruncating(far[i]) - 3 * double.CreateTruncating(farthest[i]);
    }

    /// <summary>The horizontal step for every other sample type.</summary>
    public static void Horizontal<T>(ReadOnlySpan<double> sums, in BicubicRounding<T> rounding, Span<T> samples)
        where T : unmanaged, INumber<T>
    {
        const double unit = 1.0 / (1 << Shift);
        for (int i = 0; i < samples.Length / 2; i++)
        {
            samples[2 * i] = rounding.Round(unit * (111 * sums[i + 2] + 29 * sums[i + 1] - 9 * sums[i + 3] - 3 * sums[i]));
            samples[2 * i + 1] = rounding.Round(unit * (111 * sums[i + 2] + 29 * sums[i + 3] - 9 * sums[i + 1] - 3 * sums[i + 4]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Weigh(Vector<int> near, Vector<int> next, Vector<int> far, Vector<int> farthest) =>
        near * 111 + next * 29 - far * 9 - farthest * 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Round(Vector<int> sums, Vector<int> noData, Vector<int> substitute)
    {
        Vector<int> samples = Vector.Min(Vector.Max((sums + new Vector<int>(Half)) >> Shift, Vector<int>.Zero),
            new Vector<int>(ushort.MaxValue));
        return Vector.ConditionalSelect(Vector.Equals(samples, noData), substitute, samples);
    }
}
