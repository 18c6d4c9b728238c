using System.Buffers;
using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// A ten-band stack computed window by window from band files: uint16 reflectance x 10,000 on the 10 m grid of B02, 0 for no data, bands as
/// in <see cref="StackBands.Names"/>.
/// </summary>
/// <remarks>
/// Bands are read in parallel. 20 m bands are upsampled by <see cref="UpsampledSource"/> before offset and quantification are
/// applied; what falls out of 1..65535 is clamped. Pixels that a mask in a file excludes are 0. Samples of 32 bits and more are taken
/// at the precision of float32.
/// </remarks>
public sealed class StackSource : IRasterSource
{
    /// <summary>Samples converted at a time where a file is not uint16.</summary>
    private const int BlockSamples = 1 << 18;

    /// <summary>A row of 512 x 512 tiles of a granule: with less, windows that cut tiles decode them twice.</summary>
    internal const long FileCacheBytes = 16L << 20;

    private readonly StackBand[] _bands;
    private readonly bool _looksForZeros;
    private long _zeroPixels, _impossiblePixels;
    private TaskScheduler _scheduler = TaskScheduler.Default;
    private Action<CancellationToken>? _verify;
    private Func<IRasterSource>? _openClassification;

    internal StackSource(string name, StackBand[] bands, IReadOnlyList<string> files, IReadOnlyList<string>? bandNames = null)
    {
        (Name, _bands, Files) = (name, bands, files);
        _looksForZeros = !Array.TrueForAll(bands, band => band.Scaling.HasZeroAsNoData);
        Info = new RasterInfo
        {
            Grid = bands[0].Source.Info.Grid,
            SampleType = SampleType.UInt16,
            Bands = [.. (bandNames ?? StackBands.Names).Select(band =>
                new BandInfo { Name = band, NoData = 0, Scale = 1 / ReflectanceScaling.StackQuantification })],
        };
    }

    /// <summary>How the numbers of the first band become reflectance.</summary>
    internal ReflectanceScaling Scaling => _bands[0].Scaling;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RasterInfo Info { get; private set; }

    /// <inheritdoc/>
    public long BufferBytes { get; private set; }

    /// <summary>
    /// The files that the stack is computed from, each once, in the order of the bands, then those with metadata; a product in a zip file
    /// is that file. Of files on a server the whole URL, which may hold a key.
    /// </summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>
    /// What the product says of itself, or, of a stack that was prepared before, what its product said; null where there are no metadata.
    /// </summary>
    public ProductMetadata? Product { get; private set; }

    /// <summary>What a person has to know before using the stack, in whole sentences: that it is of level 1C, say.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    /// <summary>
    /// True where a path leads to what <see cref="Open"/> takes as a product: a folder, a zip file, a STAC item or the URL of one.
    /// </summary>
    public static bool IsProduct(string path) => ProductFolder.IsProduct(path);

    /// <summary>Opens a stack.</summary>
    /// <param name="sources">
    /// A Sentinel-2 product (a .SAFE folder, or a folder with one file a band beside a STAC item or the product's XML), a folder of band
    /// files, band files (GeoTIFF or JPEG 2000, named like B02.tif or T48QUE_20200223T033721_B02_10m.jp2; others are passed over), or one
    /// GeoTIFF with all ten bands, found by name or, where no band has a name, in the order of <see cref="StackBands.Names"/>. The URL of a
    /// STAC item, and URLs of band files or of one with ten bands, are read from their servers by range requests.
    /// </param>
    /// <param name="radiometry">How samples become reflectance; null takes what the product and the files say.</param>
    /// <param name="run">Threads, servers and cancellation; null for the defaults.</param>
    /// <param name="cacheBytes">Memory for decoded blocks of each file.</param>
    /// <exception cref="GridMismatchException">
    /// A band has neither the grid of B02 nor one of twice its pixel size from the same corner.
    /// </exception>
    /// <exception cref="AsmException">
    /// A band is missing or ambiguous, or a file cannot be read or has no coordinate reference system.
    /// </exception>
    public static StackSource Open(IReadOnlyList<string> sources,
        StackRadiometry? radiometry = null, RunOptions? run = null, long cacheBytes = FileCacheBytes)
    {
        ArgumentNullException.ThrowIfNull(sources);
        run ??= new();
        // One scheduler for bands and tiles alike, so that all of them together use so many threads.
        TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, run.Threads).ConcurrentScheduler;
        StackSource stack = StackAssembly.Open(sources, radiometry ?? new StackRadiometry(), new BandOpener(run, cacheBytes, scheduler));
        stack._scheduler = scheduler;
        stack.BufferBytes = stack._bands.Select(band => band.Source).Distinct()
            .Sum(source => source.BufferBytes > 0 ? source.BufferBytes : cacheBytes);
        return stack;
    }

    /// <summary>
    /// Checks the files against the checksums that the product itself lists in its manifest.safe; nothing where there are
    /// none. Reads every file once.
    /// </summary>
    /// <exception cref="AsmException">A file was changed or damaged.</exception>
    public void Verify(CancellationToken cancellation = default) => _verify?.Invoke(cancellation);

    /// <summary>The files that <see cref="OpenClassification"/> reads; none where the product has no scene classification.</summary>
    public IReadOnlyList<string> ClassificationFiles { get; private set; } = [];

    /// <summary>
    /// Opens the scene classification (SCL) that the product holds, at its own resolution; null where it has none. The caller disposes it.
    /// </summary>
    /// <exception cref="AsmException">It cannot be read.</exception>
    public IRasterSource? OpenClassification() => _openClassification?.Invoke();

    /// <summary>Says where the scene classification is.</summary>
    internal void Classify(IReadOnlyList<string> files, Func<IRasterSource> open) =>
        (ClassificationFiles, _openClassification) = (files, open);

    /// <summary>Says what the stack comes from.</summary>
    internal void Describe(ProductMetadata? product, IReadOnlyList<string> notices, Action<CancellationToken>? verify = null)
    {
        (Product, Notices, _verify) = (product, notices, verify);
        if (product is not null)
            Info = Info with
            {
                Metadata = new Dictionary<string, string> { [ProductMetadataJson.Key] = ProductMetadataJson.Write(product) }
            };
    }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int size = checked((int)window.PixelCount), count = size * bands.Length;
        if (typeof(T) == typeof(ushort))
        {
            ReadScaled(window, bands, size, MemoryMarshal.Cast<T, ushort>(destination)[..count]);
            return;
        }
        ushort[] samples = ArrayPool<ushort>.Shared.Rent(count);
        ReadScaled(window, bands, size, samples.AsSpan(0, count));
        SampleTypes.Convert<ushort, T>(samples.AsSpan(0, count), destination[..count]);
        ArrayPool<ushort>.Shared.Return(samples);
    }

    /// <summary>Tells of pixels that were taken for no data so far without a declaration.</summary>
    internal void TellNoData(RunOptions run) =>
        NoDataNotice.Tell(Name, Interlocked.Read(ref _zeroPixels), Interlocked.Read(ref _impossiblePixels), run);

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (IRasterSource source in _bands.Select(band => band.Source).Distinct()) source.Dispose();
    }

    private unsafe void ReadScaled(PixelWindow window, ReadOnlySpan<int> bands, int size, Span<ushort> destination)
    {
        if (size == 0) return;
        // Neighbours from one file are read together, because files may keep the bands of a pixel together.
        var groups = new List<(int First, StackBand[] Bands)>();
        for (int first = 0, end; first < bands.Length; first = end)
        {
            IRasterSource source = _bands[bands[first]].Source;
            for (end = first + 1; end < bands.Length && _bands[bands[end]].Source == source;) end++;
            var group = new StackBand[end - first];
            for (int b = first; b < end; b++) group[b - first] = _bands[bands[b]];
            groups.Add((first, group));
        }
        var zeros = new byte[groups.Count][];
        fixed (ushort* pinned = destination)
        {
            ushort* start = pinned;
            try
            {
                Parallel.For(0, groups.Count, new ParallelOptions { TaskScheduler = _scheduler },
                    i => zeros[i] = ReadGroup(groups[i].Bands, window,
                        new Span<ushort>(start + (long)groups[i].First * size, groups[i].Bands.Length * size)));
            }
            catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
        }
        if (bands.Length > 1 && !Array.Exists(zeros, plane => plane.Length == 0)) ClearZeros(zeros, size, destination);
    }

    /// <summary>Clears what is 0 in every file.</summary>
    private void ClearZeros(byte[][] zeros, int size, Span<ushort> destination)
    {
        for (int i = 0; i < size; i++)
        {
            if (!Array.TrueForAll(zeros, plane => plane[i] != 0)) continue;
            Interlocked.Increment(ref _zeroPixels);
            for (int at = i; at < destination.Length; at += size) destination[at] = 0;
        }
    }

    /// <summary>Reads bands of one file.</summary>
    /// <returns>1 where pixels are 0 in all of its bands and not masked; empty where there is none, or nobody asks.</returns>
    private byte[] ReadGroup(StackBand[] bands, PixelWindow window, Span<ushort> destination)
    {
        (IRasterSource source, int size) = (bands[0].Source, destination.Length / bands.Length);
        int[] positions = [.. bands.Select(band => band.Position)];
        BandLimits[] limits = [.. bands.Select(band => band.Scaling.Limits)];
        byte[] valid = ArrayPool<byte>.Shared.Rent(size), zeros = [];
        try
        {
            source.ReadMask(window, valid.AsSpan(0, size));
            if (source.Info.SampleType == SampleType.UInt16)
            {
                source.Read(window, positions, destination);
                Look<ushort>(source.Name, destination, limits, valid.AsSpan(0, size), 0, ref zeros, size);
                for (int b = 0; b < bands.Length; b++) bands[b].Scaling.Apply(destination.Slice(b * size, size));
            }
            else
                ReadFloats(bands, positions, limits, window, destination, valid.AsSpan(0, size), ref zeros);
            for (int b = 0; b < bands.Length; b++) ClearInvalid(valid.AsSpan(0, size), destination.Slice(b * size, size));
            return zeros;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(valid);
        }
    }

    private void ReadFloats(StackBand[] bands, int[] positions, BandLimits[] limits,
        PixelWindow window, Span<ushort> destination, Span<byte> valid, ref byte[] zeros)
    {
        int rows = Math.Clamp(BlockSamples / window.Width, 1, window.Height), size = valid.Length;
        float[] samples = ArrayPool<float>.Shared.Rent(rows * window.Width * bands.Length);
        try
        {
            for (int row = 0; row < window.Height; row += rows)
            {
                int height = Math.Min(rows, window.Height - row), count = height * window.Width, at = row * window.Width;
                Span<float> read = samples.AsSpan(0, count * bands.Length);
                bands[0].Source.Read(window with { Row = window.Row + row, Height = height }, positions, read);
                Look<float>(bands[0].Source.Name, read, limits, valid.Slice(at, count), at, ref zeros, size);
                for (int b = 0; b < bands.Length; b++)
                    bands[b].Scaling.Apply(read.Slice(b * count, count), destination.Slice(b * size + at, count));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(samples);
        }
    }

    /// <summary>Looks at stored numbers: which pixels are 0 everywhere, and which cannot be reflectance.</summary>
    private void Look<T>(string name, ReadOnlySpan<T> samples, BandLimits[] limits, Span<byte> valid, int at, ref byte[] zeros, int size)
        where T : unmanaged, INumber<T>
    {
        if (_looksForZeros)
        {
            ReadOnlySpan<T> first = samples[..valid.Length];
            int i = first.IndexOf(T.Zero);
            if (i >= 0 && zeros.Length == 0) zeros = new byte[size];
            for (; i >= 0 && i < valid.Length; i++)
            {
                if (valid[i] == 0 || first[i] != T.Zero) continue;
                int b = 1;
                while (b < limits.Length && samples[b * valid.Length + i] == T.Zero) b++;
                if (b == limits.Length) zeros[at + i] = 1;
            }
        }
        long impossible = ImpossiblePixels.Clear(name, samples, limits, valid);
        if (impossible > 0) Interlocked.Add(ref _impossiblePixels, impossible);
    }

    private static void ClearInvalid(ReadOnlySpan<byte> valid, Span<ushort> samples)
    {
        if (valid.IndexOfAnyExcept((byte)1) < 0) return;
        for (int i = 0; i < samples.Length; i++)
            if (valid[i] == 0) samples[i] = 0;
    }
}
