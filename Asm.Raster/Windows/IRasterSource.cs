using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Raster.Windows;

/// <summary>A raster that hands out windows of samples: a file, memory, or a computation. Safe for concurrent calls.</summary>
public interface IRasterSource : IDisposable
{
    /// <summary>What messages call this raster: a path, or what it is.</summary>
    string Name { get; }

    /// <summary>Grid, sample type and bands.</summary>
    RasterInfo Info { get; }

    /// <summary>Bytes of pixels that the source itself may hold between calls; runs count them against their memory limit.</summary>
    long BufferBytes => 0;

    /// <summary>
    /// Reads samples as they are stored, converted to <typeparamref name="T"/> as <see cref="SampleTypes.Convert"/> does; scale
    /// and offset are not applied.
    /// </summary>
    /// <param name="window">The pixels; wholly inside of the grid.</param>
    /// <param name="bands">Band positions from 0, in the order wanted.</param>
    /// <param name="destination">Receives band after band, row after row: bands x height x width samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is not inside of the grid.</exception>
    /// <exception cref="AsmException">The raster cannot be read there.</exception>
    void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>;

    /// <summary>
    /// Reads which pixels a mask beside the samples declares valid (1) or not (0). Nodata samples are not looked at:
    /// see <see cref="Validity"/>.
    /// </summary>
    /// <param name="window">The pixels; wholly inside of the grid.</param>
    /// <param name="valid">Receives height x width values.</param>
    void ReadMask(PixelWindow window, Span<byte> valid) => valid.Fill(1);
}
