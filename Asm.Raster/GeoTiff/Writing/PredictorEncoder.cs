using System.Numerics;
using System.Runtime.InteropServices;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// Turns samples into the differences that compress better: TIFF 6.0 section 14, and TIFF Technical Note 3 for floating point.
/// </summary>
internal static class PredictorEncoder
{
    /// <summary>Tag value: samples as they are.</summary>
    public const ushort None = 1;

    /// <summary>Tag value: each sample less its left neighbour.</summary>
    public const ushort Horizontal = 2;

    /// <summary>Tag value: the bytes of a row of floats grouped by significance, each less its left neighbour.</summary>
    public const ushort FloatingPoint = 3;

    /// <summary>Applies a predictor to rows of samples.</summary>
    /// <param name="predictor">One of the three tag values.</param>
    /// <param name="samples">Rows one after the other.</param>
    /// <param name="width">Samples a row.</param>
    /// <param name="result">Receives as many bytes as the samples have.</param>
    /// <param name="scratch">At least the bytes of one row.</param>
    public static void Apply<T>(ushort predictor, ReadOnlySpan<T> samples, int width, Span<byte> result, Span<byte> scratch)
        where T : unmanaged, INumber<T>
    {
        if (predictor == None)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(result);
            return;
        }
        int rowBytes = width * Marshal.SizeOf<T>();
        scratch = scratch[..rowBytes];
        for (int at = 0; at < samples.Length; at += width, result = result[rowBytes..])
        {
            ReadOnlySpan<T> row = samples.Slice(at, width);
            if (predictor == Horizontal) Difference(row, MemoryMarshal.Cast<byte, T>(result)[..width]);
            else
            {
                GroupBySignificance(MemoryMarshal.AsBytes(row), scratch, width);
                Difference<byte>(scratch, result[..rowBytes]);
            }
        }
    }

    /// <summary>result[i] = row[i] - row[i - 1], wrapping around.</summary>
    private static void Difference<T>(ReadOnlySpan<T> row, Span<T> result) where T : unmanaged, INumber<T>
    {
        result[0] = row[0];
        int i = 1;
        for (; i <= row.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(row[i..]) - new Vector<T>(row[(i - 1)..])).CopyTo(result[i..]);
        for (; i < row.Length; i++) result[i] = unchecked(row[i] - row[i - 1]);
    }

    /// <summary>All most significant bytes first, then the next ones; the bytes of a sample come in as little-endian.</summary>
    private static void GroupBySignificance(ReadOnlySpan<byte> row, Span<byte> grouped, int width)
    {
        int size = row.Length / width;
        for (int k = 0; k < size; k++)
        {
            Span<byte> plane = grouped.Slice(k * width, width);
            for (int i = 0, from = size - 1 - k; i < plane.Length; i++, from += size) plane[i] = row[from];
        }
    }
}
