using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// Undoes the predictors of TIFF: horizontal differences (TIFF 6.0, section 14) and floating point (TIFF Technical Note 3).
/// </summary>
internal static class PredictorDecoder
{
    /// <summary>Turns differences to the sample <paramref name="stride"/> places before it into samples, row by row, in place.</summary>
    /// <param name="rows">Rows of samples in the byte order of this machine.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="sampleBytes">Bytes of a sample; sums wrap around at its size, whatever its type.</param>
    /// <param name="stride">Samples of a pixel.</param>
    public static void UndoHorizontal(Span<byte> rows, int rowBytes, int sampleBytes, int stride)
    {
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            switch (sampleBytes)
            {
                case 1: Sum(row, stride); break;
                case 2: Sum(MemoryMarshal.Cast<byte, ushort>(row), stride); break;
                case 4: Sum(MemoryMarshal.Cast<byte, uint>(row), stride); break;
                default: Sum(MemoryMarshal.Cast<byte, ulong>(row), stride); break;
            }
        }
    }

    /// <summary>
    /// Turns the byte planes of floating-point rows, most significant plane first and stored as differences, into samples, in place.
    /// </summary>
    /// <param name="rows">Rows as stored; the byte order of the file plays no part.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="sampleBytes">4 or 8.</param>
    /// <param name="stride">Samples of a pixel.</param>
    public static void UndoFloatingPoint(Span<byte> rows, int rowBytes, int sampleBytes, int stride)
    {
        byte[] planes = new byte[rowBytes];
        int count = rowBytes / sampleBytes;
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            row.CopyTo(planes);
            Sum(planes.AsSpan(), stride);
            if (sampleBytes == 4)
            {
                Span<uint> samples = MemoryMarshal.Cast<byte, uint>(row);
                ReadOnlySpan<byte> p0 = planes.AsSpan(0, count), p1 = planes.AsSpan(count, count),
                    p2 = planes.AsSpan(2 * count, count), p3 = planes.AsSpan(3 * count, count);
                for (int i = 0; i < samples.Length; i++) samples[i] = (uint)(p0[i] << 24 | p1[i] << 16 | p2[i] << 8 | p3[i]);
            }
            else
            {
                Span<ulong> samples = MemoryMarshal.Cast<byte, ulong>(row);
                for (int i = 0; i < samples.Length; i++)
                {
                    ulong bits = 0;
                    for (int plane = 0; plane < 8; plane++) bits = bits << 8 | planes[plane * count + i];
                    samples[i] = bits;
                }
            }
        }
    }

    private static void Sum<T>(Span<T> row, int stride) where T : unmanaged, IBinaryInteger<T>
    {
        if (stride == 1)
        {
            T sum = T.Zero;
            for (int i = 0; i < row.Length; i++) row[i] = sum += row[i];
            return;
        }
        int at = stride, lanes = Vector128<T>.Count;
        if (stride >= lanes && stride <= 2 * lanes)
        {
            // Two vectors that overlap hold the sums of one pixel. Each difference is read before its place is written.
            Vector128<T> first = Vector128.Create<T>(row), last = Vector128.Create<T>(row[(stride - lanes)..]);
            for (; at <= row.Length - stride; at += stride)
            {
                Span<T> pixel = row.Slice(at, stride);
                first += Vector128.Create<T>(pixel);
                last += Vector128.Create<T>(pixel[(stride - lanes)..]);
                first.CopyTo(pixel);
                last.CopyTo(pixel[(stride - lanes)..]);
            }
        }
        for (; at < row.Length; at++) row[at] += row[at - stride];
    }
}
