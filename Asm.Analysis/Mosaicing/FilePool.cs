using System.Numerics;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>
/// Files of which only a few are open at a time, whatever their number: each opens when it is read and closes when others were read since.
/// </summary>
/// <param name="mostOpen">Files that may stay open when none is being read.</param>
/// <param name="run">Threads, servers and cancellation.</param>
/// <param name="cacheBytes">Memory for decoded blocks of each.</param>
internal sealed class FilePool(int mostOpen, RunOptions run, long cacheBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PooledFile> _open = new();

    /// <summary>Looks at a file and closes it again.</summary>
    /// <exception cref="AsmException">It cannot be read.</exception>
    public IRasterSource Add(string path)
    {
        using IRasterSource file = run.Open(path, cacheBytes);
        return new PooledFile(this, path, file.Info, file is not GeoTiffSource { Layout.HasMask: false });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PooledFile file in _open) file.Close();
        _open.Clear();
    }

    private IRasterSource Take(PooledFile file)
    {
        lock (_lock)
        {
            if (file.Open is null) file.Open = run.Open(file.Name, cacheBytes);
            else _open.Remove(file);
            _open.AddFirst(file);
            file.Readers++;
            return file.Open;
        }
    }

    private void Return(PooledFile file)
    {
        lock (_lock)
        {
            file.Readers--;
            LinkedListNode<PooledFile>? node = _open.Last;
            while (_open.Count > mostOpen && node is not null)
            {
                LinkedListNode<PooledFile>? younger = node.Previous;
                if (node.Value.Readers == 0)
                {
                    node.Value.Close();
                    _open.Remove(node);
                }
                node = younger;
            }
        }
    }

    private sealed class PooledFile(FilePool pool, string path, RasterInfo info, bool hasMask) : IRasterSource
    {
        public IRasterSource? Open { get; set; }

        public int Readers { get; set; }

        public string Name => path;

        public RasterInfo Info => info;

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
        {
            IRasterSource file = pool.Take(this);
            try { file.Read(window, bands, destination); }
            finally { pool.Return(this); }
        }

        public void ReadMask(PixelWindow window, Span<byte> valid)
        {
            if (!hasMask)
            {
                valid[..(int)window.PixelCount].Fill(1);
                return;
            }
            IRasterSource file = pool.Take(this);
            try { file.ReadMask(window, valid); }
            finally { pool.Return(this); }
        }

        public void Close()
        {
            Open?.Dispose();
            Open = null;
        }

        /// <summary>Nothing to do: the pool closes its files.</summary>
        public void Dispose() { }
    }
}
