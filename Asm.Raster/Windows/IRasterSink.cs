using System.Numerics;

namespace Asm.Raster.Windows;

/// <summary>A raster that takes strips of samples, top to bottom. Not safe for concurrent calls.</summary>
/// <remarks>Disposing a sink that was not completed discards what was written: there is a whole output or none.</remarks>
public interface IRasterSink : IDisposable
{
    /// <summary>Grid, sample type and bands of what is written.</summary>
    RasterInfo Info { get; }

    /// <summary>Bytes of pixels that the sink itself may hold at a time; runs count them against their memory limit.</summary>
    long BufferBytes => 0;

    /// <summary>Takes the next rows.</summary>
    /// <param name="height">Rows, 1 or more; any number, they need not match tiles.</param>
    /// <param name="samples">
    /// Band after band, row after row, of the sink's full width: bands x height x width samples of the sink's own type.
    /// </param>
    void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, INumber<T>;

    /// <summary>Finishes the output and makes it visible. All rows must have been written.</summary>
    void Complete();
}
