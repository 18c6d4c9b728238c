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
    private TaskScheduler _scheduler = TaskScheduler.Default;
    private Action<CancellationToken>? _verify;
    private Func<IRasterSource>? _openClassification;

    internal StackSource(string name, StackBand[] bands, IReadOnlyList<string> files, IReadOnlyList<string>? bandNames = null)
    {
        (Name, _bands, Files) = (name, bands, files);
        Info = new RasterInfo
        {
            Grid = bands[0].Source.Info.Grid,
            SampleType = SampleType.UInt16,
            Bands = [.. (bandNames ?? StackBands.Names).Select(band =>
                new BandInfo { Name = band, NoData = 0, Scale = 1 / ReflectanceScaling.StackQuantification })],
        };
    }

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
        fixed (ushort* pinned = destination)
        {
            ushort* start = pinned;
            try
            {
                Parallel.For(0, groups.Count, new ParallelOptions { TaskScheduler = _scheduler },
                    i => ReadGroup(groups[i].Bands, window,
                        new Span<ushort>(start + (long)groups[i].First * size, groups[i].Bands.Length * size)));
            }
            catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
        }
    }

    /// <summary>Reads bands of one file.</summary>
    private static void ReadGroup(StackBand[] bands, PixelWindow window, Span<ushort> destination)
    {
        (IRasterSource source, int size) = (bands[0].Source, destination.Length / bands.Length);
        bool isUInt16 = source.Info.SampleType == SampleType.UInt16;
        byte[] valid = ArrayPool<byte>.Shared.Rent(size);
        if (isUInt16) source.Read(window, [.. bands.Select(band => band.Position)], destination);
        source.ReadMask(window, valid.AsSpan(0, size));
        for (int b = 0; b < bands.Length; b++)
        {
            Span<ushort> scaled = destination.Slice(b * size, size);
            if (isUInt16) bands[b].Scaling.Apply(scaled);
            else ReadFloats(bands[b], window, scaled);
            ClearInvalid(valid.AsSpan(0, size), scaled);
        }
        ArrayPool<byte>.Shared.Return(valid);
    }

    private static void ReadFloats(StackBand band, PixelWindow window, Span<ushort> scaled)
    {
        int rows = Math.Clamp(BlockSamples / window.Width, 1, window.Height);
        float[] samples = ArrayPool<float>.Shared.Rent(rows * window.Width);
        for (int row = 0; row < window.Height; row += rows)
        {
            int height = Math.Min(rows, window.Height - row), count = height * window.Width;
            band.Source.Read(window with { Row = window.Row + row, Height = height }, [band.Position], samples.AsSpan(0, count));
            band.Scaling.Apply(samples.AsSpan(0, count), scaled.Slice(row * window.Width, count));
        }
        ArrayPool<float>.Shared.Return(samples);
    }

    private static void ClearInvalid(ReadOnlySpan<byte> valid, Span<ushort> samples)
    {
        if (valid.IndexOfAnyExcept((byte)1) < 0) return;
        for (int i = 0; i < samples.Length; i++)
            if (valid[i] == 0) samples[i] = 0;
    }
}
