using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Maps.Classes;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>A sink of codes that counts them.</summary>
internal sealed class CountingSink(IRasterSink sink) : IRasterSink
{
    /// <summary>Pixels of each of the 256 codes so far.</summary>
    public long[] PixelsByCode { get; } = new long[256];

    /// <inheritdoc/>
    public RasterInfo Info => sink.Info;

    /// <inheritdoc/>
    public long BufferBytes => sink.BufferBytes;

    /// <inheritdoc/>
    public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>
    {
        sink.WriteRows(height, samples);
        CodeRuns.Count(MemoryMarshal.AsBytes(samples), PixelsByCode);
    }

    /// <inheritdoc/>
    public void Complete() => sink.Complete();

    /// <inheritdoc/>
    public void Dispose() => sink.Dispose();
}
