using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>A raster with a nodata value for bands that declare none, or for all. Disposes the raster with itself.</summary>
/// <param name="source">The raster.</param>
/// <param name="noData">The value.</param>
/// <param name="replaces">True where it also replaces what bands declare.</param>
internal sealed class NoDataOverride(IRasterSource source, double noData, bool replaces) : IRasterSource
{
    public string Name => source.Name;

    public RasterInfo Info { get; } = source.Info with
    {
        Bands = [.. source.Info.Bands.Select(band => band with { NoData = replaces ? noData : band.NoData ?? noData })]
    };

    public long BufferBytes => source.BufferBytes;

    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> =>
        source.Read(window, bands, destination);

    public void ReadMask(PixelWindow window, Span<byte> valid) => source.ReadMask(window, valid);

    public void Dispose() => source.Dispose();
}
