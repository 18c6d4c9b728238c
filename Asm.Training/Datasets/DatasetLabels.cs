using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets;

/// <summary>The labels of one split of a data set's scene as a raster.</summary>
internal sealed class DatasetLabels : IRasterSource
{
    private readonly Dataset _dataset;
    private readonly DatasetScene _scene;
    private readonly Split _split;

    /// <summary>Wraps a scene; the data set stays the owner of its files.</summary>
    public DatasetLabels(Dataset dataset, DatasetScene scene, Split split)
    {
        (_dataset, _scene, _split) = (dataset, scene, split);
        Info = new RasterInfo
        {
            Grid = scene.Grid(),
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }],
            ClassNames = ["no data", .. dataset.Manifest.Classes.Select(c => c.Name)],
            Colors = [new Rgb(0, 0, 0), .. dataset.Manifest.Classes.Select(c => Rgb.Parse(c.Color))],
        };
    }

    /// <inheritdoc/>
    public string Name => $"{_dataset.Folder}: labels of {_scene.Name}";

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {_scene.Width} x {_scene.Height}");
        byte[] line = new byte[window.Width];
        for (int row = 0; row < window.Height; row++)
        {
            ReadOnlySpan<byte> labels = _dataset.LabelRow(_scene, window.Row + row).Slice(window.Column, window.Width);
            ReadOnlySpan<Split> splits = _dataset.SplitRow(_scene, window.Row + row).Slice(window.Column, window.Width);
            for (int i = 0; i < line.Length; i++) line[i] = splits[i] == _split ? labels[i] : (byte)0;
            for (int b = 0; b < bands.Length; b++)
                SampleTypes.Convert<byte, T>(line, destination.Slice((b * window.Height + row) * window.Width, window.Width));
        }
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
