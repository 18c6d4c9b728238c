using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Raster.Windows;

/// <summary>A raster held in memory; source and sink in one, for tests, small rasters and embedders.</summary>
/// <typeparam name="TSample">The sample type, one of <see cref="SampleType"/>.</typeparam>
public sealed class MemoryRaster<TSample> : IRasterSource, IRasterSink where TSample : unmanaged, INumber<TSample>
{
    private int _rowsWritten;

    /// <summary>Creates a raster over samples, band after band, row after row; the array is used, not copied.</summary>
    public MemoryRaster(GeoGrid grid, IReadOnlyList<BandInfo> bands, TSample[]? samples = null, string name = "memory")
        : this(new RasterInfo { Grid = grid, SampleType = SampleTypes.Of<TSample>(), Bands = bands }, samples, name) { }

    /// <summary>Creates a raster over samples, band after band, row after row; the array is used, not copied.</summary>
    public MemoryRaster(RasterInfo info, TSample[]? samples = null, string name = "memory")
    {
        ArgumentNullException.ThrowIfNull(info);
        (Info, Name) = (info, name);
        long count = info.Grid.FullWindow.PixelCount * info.Bands.Count;
        Samples = samples ?? new TSample[count];
        if (Samples.LongLength != count)
            throw new ArgumentException($"{Samples.LongLength} samples given, {count} expected", nameof(samples));
        if (info.SampleType != SampleTypes.Of<TSample>())
            throw new ArgumentException($"the raster's samples are {info.SampleType}, the array's {typeof(TSample).Name}", nameof(info));
    }

    /// <summary>All samples, band after band, row after row.</summary>
    public TSample[] Samples { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc cref="IRasterSource.Info"/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        GeoGrid grid = Info.Grid;
        if (!grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {grid.Width} x {grid.Height}");
        long plane = grid.FullWindow.PixelCount;
        int at = 0;
        foreach (int band in bands)
            for (int row = window.Row; row < window.Bottom; row++, at += window.Width)
                SampleTypes.Convert<TSample, T>(
                    Samples.AsSpan(checked((int)(band * plane + (long)row * grid.Width + window.Column)), window.Width),
                    destination.Slice(at, window.Width));
    }

    /// <inheritdoc/>
    public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>
    {
        GeoGrid grid = Info.Grid;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, grid.Height - _rowsWritten);
        int count = height * grid.Width;
        for (int band = 0; band < Info.Bands.Count; band++)
            SampleTypes.Convert(samples.Slice(band * count, count),
                Samples.AsSpan(checked((int)(band * grid.FullWindow.PixelCount + (long)_rowsWritten * grid.Width)), count));
        _rowsWritten += height;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_rowsWritten != Info.Grid.Height)
            throw new InvalidOperationException($"{_rowsWritten} of {Info.Grid.Height} rows were written");
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
