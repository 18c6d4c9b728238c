using System.Buffers;
using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Asm.Raster.Bytes;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000.Native;
using Asm.Raster.Windows;
using Microsoft.Win32.SafeHandles;

namespace Asm.Raster.Jpeg2000;

/// <summary>
/// A JPEG 2000 file (.jp2, or a bare codestream) of up to 16 bits a sample, decoded window by window with the system's OpenJPEG library.
/// Safe for concurrent calls.
/// </summary>
/// <remarks>
/// Tiles are decoded in parallel and each once while reading goes from top to bottom. Its place comes from the GMLJP2 box, else from
/// <see cref="Jpeg2000Options.Grids"/>, else from a world file (which names no CRS). The format has no word for nodata, so bands declare
/// none. Damage inside of a tile's data is found only where the decoder notices it: the format has no checksums.
/// </remarks>
public sealed class Jpeg2000Source : IRasterSource
{
    /// <summary>A row of blocks is held whole; ten granules side by side take 450 MB.</summary>
    private const long MaxRowBytes = 4L << 30;

    private readonly Jpeg2000File _file;
    private readonly Jpeg2000Options _options;
    private readonly RunOptions _run;
    private readonly Codestream _codestream;
    private readonly TileBlocks _blocks;
    private readonly TileCache _cache;
    private readonly OpenJpeg _library;
    private int _decodedBlocks;

    private Jpeg2000Source(Jpeg2000File file, Jpeg2000Options options, RunOptions run, string? worldFileOf)
    {
        (_file, _options, _run) = (file, options, run);
        Boxes boxes = Boxes.Read(file);
        _codestream = Codestream.Read(file, boxes.CodestreamStart, boxes.CodestreamEnd);
        _blocks = new TileBlocks(_codestream);
        Info = new RasterInfo
        {
            Grid = Place(boxes, worldFileOf),
            SampleType = _codestream.SampleType,
            Bands = [.. Enumerable.Repeat(new BandInfo(), _codestream.Components)],
        };
        if (_blocks.LargestRowPixels * BytesPerPixel > MaxRowBytes)
            throw file.Unsupported(
                $"has rows of tiles of {_blocks.LargestRowPixels:N0} pixels in {_codestream.Components} components", "smaller tiles");
        BufferBytes = options.KeptTileRows * _blocks.LargestRowPixels * BytesPerPixel;
        _cache = new TileCache(BufferBytes, block => (int)BlockOf(block).PixelCount * BytesPerPixel, Decode);
        if ((_blocks.LargestBlockPixels * BytesPerPixel) > Array.MaxLength)
            throw file.Unsupported(
                $"has {_codestream.Components} components in tiles of {_codestream.TileWidth} x {_codestream.TileHeight}", "smaller tiles");
        _library = OpenJpeg.Require(file.Name);
    }

    /// <summary>The version of the OpenJPEG library that decodes, such as "2.5.0"; null where none is installed.</summary>
    public static string? DecoderVersion => OpenJpeg.Find()?.Version;

    /// <inheritdoc/>
    public string Name => _file.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes { get; }

    /// <summary>Bits of a sample, 1 to 16: Sentinel-2 bands have 15.</summary>
    public int BitsPerSample => _codestream.BitsPerSample;

    /// <summary>Columns and rows of a tile.</summary>
    public (int Width, int Height) TileSize => (_codestream.TileWidth, _codestream.TileHeight);

    /// <summary>Blocks decoded so far.</summary>
    internal int DecodedBlocks => _decodedBlocks;

    private int BytesPerPixel => _codestream.Components * _codestream.SampleType.ByteCount();

    /// <summary>Opens a file and reads what it says of itself.</summary>
    /// <param name="path">The file, or its URL on a server that serves ranges.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="run">
    /// Threads that decode the tiles of one call of <see cref="Read"/> (samples do not depend on them), how a server is read, and
    /// cancellation; null for the defaults.
    /// </param>
    /// <exception cref="RasterFormatException">
    /// This is no JPEG 2000 file, it is cut or damaged, or it uses what is not supported.
    /// </exception>
    /// <exception cref="AsmException">The file is not there or cannot be opened, or OpenJPEG is not installed.</exception>
    public static Jpeg2000Source Open(string path, Jpeg2000Options? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        run ??= new();
        return Open(new Jpeg2000File(ByteSource.Open(path, "JPEG 2000", run)), options ?? new(), run, path);
    }

    /// <summary>Reads an open file that has no path, such as one that was unpacked to a temporary file.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="handle">The file; disposed with the source, also where it cannot be opened.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="run">
    /// Threads that decode the tiles of one call of <see cref="Read"/> (samples do not depend on them), how a server is read, and
    /// cancellation; null for the defaults.
    /// </param>
    /// <exception cref="RasterFormatException">See <see cref="Open(string, Jpeg2000Options?, RunOptions?)"/>.</exception>
    public static Jpeg2000Source Open(string name, SafeFileHandle handle, Jpeg2000Options? options = null, RunOptions? run = null) =>
        Open(new Jpeg2000File(new FileBytes(name, handle)), options ?? new(), run ?? new(), null);

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
        foreach (int band in bands)
            if ((uint)band >= (uint)Info.Bands.Count)
                throw new ArgumentOutOfRangeException(nameof(bands), band, $"the bands are 0 to {Info.Bands.Count - 1}");
        if (destination.Length < window.PixelCount * bands.Length)
            throw new ArgumentException($"room for {destination.Length} samples, {window.PixelCount * bands.Length} needed",
                nameof(destination));
        if (window.IsEmpty || bands.IsEmpty) return;
        switch (Info.SampleType)
        {
            case SampleType.UInt8: ReadAs<byte, T>(window, bands.ToArray(), destination); break;
            case SampleType.Int16: ReadAs<short, T>(window, bands.ToArray(), destination); break;
            default: ReadAs<ushort, T>(window, bands.ToArray(), destination); break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static Jpeg2000Source Open(Jpeg2000File file, Jpeg2000Options options, RunOptions run, string? worldFileOf)
    {
        try
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(run.Threads);
            ArgumentOutOfRangeException.ThrowIfNegative(options.KeptTileRows);
            return new Jpeg2000Source(file, options, run, worldFileOf);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private GeoGrid Place(Boxes boxes, string? worldFileOf)
    {
        (int width, int height) = (_codestream.Image.Width, _codestream.Image.Height);
        foreach (byte[] xml in boxes.XmlTexts)
            if (GmlPlace.Read(xml, width, height, _file) is { } place) return place;
        return _options.Grids.FirstOrDefault(grid => grid.Width == width && grid.Height == height)
            ?? (worldFileOf is null ? null : WorldFile.Read(worldFileOf, width, height))
            ?? new GeoGrid(width, height, new(0, height), 1, 1, null);
    }

    /// <summary>Row of blocks after row of blocks, so that no more of them are held than the options say and one row.</summary>
    private unsafe void ReadAs<TSample, T>(PixelWindow window, int[] bands, Span<T> destination)
        where TSample : unmanaged, INumber<TSample>
        where T : unmanaged, INumber<T>
    {
        ((int firstColumn, int firstRow), (int lastColumn, int lastRow)) =
            (_blocks.At(window.Column, window.Row), _blocks.At(window.Right - 1, window.Bottom - 1));
        fixed (T* pinned = destination)
        {
            T* start = pinned;
            int length = destination.Length;
            for (int row = firstRow; row <= lastRow; row++)
            {
                TileCache.Entry[] blocks = new TileCache.Entry[lastColumn - firstColumn + 1];
                for (int i = 0; i < blocks.Length; i++) blocks[i] = _cache.Take(row * _blocks.Across + firstColumn + i);
                int blockRow = row;
                try
                {
                    ForEach(blocks.Length, i => Copy<TSample, T>(blocks[i].Samples,
                        _blocks.Extent(firstColumn + i, blockRow), window, bands, new Span<T>(start, length)));
                }
                finally
                {
                    foreach (TileCache.Entry block in blocks) _cache.Release(block);
                    _cache.Trim();
                }
            }
        }
    }

    private void ForEach(int count, Action<int> one)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = _run.Threads,
            TaskScheduler = _options.Scheduler ?? TaskScheduler.Default
        };
        try { Parallel.For(0, count, options, one); }
        catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
    }

    private static void Copy<TSample, T>(ReadOnlySpan<byte> block, PixelWindow extent, PixelWindow window, int[] bands, Span<T> destination)
        where TSample : unmanaged, INumber<TSample>
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<TSample> samples = MemoryMarshal.Cast<byte, TSample>(block);
        PixelWindow part = extent.Intersect(window);
        for (int b = 0; b < bands.Length; b++)
            for (int y = part.Row; y < part.Bottom; y++)
                SampleTypes.Convert<TSample, T>(
                    samples.Slice((int)(bands[b] * extent.PixelCount) + (y - extent.Row) * extent.Width + part.Column - extent.Column,
                        part.Width),
                    destination.Slice((int)(b * window.PixelCount + (long)(y - window.Row) * window.Width) + part.Column - window.Column,
                        part.Width));
    }

    private PixelWindow BlockOf(int block) => _blocks.Extent(block % _blocks.Across, block / _blocks.Across);

    /// <summary>Decodes all components of a block, one after the other, to the bytes of the sample type.</summary>
    private void Decode(int block, byte[] samples)
    {
        (int column, int row) = (block % _blocks.Across, block / _blocks.Across);
        PixelWindow extent = _blocks.Extent(column, row), image = _codestream.Image;
        int tile = _blocks.Tile(column, row), pixels = (int)extent.PixelCount, bytes = _codestream.TileBytes(tile);
        byte[] stored = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            _codestream.CopyTile(tile, stored.AsSpan(0, bytes));
            PixelWindow area = extent with { Column = extent.Column + image.Column, Row = extent.Row + image.Row };
            if (AreaDecoder.Decode(_library, stored.AsSpan(0, bytes), area, _codestream.Components,
                (component, decoded) => Store(decoded, samples, component * pixels)) is { } problem)
                throw _file.Damaged($"tile {tile} cannot be decoded: {problem}", "a whole JPEG 2000 tile");
            Interlocked.Increment(ref _decodedBlocks);
        }
        finally { ArrayPool<byte>.Shared.Return(stored); }
    }

    private void Store(ReadOnlySpan<int> decoded, byte[] samples, int first)
    {
        // The decoder clamps to the bits that the file declares, so nothing is lost here.
        if (Info.SampleType == SampleType.UInt8)
        {
            for (int i = 0; i < decoded.Length; i++) samples[first + i] = (byte)decoded[i];
            return;
        }
        Span<ushort> to = MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()).Slice(first, decoded.Length);
        for (int i = 0; i < to.Length; i++) to[i] = (ushort)decoded[i];
    }
}
