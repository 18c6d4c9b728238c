using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Raster.Windows;

/// <summary>
/// Which pixels carry data: those that no mask excludes and that are nodata (or NaN or infinite) in none of the bands looked at.
/// </summary>
public static class Validity
{
    /// <summary>Reads samples and validity of a window.</summary>
    /// <param name="source">The raster.</param>
    /// <param name="window">The pixels; wholly inside of the grid.</param>
    /// <param name="bands">Band positions from 0.</param>
    /// <param name="destination">Receives bands x height x width samples.</param>
    /// <param name="valid">Receives height x width values: 1 valid, 0 not.</param>
    public static void ReadWithValidity<T>(this IRasterSource source,
        PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Read(window, bands, destination);
        source.ReadMask(window, valid);
        int count = checked((int)window.PixelCount);
        for (int b = 0; b < bands.Length; b++)
            ClearNoData<T>(destination.Slice(b * count, count), source.Info.Bands[bands[b]].NoData, valid[..count]);
    }

    /// <summary>Sets <paramref name="valid"/> to 0 where a sample is nodata, NaN or infinite, and leaves it elsewhere.</summary>
    public static void ClearNoData<T>(ReadOnlySpan<T> samples, double? noData, Span<byte> valid) where T : unmanaged, INumber<T>
    {
        if (noData is { } value && !double.IsNaN(value))
        {
            T sentinel = T.CreateSaturating(value);
            if (double.CreateTruncating(sentinel) == value || typeof(T) == typeof(float))
                for (int i = 0; i < valid.Length; i++)
                    if (samples[i] == sentinel) valid[i] = 0;
        }
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            for (int i = 0; i < valid.Length; i++)
                if (!T.IsFinite(samples[i])) valid[i] = 0;
    }
}
