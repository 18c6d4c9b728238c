using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Asm.Raster.Grids;

namespace Asm.Raster.Resampling;

/// <summary>
/// Bicubic upsampling by two of a block of samples: spans in, spans out. See <see cref="BicubicPixel"/> for the definition.
/// </summary>
internal static class BicubicUpsampling
{
    private const int Margin = BicubicPixel.Margin;

    /// <summary>Upsamples a block.</summary>
    /// <param name="source">Source samples, row after row, with a margin of two pixels on every side.</param>
    /// <param name="valid">1 where a source sample is valid; 0 where it is nodata, masked, or outside of the raster.</param>
    /// <param name="stride">Width of the block with its margins, 5 or more.</param>
    /// <param name="window">
    /// The output pixels wanted. Output (0, 0) is the upper left one of the first source pixel inside of the margins.
    /// </param>
    /// <param name="noData">The sample that means no data, or null.</param>
    /// <param name="destination">Receives height x width samples.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<byte> valid,
        int stride, PixelWindow window, double? noData, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        var rounding = new BicubicRounding<T>(noData);
        int inner = stride - 2 * Margin;
        T[] row = ArrayPool<T>.Shared.Rent(2 * inner);
        byte[] allValid = ArrayPool<byte>.Shared.Rent(stride);
        double[] sums = ArrayPool<double>.Shared.Rent(stride);
        for (int sourceRow = window.Row / 2; 2 * sourceRow < window.Bottom; sourceRow++)
        {
            int first = sourceRow * stride;
            CombineRows(valid.Slice(first, (2 * Margin + 1) * stride), allValid.AsSpan(0, stride));
            for (int phase = 0; phase < 2; phase++)
            {
                int outputRow = 2 * sourceRow + phase;
                if (outputRow < window.Row || outputRow >= window.Bottom) continue;
                FastRow(source[first..], stride, phase, rounding, sums, row.AsSpan(0, 2 * inner));
                RepairRow(source, valid, stride, first + Margin * stride, phase, allValid.AsSpan(0, stride), rounding, row);
                row.AsSpan(window.Column, window.Width).CopyTo(destination[((outputRow - window.Row) * window.Width)..]);
            }
        }
        ArrayPool<double>.Shared.Return(sums);
        ArrayPool<byte>.Shared.Return(allValid);
        ArrayPool<T>.Shared.Return(row);
    }

    /// <summary>
    /// One output row, as if every tap were valid. The source begins two rows above the source row that contains the output row.
    /// </summary>
    private static void FastRow<T>(ReadOnlySpan<T> source, int stride,
        int phase, in BicubicRounding<T> rounding, Span<double> buffer, Span<T> row)
        where T : unmanaged, INumber<T>
    {
        // By distance: the upper output leans to the row above, the lower one to the row below. With k the source row that holds both:
        //
        //     source row         k-2       k-1        k        k+1       k+2
        //                    |         |         | up   lo |         |         |       at k - 0.25 and k + 0.25
        //     upper output   farthest    next      near       far                      weights -3, 29, 111, -9 of 128
        //     lower output                far      near      next     farthest         weights -9, 111, 29, -3 of 128
        int up = phase == 0 ? -1 : 1;
        ReadOnlySpan<T> near = source.Slice(2 * stride, stride), next = source.Slice((2 + up) * stride, stride);
        ReadOnlySpan<T> far = source.Slice((2 - up) * stride, stride), farthest = source.Slice((2 + 2 * up) * stride, stride);
        if (typeof(T) == typeof(ushort))
        {
            Span<int> sums = MemoryMarshal.Cast<double, int>(buffer)[..stride];
            BicubicRows.Vertical(AsUInt16(near), AsUInt16(next), AsUInt16(far), AsUInt16(farthest), sums);
            BicubicRows.Horizontal(sums, Unsafe.BitCast<BicubicRounding<T>, BicubicRounding<ushort>>(rounding),
                MemoryMarshal.Cast<T, ushort>(row));
        }
        else
        {
            Span<double> sums = buffer[..stride];
            BicubicRows.Vertical(near, next, far, farthest, sums);
            BicubicRows.Horizontal(sums, rounding, row);
        }
    }

    /// <summary>Computes again, tap by tap, the outputs that an invalid source pixel reaches.</summary>
    private static void RepairRow<T>(ReadOnlySpan<T> source, ReadOnlySpan<byte> valid,
        int stride, int sourceRow, int phase, ReadOnlySpan<byte> allValid,
        in BicubicRounding<T> rounding, Span<T> row) where T : unmanaged, INumber<T>
    {
        int repairedTo = Margin;
        for (int invalid = allValid.IndexOf((byte)0); invalid >= 0;)
        {
            int end = Math.Min(invalid + Margin + 1, stride - Margin);
            for (int column = Math.Max(repairedTo, invalid - Margin); column < end; column++)
                for (int phaseX = 0; phaseX < 2; phaseX++)
                    row[2 * (column - Margin) + phaseX] = BicubicPixel.Compute(source,
                        valid, stride, sourceRow + column, phaseX, phase, rounding);
            repairedTo = Math.Max(repairedTo, end);
            int next = allValid[(invalid + 1)..].IndexOf((byte)0);
            invalid = next < 0 ? -1 : invalid + 1 + next;
        }
    }

    /// <summary>1 where all five rows are valid.</summary>
    private static void CombineRows(ReadOnlySpan<byte> rows, Span<byte> all)
    {
        int width = all.Length, i = 0;
        for (; i <= width - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var valid = new Vector<byte>(rows[i..]);
            for (int row = 1; row < 2 * Margin + 1; row++) valid &= new Vector<byte>(rows[(row * width + i)..]);
            valid.CopyTo(all[i..]);
        }
        for (; i < width; i++)
            all[i] = (byte)(rows[i] & rows[width + i] & rows[2 * width + i] & rows[3 * width + i] & rows[4 * width + i]);
    }

    private static ReadOnlySpan<ushort> AsUInt16<T>(ReadOnlySpan<T> samples) where T : unmanaged => MemoryMarshal.Cast<T, ushort>(samples);
}
