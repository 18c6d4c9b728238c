using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>The same class everywhere: the label of a whole chip.</summary>
internal sealed class ConstantLabels(string name, RasterInfo info, byte code) : IRasterSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RasterInfo Info => info;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> =>
        destination[..checked((int)window.PixelCount * bands.Length)].Fill(T.CreateTruncating(code));

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
