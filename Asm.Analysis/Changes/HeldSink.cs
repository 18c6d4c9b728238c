using System.Numerics;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>A sink that a run cannot complete: its owner does, together with files that tell what the run counted.</summary>
internal sealed class HeldSink(IRasterSink sink) : IRasterSink
{
    /// <inheritdoc/>
    public RasterInfo Info => sink.Info;

    /// <inheritdoc/>
    public long BufferBytes => sink.BufferBytes;

    /// <inheritdoc/>
    public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T> => sink.WriteRows(height, samples);

    /// <summary>Does nothing.</summary>
    public void Complete() { }

    /// <inheritdoc/>
    public void Dispose() => sink.Dispose();
}
