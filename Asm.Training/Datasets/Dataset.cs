using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Training.Network;

namespace Asm.Training.Datasets;

/// <summary>A data set on disk, open to read. Safe for concurrent calls; memory does not grow with its size.</summary>
internal sealed class Dataset : IDisposable
{
    private readonly MappedFile _samples;
    private readonly MappedFile _labels;
    private readonly MappedFile _splits;

    private Dataset(string folder, DatasetManifest manifest)
    {
        (Folder, Manifest) = (folder, manifest);
        long pixels = manifest.Scenes.Sum(s => s.PixelCount);
        // What was mapped before a file is found missing goes with its finaliser.
        _samples = new MappedFile(Path.Combine(folder, DatasetFiles.Samples), pixels * manifest.Bands.Length * sizeof(ushort));
        _labels = new MappedFile(Path.Combine(folder, DatasetFiles.Labels), pixels);
        _splits = new MappedFile(Path.Combine(folder, DatasetFiles.Splits), pixels);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What it says of itself.</summary>
    public DatasetManifest Manifest { get; }

    /// <summary>Mean and standard deviation of each band over the labelled training pixels.</summary>
    public BandStatistics Statistics => new(Manifest.BandMean, Manifest.BandDeviation);

    /// <summary>Opens a data set.</summary>
    /// <exception cref="AsmException">A file is missing, or is not what the description says.</exception>
    public static Dataset Open(string folder) => Open(folder, DatasetFiles.ReadManifest(folder));

    /// <summary>Opens a data set whose description is known.</summary>
    internal static Dataset Open(string folder, DatasetManifest manifest) => new(folder, manifest);

    /// <summary>The samples of one row: band after band, each as wide as the scene.</summary>
    public ReadOnlySpan<ushort> SampleRow(DatasetScene scene, int row)
    {
        int values = scene.Width * Manifest.Bands.Length;
        return _samples.Span<ushort>((scene.FirstPixel + (long)row * scene.Width) * Manifest.Bands.Length, values);
    }

    /// <summary>Class codes of one row, 0 where there is no label.</summary>
    public ReadOnlySpan<byte> LabelRow(DatasetScene scene, int row) =>
        _labels.Span<byte>(scene.FirstPixel + (long)row * scene.Width, scene.Width);

    /// <summary>Splits of one row.</summary>
    public ReadOnlySpan<Split> SplitRow(DatasetScene scene, int row) =>
        _splits.Span<Split>(scene.FirstPixel + (long)row * scene.Width, scene.Width);

    /// <summary>
    /// A scene's samples as a raster: uint16 reflectance x 10,000, nodata 0, as a stack. It lives as long as the data set.
    /// </summary>
    public IRasterSource Stack(DatasetScene scene) => new DatasetStack(this, scene);

    /// <summary>A scene's labels of one split as a raster: uint8, 0 where there is no label or another split.</summary>
    public IRasterSource Labels(DatasetScene scene, Split split) => new DatasetLabels(this, scene, split);

    /// <inheritdoc/>
    public void Dispose()
    {
        _samples.Dispose();
        _labels.Dispose();
        _splits.Dispose();
    }
}
