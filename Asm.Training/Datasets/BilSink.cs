using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets;

/// <summary>
/// Hands rows on as they lie in a data set's files: band after band within each row. Completing and disposing do nothing:
/// a file holds many scenes.
/// </summary>
/// <param name="info">Grid and bands of the scene.</param>
/// <param name="put">Takes the bytes in their order.</param>
internal sealed class BilSink(RasterInfo info, Action<ReadOnlySpan<byte>> put) : IRasterSink
{
    /// <inheritdoc/>
    public RasterInfo Info => info;

    /// <inheritdoc/>
    public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>
    {
        int width = info.Grid.Width;
        for (int row = 0; row < height; row++)
            for (int band = 0; band < info.Bands.Count; band++)
                put(MemoryMarshal.AsBytes(samples.Slice((band * height + row) * width, width)));
    }

    /// <summary>Nothing to do.</summary>
    public void Complete() { }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
