using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Resampling;

/// <summary>
/// A raster on a grid with pixels of half the size, computed window by window by bicubic convolution (Keys 1981, a = -0.5).
/// Both grids share the outer corner of their first pixel.
/// </summary>
/// <remarks>
/// Weights are renormalised over the valid pixels at borders and beside nodata; a pixel is without data where the source pixel that
/// contains it is. Integer samples are rounded half up and clamped to their type's range; a valid pixel never becomes nodata. Any
/// window yields the same samples.
/// </remarks>
public sealed class UpsampledSource : IRasterSource
{
    private const int Margin = BicubicPixel.Margin;
    private readonly IRasterSource _source;

    /// <summary>Wraps a raster; its bands, sample type and nodata stay as they are.</summary>
    /// <param name="source">The raster with the larger pixels; disposed together with this one.</param>
    /// <param name="target">
    /// The grid wanted: the same CRS and corner, pixels of half the size, as many columns and rows or one fewer (odd sizes).
    /// </param>
    /// <param name="targetName">What messages call the raster that the grid comes from.</param>
    /// <exception cref="GridMismatchException">The grids do not fit; the message names both.</exception>
    public UpsampledSource(IRasterSource source, GeoGrid target, string targetName = "target grid")
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        target.Coarsen(2).RequireSame(source.Info.Grid, $"{targetName} at twice its pixel size", source.Name);
        _source = source;
        Info = source.Info with { Grid = target };
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        RequireInside(window);
        if (window.IsEmpty) return;
        switch (Info.SampleType)
        {
            case SampleType.UInt8: ReadAs<byte, T>(window, bands, destination); break;
            case SampleType.Int16: ReadAs<short, T>(window, bands, destination); break;
            case SampleType.UInt16: ReadAs<ushort, T>(window, bands, destination); break;
            case SampleType.Int32: ReadAs<int, T>(window, bands, destination); break;
            case SampleType.UInt32: ReadAs<uint, T>(window, bands, destination); break;
            case SampleType.Float32: ReadAs<float, T>(window, bands, destination); break;
            default: ReadAs<double, T>(window, bands, destination); break;
        }
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid)
    {
        RequireInside(window);
        if (window.IsEmpty) return;
        PixelWindow covering = Covering(window);
        byte[] mask = ArrayPool<byte>.Shared.Rent(checked((int)covering.PixelCount));
        _source.ReadMask(covering, mask.AsSpan(0, (int)covering.PixelCount));
        for (int row = window.Row; row < window.Bottom; row++)
        {
            int from = (row / 2 - covering.Row) * covering.Width - covering.Column, to = (row - window.Row) * window.Width - window.Column;
            for (int column = window.Column; column < window.Right; column++) valid[to + column] = mask[from + column / 2];
        }
        ArrayPool<byte>.Shared.Return(mask);
    }

    /// <summary>Disposes the wrapped raster.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Computes in the source's own sample type, so that rounding does not depend on what the caller asks for.</summary>
    private void ReadAs<TSample, T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination)
        where TSample : unmanaged, INumber<TSample>
        where T : unmanaged, INumber<T>
    {
        PixelWindow block = Covering(window).Expand(Margin), inside = block.Intersect(_source.Info.Grid.FullWindow);
        PixelWindow output = window with { Column = window.Column % 2, Row = window.Row % 2 };
        int count = checked((int)inside.PixelCount), padded = checked((int)block.PixelCount), size = checked((int)window.PixelCount);
        TSample[] read = ArrayPool<TSample>.Shared.Rent(checked(count * bands.Length));
        byte[] mask = ArrayPool<byte>.Shared.Rent(count),
            bandValid = ArrayPool<byte>.Shared.Rent(count), valid = ArrayPool<byte>.Shared.Rent(padded);
        TSample[] samples = ArrayPool<TSample>.Shared.Rent(padded),
            result = typeof(T) == typeof(TSample) ? [] : ArrayPool<TSample>.Shared.Rent(size);
        _source.Read(inside, bands, read.AsSpan(0, count * bands.Length));
        _source.ReadMask(inside, mask.AsSpan(0, count));
        valid.AsSpan(0, padded).Clear();
        for (int b = 0; b < bands.Length; b++)
        {
            ReadOnlySpan<TSample> band = read.AsSpan(b * count, count);
            double? noData = Info.Bands[bands[b]].NoData;
            mask.AsSpan(0, count).CopyTo(bandValid);
            Validity.ClearNoData(band, noData, Info.SampleType, bandValid.AsSpan(0, count));
            CopyInto(block, inside, band, samples);
            CopyInto(block, inside, bandValid, valid);
            Span<T> wanted = destination.Slice(b * size, size);
            Span<TSample> computed = typeof(T) == typeof(TSample)
                ? System.Runtime.InteropServices.MemoryMarshal.Cast<T, TSample>(wanted)
                : result.AsSpan(0, size);
            BicubicUpsampling.Run(samples, valid, block.Width, output, noData, computed);
            if (typeof(T) != typeof(TSample)) SampleTypes.Convert<TSample, T>(computed, wanted);
        }
        if (result.Length > 0) ArrayPool<TSample>.Shared.Return(result);
        ArrayPool<TSample>.Shared.Return(samples);
        ArrayPool<byte>.Shared.Return(valid);
        ArrayPool<byte>.Shared.Return(bandValid);
        ArrayPool<byte>.Shared.Return(mask);
        ArrayPool<TSample>.Shared.Return(read);
    }

    private static void CopyInto<T>(PixelWindow block, PixelWindow inside, ReadOnlySpan<T> from, Span<T> to)
    {
        for (int row = 0; row < inside.Height; row++)
            from.Slice(row * inside.Width, inside.Width)
                .CopyTo(to[((inside.Row - block.Row + row) * block.Width + inside.Column - block.Column)..]);
    }

    /// <summary>The source pixels that contain the pixels of a window.</summary>
    private static PixelWindow Covering(PixelWindow window)
    {
        int column = window.Column / 2, row = window.Row / 2;
        return new(column, row, (window.Right - 1) / 2 + 1 - column, (window.Bottom - 1) / 2 + 1 - row);
    }

    private void RequireInside(PixelWindow window)
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
    }
}
