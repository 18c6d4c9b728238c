using System.Buffers;
using System.Numerics;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>A map of codes in which pixels that a mask beside the samples excludes are 0, no data.</summary>
internal sealed class MaskedCodes : IRasterSource
{
    private readonly IRasterSource _source;

    private MaskedCodes(IRasterSource source) => _source = source;

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info => _source.Info;

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes;

    /// <summary>The map with its mask applied; a file that has none is returned as it is.</summary>
    public static IRasterSource Of(IRasterSource source) =>
        source is GeoTiffSource { Layout.HasMask: false } ? source : new MaskedCodes(source);

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        _source.Read(window, bands, destination);
        int count = checked((int)window.PixelCount);
        byte[] valid = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            _source.ReadMask(window, valid.AsSpan(0, count));
            if (!valid.AsSpan(0, count).Contains((byte)0)) return;
            for (int b = 0; b < bands.Length; b++)
                for (int i = 0; i < count; i++)
                    if (valid[i] == 0) destination[b * count + i] = T.Zero;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(valid);
        }
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid) => _source.ReadMask(window, valid);

    /// <summary>Does nothing: the raster underneath is its owner's.</summary>
    public void Dispose() { }
}
