using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets;

/// <summary>The samples of a data set's scene as a raster.</summary>
internal sealed class DatasetStack : IRasterSource
{
    private readonly Dataset _dataset;
    private readonly DatasetScene _scene;

    /// <summary>Wraps a scene; the data set stays the owner of its files.</summary>
    public DatasetStack(Dataset dataset, DatasetScene scene)
    {
        (_dataset, _scene) = (dataset, scene);
        Info = new RasterInfo
        {
            Grid = scene.Grid(),
            SampleType = SampleType.UInt16,
            Bands = [.. dataset.Manifest.Bands.Select(b =>
                new BandInfo { Name = b, NoData = 0, Scale = 1 / (double)DatasetFiles.Quantification })],
        };
    }

    /// <inheritdoc/>
    public string Name => $"{_dataset.Folder}: {_scene.Name}";

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {_scene.Width} x {_scene.Height}");
        for (int row = 0; row < window.Height; row++)
        {
            ReadOnlySpan<ushort> samples = _dataset.SampleRow(_scene, window.Row + row);
            for (int b = 0; b < bands.Length; b++)
                SampleTypes.Convert(samples.Slice(bands[b] * _scene.Width + window.Column, window.Width),
                    destination.Slice((b * window.Height + row) * window.Width, window.Width));
        }
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
