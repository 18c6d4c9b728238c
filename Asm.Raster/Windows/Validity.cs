using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Raster.Windows;

/// <summary>
/// Which pixels carry data: those that no mask excludes, that are nodata (or NaN or infinite) in none of the bands looked at, and that are
/// not 0 in all of several bands.
/// </summary>
/// <remarks>
/// Nodata is compared in the raster's own sample type, as GDAL does. 0 in every band is what programs leave where there is nothing, whether
/// they declare it or not: no ground has reflectance 0 at all wavelengths, and probabilities add up to 1.
/// </remarks>
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
        where T : unmanaged, INumber<T> => ReadAndCount(source, window, bands, destination, valid);

    /// <summary>Sets <paramref name="valid"/> to 0 where a sample is nodata, NaN or infinite, and leaves it elsewhere.</summary>
    public static void ClearNoData<T>(ReadOnlySpan<T> samples, double? noData, Span<byte> valid) where T : unmanaged, INumber<T> =>
        ClearNoData(samples, noData, SampleTypes.Of<T>(), valid);

    /// <summary>As <see cref="ReadWithValidity"/>.</summary>
    /// <returns>Pixels that are without data for no other reason than that they are 0 in every band.</returns>
    internal static long ReadAndCount<T>(this IRasterSource source,
        PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Read(window, bands, destination);
        source.ReadMask(window, valid);
        int count = checked((int)window.PixelCount);
        return Clear<T>(source.Info, bands, destination, count, 0, valid[..count]);
    }

    /// <summary>Sets <paramref name="valid"/> to 0 where pixels carry no data, and leaves it elsewhere.</summary>
    /// <param name="info">The raster that the samples are of.</param>
    /// <param name="bands">The bands that were read.</param>
    /// <param name="samples">Band after band.</param>
    /// <param name="plane">Samples from the start of one band to that of the next.</param>
    /// <param name="start">The first pixel of each band.</param>
    /// <param name="valid">As many values as pixels are looked at.</param>
    /// <returns>Pixels that are without data for no other reason than that they are 0 in every band.</returns>
    internal static long Clear<T>(RasterInfo info,
        ReadOnlySpan<int> bands, ReadOnlySpan<T> samples, int plane, int start, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        bool zeroIsDeclared = false;
        for (int b = 0; b < bands.Length; b++)
        {
            double? noData = info.Bands[bands[b]].NoData;
            zeroIsDeclared |= noData == 0;
            ClearNoData(samples.Slice(b * plane + start, valid.Length), noData, info.SampleType, valid);
        }
        return zeroIsDeclared ? 0 : ClearZeros(samples, bands.Length, plane, start, valid);
    }

    /// <summary>Sets <paramref name="valid"/> to 0 where all of several bands are 0.</summary>
    /// <inheritdoc cref="Clear"/>
    internal static long ClearZeros<T>(ReadOnlySpan<T> samples, int bands, int plane, int start, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        if (bands < 2) return 0;
        long cleared = 0;
        ReadOnlySpan<T> first = samples.Slice(start, valid.Length);
        for (int i = first.IndexOf(T.Zero); i >= 0; i = Next(first, i + 1))
        {
            if (valid[i] == 0) continue;
            int b = 1;
            while (b < bands && samples[b * plane + start + i] == T.Zero) b++;
            if (b < bands) continue;
            valid[i] = 0;
            cleared++;
        }
        return cleared;

        static int Next(ReadOnlySpan<T> samples, int from)
        {
            int found = samples[from..].IndexOf(T.Zero);
            return found < 0 ? -1 : from + found;
        }
    }

    /// <summary>
    /// As <see cref="ClearNoData{T}(ReadOnlySpan{T}, double?, Span{byte})"/>, of samples that are stored as another type.
    /// </summary>
    internal static void ClearNoData<T>(ReadOnlySpan<T> samples, double? noData, SampleType type, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        if (NoDataInterval.Of(noData, type)?.As<T>() is { } interval)
        {
            (T low, T high) = interval;
            if (low == high)
            {
                for (int i = 0; i < valid.Length; i++)
                    if (samples[i] == low) valid[i] = 0;
            }
            else
                for (int i = 0; i < valid.Length; i++)
                    if (samples[i] >= low && samples[i] <= high) valid[i] = 0;
        }
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            for (int i = 0; i < valid.Length; i++)
                if (!T.IsFinite(samples[i])) valid[i] = 0;
    }
}
