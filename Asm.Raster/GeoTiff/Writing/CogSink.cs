using System.Numerics;
using System.Text;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// Writes a Cloud Optimized GeoTIFF: DEFLATE-compressed tiles, band after band, with overviews; a BigTIFF where it is longer than
/// 4 GiB. Class names go into an .aux.xml file beside it, where GDAL and QGIS look for them. The same samples give the same bytes,
/// whatever the threads and strips.
/// </summary>
/// <remarks>
/// Rows are handed to threads that compress them, so writing seldom waits. Compressed tiles lie in a nameless temporary file in the same
/// folder until <see cref="Complete"/>, which therefore needs twice the space of the output for a moment.
/// </remarks>
public sealed class CogSink : IRasterSink, IStagedSink
{
    private const string NamesExtension = ".aux.xml";

    private readonly string _path;
    private readonly CogOptions _options;
    private readonly RunOptions _run;
    private readonly OverviewMode _mode;
    private readonly ushort _predictor;
    private readonly IReadOnlyList<PyramidLevel> _levels;
    private readonly TileSpool _spool;
    private readonly TileWorkers _workers;
    private readonly TilePyramid _pyramid;
    private AsideFile? _file;
    private AsideFile? _namesFile;
    private int _rowsWritten;
    private bool _staged;
    private bool _closed;

    private CogSink(string path, RasterInfo info, CogOptions options, RunOptions run)
    {
        (_path, Info, _options, _run) = (path, info, options, run);
        bool isClassMap = info.ClassNames.Count > 0 || info.Colors.Count > 0;
        _mode = options.Overviews ?? (isClassMap ? OverviewMode.Mode : OverviewMode.Average);
        _predictor = info.SampleType is SampleType.Float32 or SampleType.Float64 ? PredictorEncoder.FloatingPoint
            : _mode == OverviewMode.Mode ? PredictorEncoder.None
            : PredictorEncoder.Horizontal;
        _levels = PyramidLevel.Plan(info, options.TileSize, _mode != OverviewMode.None);
        _spool = new TileSpool(path);
        _workers = new TileWorkers(run.Threads, () => new TileEncoder(_predictor, options.Compression), run.Cancellation);
        _pyramid = TilePyramid.Create(info, _levels, _mode, options.TileSize, _workers, _spool);
    }

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes =>
        3L * Info.Bands.Count * _levels[0].TileColumns * _options.TileSize * _options.TileSize * Info.SampleType.ByteCount();

    /// <summary>Starts a file. Nothing is to be seen under its name before <see cref="Complete"/>.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="info">
    /// What is written. Colours need one band of uint8, and at most 256 of them; nodata is the same for all bands.
    /// </param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <param name="run">Threads that compress (the file does not depend on them) and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be written.</exception>
    /// <exception cref="ArgumentException">No TIFF can say what <paramref name="info"/> says.</exception>
    public static CogSink Create(string path, RasterInfo info, CogOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        options ??= new CogOptions();
        run ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(run.Threads);
        options.Validate();
        RequireWritable(info);
        AsideFile.RequireFree(path, options.Overwrite);
        return AsideFile.Try(path, () => new CogSink(path, info, options, run));
    }

    /// <inheritdoc/>
    /// <exception cref="AsmException">The disk is full or failed.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Info.Grid.Height - _rowsWritten);
        long expected = (long)height * Info.Grid.Width * Info.Bands.Count;
        if (samples.Length != expected)
            throw new ArgumentException($"{samples.Length} samples given, {expected} expected", nameof(samples));
        try { _pyramid.WriteRows(height, samples); }
        catch (Exception e) when (AsideFile.IsRefusal(e)) { throw AsideFile.Explain(_path, e); }
        _rowsWritten += height;
    }

    /// <inheritdoc/>
    void IStagedSink.Stage()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_staged) return;
        if (_rowsWritten != Info.Grid.Height)
            throw new InvalidOperationException($"{_rowsWritten} of {Info.Grid.Height} rows were written");
        try { AsideFile.Try(_path, WriteAside); }
        catch
        {
            // What is aside is not whole, so that nothing may complete it any more.
            Dispose();
            throw;
        }
        _staged = true;
    }

    private void WriteAside()
    {
        _workers.Finish();
        _file = AsideFile.Create(_path, _options.Overwrite);
        CogLayout.Write(Describe, _levels, _spool, _options.ClassicLimitBytes, _file.Stream, _run.Cancellation);
        _file.Flush();
        if (Info.ClassNames.Count == 0) return;
        // A leftover of a raster that is gone may be replaced: without its raster it says nothing.
        _namesFile = AsideFile.Create(_path + NamesExtension, overwrite: true);
        _namesFile.Stream.Write(Encoding.UTF8.GetBytes(GdalXml.CategoryNames(Info.ClassNames)));
        _namesFile.Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="AsmException">The disk is full or failed, or the name was taken meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void Complete()
    {
        ((IStagedSink)this).Stage();
        AsideFile.RequireFree(_path, _options.Overwrite);
        AsideFile.Try(_path, () =>
        {
            // What lies beside a raster that is replaced would lie about the new one.
            foreach (string extension in (ReadOnlySpan<string>)[NamesExtension, ".ovr", ".msk"]) File.Delete(_path + extension);
        });
        _namesFile?.Complete();
        try { _file!.Complete(); }
        catch (AsmException) when (_namesFile is not null)
        {
            File.Delete(_path + NamesExtension);
            throw;
        }
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _workers.Dispose();
        _pyramid.Dispose();
        _spool.Dispose();
        _file?.Dispose();
        _namesFile?.Dispose();
    }

    private TiffDirectoryBuilder Describe(int level, bool isBig) =>
        CogTags.Describe(Info, _levels[level], level > 0, _options.TileSize, _predictor, isBig);

    private static void RequireWritable(RasterInfo info)
    {
        if (info.Bands.Count is 0 or > ushort.MaxValue)
            throw new ArgumentException($"{info.Bands.Count} bands; a TIFF has 1 to 65,535", nameof(info));
        if (info.Colors.Count > 0 && (info.Bands.Count > 1 || info.SampleType != SampleType.UInt8 || info.Colors.Count > 256))
            throw new ArgumentException("colours need one band of uint8, and are at most 256", nameof(info));
        double? noData = info.Bands[0].NoData;
        if (info.Bands.Any(b => !Nullable.Equals(b.NoData, noData)))
            throw new ArgumentException("a TIFF has one nodata value for all bands", nameof(info));
        if (noData is { } value && !CanHold(info.SampleType, value))
            throw new ArgumentException($"nodata {value} is no {info.SampleType}", nameof(info));
    }

    private static bool CanHold(SampleType type, double value) => type switch
    {
        SampleType.UInt8 => (byte)value == value,
        SampleType.Int16 => (short)value == value,
        SampleType.UInt16 => (ushort)value == value,
        SampleType.Int32 => (int)value == value,
        SampleType.UInt32 => (uint)value == value,
        _ => true,
    };
}
