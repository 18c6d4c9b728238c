using System.Collections.Concurrent;
using System.Numerics;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>Takes rows, and turns them into compressed tiles of all resolutions in the spool.</summary>
internal abstract class TilePyramid : IDisposable
{
    /// <summary>Takes the next rows, band after band; waits only while two rows of tiles are still being compressed.</summary>
    public abstract void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Creates the pyramid for a sample type.</summary>
    public static TilePyramid Create(RasterInfo info, IReadOnlyList<PyramidLevel> levels,
        OverviewMode mode, int tileSize, TileWorkers workers, TileSpool spool) =>
        info.SampleType switch
        {
            SampleType.UInt8 => new TilePyramid<byte>(info, levels, mode, tileSize, workers, spool),
            SampleType.Int16 => new TilePyramid<short>(info, levels, mode, tileSize, workers, spool),
            SampleType.UInt16 => new TilePyramid<ushort>(info, levels, mode, tileSize, workers, spool),
            SampleType.Int32 => new TilePyramid<int>(info, levels, mode, tileSize, workers, spool),
            SampleType.UInt32 => new TilePyramid<uint>(info, levels, mode, tileSize, workers, spool),
            SampleType.Float32 => new TilePyramid<float>(info, levels, mode, tileSize, workers, spool),
            _ => new TilePyramid<double>(info, levels, mode, tileSize, workers, spool),
        };
}

/// <summary>
/// The pyramid of one sample type. A worker that compresses a tile also halves it into a quarter of the tile above, and whoever fills the
/// last quarter goes on with that one: no resolution waits for another, and at most about three rows of tiles are held.
/// </summary>
internal sealed class TilePyramid<TSample> : TilePyramid where TSample : unmanaged, INumber<TSample>
{
    private readonly RasterInfo _info;
    private readonly IReadOnlyList<PyramidLevel> _levels;
    private readonly OverviewMode _mode;
    private readonly int _tileSize;
    private readonly TileWorkers _workers;
    private readonly TileSpool _spool;
    private readonly TSample? _noData;
    private readonly ConcurrentBag<TSample[]> _free = [];
    private readonly ConcurrentDictionary<(int Level, int Index), Parent> _parents = new();
    private readonly SemaphoreSlim _slots;
    private readonly TSample[][] _filling;
    private int _row;

    public TilePyramid(RasterInfo info, IReadOnlyList<PyramidLevel> levels,
        OverviewMode mode, int tileSize, TileWorkers workers, TileSpool spool)
    {
        (_info, _levels, _mode, _tileSize, _workers, _spool) = (info, levels, mode, tileSize, workers, spool);
        int rowOfTiles = info.Bands.Count * levels[0].TileColumns;
        _filling = new TSample[rowOfTiles][];
        _slots = new(2 * rowOfTiles);
        _noData = info.Bands[0].NoData is { } value && !double.IsNaN(value) ? TSample.CreateSaturating(value) : null;
    }

    public override void WriteRows<T>(int height, ReadOnlySpan<T> samples)
    {
        int width = _info.Grid.Width, bands = _info.Bands.Count, columns = _levels[0].TileColumns;
        for (int done = 0; done < height;)
        {
            int tileRow = _row / _tileSize, top = _row % _tileSize;
            if (top == 0) Rent(tileRow);
            int covered = _levels[0].Covered(tileRow, 0).Height;
            int rows = Math.Min(height - done, covered - top);
            for (int band = 0; band < bands; band++)
                for (int row = 0; row < rows; row++)
                {
                    ReadOnlySpan<T> from = samples.Slice((band * height + done + row) * width, width);
                    for (int column = 0; column < columns; column++)
                        SampleTypes.Convert(from.Slice(column * _tileSize, Math.Min(_tileSize, width - column * _tileSize)),
                            _filling[column * bands + band].AsSpan((top + row) * _tileSize));
                }
            (done, _row) = (done + rows, _row + rows);
            if (top + rows == covered) Submit(tileRow);
        }
    }

    public override void Dispose() => _slots.Dispose();

    private void Rent(int tileRow)
    {
        for (int i = 0; i < _filling.Length; i++)
        {
            _workers.Wait(_slots);
            _filling[i] = NewTile(_levels[0].Covered(tileRow, i / _info.Bands.Count));
        }
    }

    private void Submit(int tileRow)
    {
        for (int i = 0; i < _filling.Length; i++)
        {
            TSample[] tile = _filling[i];
            (int column, int band) = Math.DivRem(i, _info.Bands.Count);
            _workers.Add(encoder =>
            {
                Store(encoder, 0, band, tileRow, column, tile);
                _slots.Release();
            });
        }
    }

    private void Store(TileEncoder encoder, int level, int band, int row, int column, TSample[] tile)
    {
        PyramidLevel at = _levels[level];
        ReadOnlySpan<byte> bytes = encoder.Encode<TSample>(tile, _tileSize);
        at[at.IndexOf(band, row, column)] = (_spool.Append(bytes), bytes.Length);
        if (level + 1 == _levels.Count)
        {
            _free.Add(tile);
            return;
        }

        PyramidLevel above = _levels[level + 1];
        (int parentRow, int parentColumn) = (row / 2, column / 2);
        (int, int) key = (level + 1, above.IndexOf(band, parentRow, parentColumn));
        Parent parent = _parents.GetOrAdd(key, _ => new Parent(
            Math.Min(2, at.TileColumns - 2 * parentColumn) * Math.Min(2, at.TileRows - 2 * parentRow),
            new Lazy<TSample[]>(() => NewTile(above.Covered(parentRow, parentColumn)))));
        (int width, int height) = at.Covered(row, column);
        int quarter = (row % 2 * _tileSize + column % 2) * (_tileSize / 2);
        OverviewKernel.Halve(_mode, tile, _tileSize, width, height, _noData, parent.Tile.Value.AsSpan(quarter));
        _free.Add(tile);
        if (Interlocked.Decrement(ref parent.Missing) != 0) return;
        _parents.TryRemove(key, out _);
        Store(encoder, level + 1, band, parentRow, parentColumn, parent.Tile.Value);
    }

    /// <summary>
    /// A used array where there is one. Pixels beyond the raster are zero, so that the file does not depend on what was there before.
    /// </summary>
    private TSample[] NewTile((int Width, int Height) covered)
    {
        if (!_free.TryTake(out TSample[]? tile)) return new TSample[_tileSize * _tileSize];
        if (covered.Width < _tileSize || covered.Height < _tileSize) Array.Clear(tile);
        return tile;
    }

    /// <summary>A tile of an overview that is being filled.</summary>
    private sealed class Parent(int missing, Lazy<TSample[]> tile)
    {
        /// <summary>Quarters that are still to come.</summary>
        public int Missing = missing;

        /// <summary>Lazy, because of two workers that come at once only one may take an array.</summary>
        public Lazy<TSample[]> Tile { get; } = tile;
    }
}
