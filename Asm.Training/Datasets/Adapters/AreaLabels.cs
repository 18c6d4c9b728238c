using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Burning;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Labels inside of an area only; 0 outside. Disposes the labels with itself.</summary>
/// <param name="labels">Class codes.</param>
/// <param name="area">Above 0 inside.</param>
internal sealed class AreaLabels(IRasterSource labels, PolygonRaster area) : IRasterSource
{
    /// <inheritdoc/>
    public string Name => labels.Name;

    /// <inheritdoc/>
    public RasterInfo Info => labels.Info;

    /// <inheritdoc/>
    public long BufferBytes => labels.BufferBytes + area.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        labels.Read(window, bands, destination);
        int count = checked((int)window.PixelCount);
        byte[] inside = new byte[count];
        area.Burn(window, inside);
        for (int b = 0; b < bands.Length; b++)
        {
            Span<T> codes = destination.Slice(b * count, count);
            for (int i = 0; i < count; i++)
                if (inside[i] == 0) codes[i] = T.Zero;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => labels.Dispose();
}
