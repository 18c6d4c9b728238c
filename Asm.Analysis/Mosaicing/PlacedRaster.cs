using System.Buffers;
using System.Numerics;
using System.Runtime.ExceptionServices;
using Asm.Maps.Classes;
using Asm.Raster.Grids;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>
/// A tile's raster at its place in the mosaic: shifted by whole pixels where its pixels coincide with the mosaic's, else reprojected.
/// </summary>
internal sealed class PlacedRaster
{
    private const int BlockColumns = 512, BlockRows = 256;

    private readonly IRasterSource _source;
    private readonly PixelOffset? _shift;
    private readonly int _threads;

    /// <summary>Places a raster.</summary>
    /// <param name="source">The raster; it stays its owner's.</param>
    /// <param name="target">The mosaic's grid.</param>
    /// <param name="method">How samples are found where the raster has to be reprojected.</param>
    /// <param name="noData">Its no data value where it names none, for pixels beyond it.</param>
    /// <param name="threads">Threads that reproject.</param>
    public PlacedRaster(IRasterSource source, GeoGrid target, ResamplingMethod method, double noData, int threads)
    {
        GeoGrid grid = source.Info.Grid;
        _shift = GridAlignment.OffsetIn(target, grid);
        _threads = threads;
        _source = _shift is null ? new WarpedSource(source, target, method, source.Info.Bands[0].NoData ?? noData) : source;
        Extent = _shift is { } at
            ? new PixelWindow(at.Column, at.Row, grid.Width, grid.Height).Intersect(target.FullWindow)
            : TileExtent.WindowIn(target, grid, source.Name);
    }

    /// <summary>The pixels of the mosaic that the raster may cover.</summary>
    public PixelWindow Extent { get; }

    /// <summary>Reads pixels of the mosaic that lie in <see cref="Extent"/>.</summary>
    public void Read<T>(PixelWindow window, int[] bands, T[] destination) where T : unmanaged, INumber<T>
    {
        if (_shift is { } at)
            _source.Read(window with { Column = window.Column - at.Column, Row = window.Row - at.Row }, bands, destination.AsSpan());
        else Warp(window, bands, destination);
    }

    /// <summary>Reads pixels of the mosaic that lie in <see cref="Extent"/>, and which of them carry data in all bands.</summary>
    public void Read<T>(PixelWindow window, int[] bands, T[] destination, byte[] valid) where T : unmanaged, INumber<T>
    {
        Read(window, bands, destination);
        int count = (int)window.PixelCount;
        if (_shift is { } at) _source.ReadMask(window with { Column = window.Column - at.Column, Row = window.Row - at.Row }, valid);
        else valid.AsSpan(0, count).Fill(1);
        Validity.Clear<T>(_source.Info, bands, destination, count, 0, valid.AsSpan(0, count));
    }

    /// <summary>Reprojects blocks in parallel; they lie on a raster of the mosaic's own, where reprojection works in tiles.</summary>
    private void Warp<T>(PixelWindow window, int[] bands, T[] destination) where T : unmanaged, INumber<T>
    {
        int firstColumn = window.Column / BlockColumns, firstRow = window.Row / BlockRows;
        int across = (window.Right - 1) / BlockColumns - firstColumn + 1, down = (window.Bottom - 1) / BlockRows - firstRow + 1;
        void One(int i)
        {
            PixelWindow block = new PixelWindow((firstColumn + i % across) * BlockColumns,
                (firstRow + i / across) * BlockRows, BlockColumns, BlockRows).Intersect(window);
            int count = (int)block.PixelCount;
            T[] samples = ArrayPool<T>.Shared.Rent(count * bands.Length);
            try
            {
                _source.Read<T>(block, bands, samples);
                for (int b = 0; b < bands.Length; b++)
                    for (int y = 0; y < block.Height; y++)
                    {
                        long to = b * window.PixelCount + (long)(block.Row - window.Row + y) * window.Width + block.Column - window.Column;
                        samples.AsSpan(b * count + y * block.Width, block.Width).CopyTo(destination.AsSpan((int)to));
                    }
            }
            finally
            {
                ArrayPool<T>.Shared.Return(samples);
            }
        }
        try { Parallel.For(0, across * down, new ParallelOptions { MaxDegreeOfParallelism = _threads }, One); }
        catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
    }
}
