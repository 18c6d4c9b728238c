using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Burning;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Polygons with classes as a raster of class codes. Where polygons of different classes overlap there is no label.</summary>
/// <param name="polygons">The polygons by code; <see cref="NoLabel"/> where they mean none, <see cref="Conflict"/> for overlaps.</param>
/// <param name="info">Grid and classes.</param>
/// <param name="rest">The code of pixels in no polygon.</param>
internal sealed class BurnedLabels(PolygonRaster polygons, RasterInfo info, byte rest) : IRasterSource
{
    /// <summary>Values that no class has.</summary>
    public const byte NoLabel = 254, Conflict = 255;

    private long _conflicts;

    /// <summary>Pixels read so far that lie in polygons of different classes.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <inheritdoc/>
    public string Name => polygons.Name;

    /// <inheritdoc/>
    public RasterInfo Info => info;

    /// <inheritdoc/>
    public long BufferBytes => polygons.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int count = checked((int)window.PixelCount);
        byte[] codes = new byte[count];
        Interlocked.Add(ref _conflicts, polygons.Burn(window, codes));
        foreach (ref byte code in codes.AsSpan())
            code = code switch { 0 => rest, NoLabel or Conflict => 0, _ => code };
        for (int b = 0; b < bands.Length; b++) SampleTypes.Convert<byte, T>(codes, destination.Slice(b * count, count));
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() => polygons.Dispose();
}
