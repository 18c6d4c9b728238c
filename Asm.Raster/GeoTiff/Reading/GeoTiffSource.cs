using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// A GeoTIFF or BigTIFF file. Tiles and strips, band by band or pixel by pixel, in both byte orders; compressions NONE, LZW, DEFLATE,
/// PACKBITS and ZSTD with predictors 1, 2 and 3; every <see cref="SampleType"/>, and bits as uint8. Safe for concurrent calls.
/// </summary>
/// <remarks>
/// Of a file with many pages the first one is the raster. What is not read is refused by name, with the command that converts it.
/// </remarks>
public sealed class GeoTiffSource : IRasterSource
{
    /// <summary>What GDAL adds to the name of a raster for that of its mask.</summary>
    internal const string MaskEnding = ".msk";

    private const int ReducedImage = 1, MaskImage = 4;

    private readonly TiffFile _file;
    private readonly GeoTiffOptions _options;
    private readonly RunOptions _run;
    private readonly BlockReader _samples;
    private readonly BlockReader? _mask;
    private readonly GeoTiffSource? _beside;
    private readonly int? _alpha;

    private GeoTiffSource(TiffFile file, GeoTiffOptions options, RunOptions run, int? overview)
    {
        (_file, _options, _run) = (file, options, run);
        List<TiffDirectory> directories = file.ReadDirectories();
        TiffDirectory main = directories[0];
        var mainImage = new TiffImage(file, main);
        // On a server each table may take a request, and a file is not cut there.
        if (file.ConcurrentReads == 0)
            foreach (TiffDirectory page in directories.Skip(1)) TiffImage.RequireBlocksInside(file, page);
        TiffImage? mainMask = FindMask(directories, false, mainImage);
        if (mainMask is null) _beside = OpenBeside(file, mainImage, options, run);
        // An overview without its mask would show what the mask hides.
        List<TiffDirectory> overviews = [.. directories.Skip(1)
            .Where(d => Kind(d) == ReducedImage && d.Integer(TiffTag.SamplesPerPixel, 1) == mainImage.BandCount
                && (mainMask is null || directories.Exists(m => Kind(m) == (MaskImage | ReducedImage) && SizeOf(m) == SizeOf(d)))
                && (_beside is null || _beside.Layout.OverviewSizes.Contains(SizeOf(d))))];
        (RasterInfo info, _alpha) = TiffDescription.Read(file, main, mainImage, options.Crs);

        TiffImage image = mainImage;
        if (overview is { } index)
        {
            if (index < 0 || index >= overviews.Count)
                throw new ArgumentOutOfRangeException(nameof(overview), index, $"the file has {overviews.Count} overviews");
            image = new TiffImage(file, overviews[index]);
            if (image.SampleType != mainImage.SampleType)
                throw file.Damaged($"overview {index} has samples of type {image.SampleType}", $"{mainImage.SampleType} as in the image");
            info = info with { Grid = GeoReference.OverviewGrid(file, info.Grid, image) };
        }
        Info = info;
        TiffImage? maskImage = overview is null ? mainMask : FindMask(directories, true, image);
        if (_beside is not null && overview is not null)
        {
            GeoTiffSource whole = _beside;
            _beside = whole.OpenOverview(whole.Layout.OverviewSizes.ToList().IndexOf((image.Width, image.Height)));
            whole.Dispose();
        }
        long cacheBytes = Math.Min(options.CacheBytes, KeptBytes(image) + (maskImage is null ? 0 : KeptBytes(maskImage)));
        BufferBytes = cacheBytes + (_beside?.BufferBytes ?? 0);
        var cache = new BlockCache(cacheBytes);
        _samples = new BlockReader(file, image, info.Bands[0].NoData ?? 0, cache, options, run);
        if (maskImage is { } mask) _mask = new BlockReader(file, mask, 0, cache, options, run);
        Layout = new GeoTiffLayout
        {
            IsBigTiff = file.IsBigTiff,
            IsLittleEndian = file.IsLittleEndian,
            Compression = image.Compression.GdalName(),
            Predictor = image.Predictor,
            IsTiled = image.IsTiled,
            BlockWidth = image.BlockWidth,
            BlockHeight = image.BlockHeight,
            IsPlanar = image.IsPlanar,
            BitsPerSample = image.BitsPerSample,
            PixelIsPoint = GeoReference.IsPixelPoint(main),
            Masks =
            [
                .. _mask is null ? [] : new[] { "inside of the file" },
                .. _beside is null ? [] : new[] { $"beside the file, {Path.GetFileName(_beside.Name)}" },
                .. _alpha is null ? [] : new[] { $"the alpha band, {_alpha + 1}" },
            ],
            OverviewSizes = overview is null ? [.. overviews.Select(SizeOf)] : [],
        };
    }

    /// <inheritdoc/>
    public string Name => _file.Path;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes { get; }

    /// <summary>How the file lays out its samples.</summary>
    public GeoTiffLayout Layout { get; }

    /// <summary>Opens a file and reads what it says of itself.</summary>
    /// <param name="path">
    /// The file, or its URL on a server that serves ranges: then only the blocks that windows meet are transferred, several at a time.
    /// </param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="run">
    /// Threads that decode the blocks of one call of <see cref="Read"/> (samples do not depend on them), how a server is read, and
    /// cancellation; null for the defaults.
    /// </param>
    /// <exception cref="RasterFormatException">This is no GeoTIFF, it is damaged, or it uses what is not supported.</exception>
    /// <exception cref="AsmException">The file is not there or cannot be opened, or the server fails.</exception>
    public static GeoTiffSource Open(string path, GeoTiffOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new GeoTiffOptions();
        run ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(run.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.CacheBytes);
        return Open(path, options, run, null);
    }

    /// <summary>Opens one of the overviews, with a cache of its own; disposing it leaves this source open.</summary>
    /// <param name="index">The position in <see cref="GeoTiffLayout.OverviewSizes"/>.</param>
    /// <returns>The raster of the same ground with larger pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such overview.</exception>
    /// <exception cref="RasterFormatException">The overview is damaged, or uses what is not supported.</exception>
    public GeoTiffSource OpenOverview(int index) => Open(_file.Location, _options, _run, index);

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        RequireInside(window);
        foreach (int band in bands)
            if ((uint)band >= (uint)Info.Bands.Count)
                throw new ArgumentOutOfRangeException(nameof(bands), band, $"the bands are 0 to {Info.Bands.Count - 1}");
        RequireRoom(destination.Length, window.PixelCount * bands.Length, nameof(destination));
        int[] stored = bands.ToArray();
        if (_alpha is { } alpha)
            for (int i = 0; i < stored.Length; i++)
                if (stored[i] >= alpha) stored[i]++;
        _samples.Read(window, stored, destination);
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid)
    {
        RequireInside(window);
        RequireRoom(valid.Length, window.PixelCount, nameof(valid));
        Span<byte> pixels = valid[..(int)window.PixelCount];
        if (_mask is not null)
        {
            _mask.Read(window, [0], pixels);
            // Masks of 8 bits say 255, masks of one bit say 1.
            for (int i = 0; i < pixels.Length; i++) pixels[i] = pixels[i] == 0 ? (byte)0 : (byte)1;
        }
        else if (_beside is not null)
        {
            // A mask is any raster, so that its own samples say it.
            _beside.Read(window, [0], pixels);
            for (int i = 0; i < pixels.Length; i++) pixels[i] = pixels[i] == 0 ? (byte)0 : (byte)1;
        }
        else pixels.Fill(1);
        if (_alpha is { } alpha) ClearTransparent(window, alpha, pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _beside?.Dispose();
        _file.Dispose();
    }

    private static GeoTiffSource Open(string path, GeoTiffOptions options, RunOptions run, int? overview)
    {
        TiffFile file = TiffFile.Open(path, run);
        try { return new GeoTiffSource(file, options, run, overview); }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file NAME.msk that GDAL writes where a format or a person wants the mask outside; null where there is none.</summary>
    private static GeoTiffSource? OpenBeside(TiffFile file, TiffImage image, GeoTiffOptions options, RunOptions run)
    {
        string path = file.Location + MaskEnding;
        if (file.Location.EndsWith(MaskEnding, StringComparison.OrdinalIgnoreCase) || !File.Exists(path)) return null;
        GeoTiffSource mask = Open(path, options, run, null);
        GeoGrid grid = mask.Info.Grid;
        if (mask.Info.Bands.Count == 1 && mask.Info.SampleType == SampleType.UInt8
            && (grid.Width, grid.Height) == (image.Width, image.Height))
            return mask;
        mask.Dispose();
        throw new RasterFormatException(path,
            $"is the mask beside {file.Path}, with {mask.Info.Bands.Count} bands of {mask.Info.SampleType}, "
            + $"{grid.Width} x {grid.Height} px",
            $"one band of UInt8, {image.Width} x {image.Height} px",
            $"write it anew: gdal_translate -b 1 -ot Byte -outsize {image.Width} {image.Height}, or move it away if it is of another file");
    }

    private void ClearTransparent(PixelWindow window, int alpha, Span<byte> pixels)
    {
        float[] samples = ArrayPool<float>.Shared.Rent(pixels.Length);
        try
        {
            _samples.Read(window, [alpha], samples.AsSpan(0, pixels.Length));
            for (int i = 0; i < pixels.Length; i++)
                if (!(samples[i] > 0)) pixels[i] = 0;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(samples);
        }
    }

    /// <summary>Rows of blocks that are of use to windows that follow each other from top to bottom: two, or a thousand pixels.</summary>
    private static long KeptBytes(TiffImage image) =>
        Math.Min(Math.Max(2L * image.BlockHeight, 1024), (long)image.BlocksDown * image.BlockHeight)
        * image.BlocksAcross * image.RowBytes * (image.IsPlanar ? image.BandCount : 1);

    private static long Kind(TiffDirectory directory) => directory.Integer(TiffTag.NewSubfileType, 0) & (ReducedImage | MaskImage);

    private static (int Width, int Height) SizeOf(TiffDirectory directory) =>
        ((int)Math.Clamp(directory.Integer(TiffTag.ImageWidth, 0), 0, int.MaxValue),
            (int)Math.Clamp(directory.Integer(TiffTag.ImageLength, 0), 0, int.MaxValue));

    private TiffImage? FindMask(List<TiffDirectory> directories, bool ofOverview, TiffImage image)
    {
        int kind = ofOverview ? MaskImage | ReducedImage : MaskImage;
        TiffDirectory? directory = directories.Skip(1).FirstOrDefault(d => Kind(d) == kind && SizeOf(d) == (image.Width, image.Height));
        if (directory is null) return null;
        var mask = new TiffImage(_file, directory);
        return mask is { BandCount: 1, SampleType: SampleType.UInt8 } ? mask
            : throw _file.Unsupported($"its mask has {mask.BandCount} bands of type {mask.SampleType}",
                "one band of 1 or 8 bits", "-mask none");
    }

    private void RequireInside(PixelWindow window)
    {
        // In 64 bits: columns and widths near the end of 32 bits must not wrap around.
        if (window.Column < 0 || window.Row < 0 || window.Width < 0 || window.Height < 0
            || (long)window.Column + window.Width > Info.Grid.Width || (long)window.Row + window.Height > Info.Grid.Height)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
    }

    private static void RequireRoom(long length, long needed, string parameter)
    {
        if (length < needed) throw new ArgumentException($"room for {length} samples, {needed} needed", parameter);
    }
}
