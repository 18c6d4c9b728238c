using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Burning;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Masking;

/// <summary>
/// A raster without the pixels whose centres lie in given areas: <see cref="ReadMask"/> declares them not valid. Memory is that of the
/// outlines and of a window.
/// </summary>
public sealed class MaskedSource : IRasterSource
{
    private readonly IRasterSource _source;
    private readonly PolygonRaster _areas;
    private readonly bool _burn;

    /// <summary>Masks a raster.</summary>
    /// <param name="source">The raster; disposed of with this one.</param>
    /// <param name="areas">Polygons in the CRS of the raster.</param>
    /// <param name="burn">
    /// True also sets the samples there to nodata in every band that has it, for what reads samples alone; false
    /// leaves the samples as they are.
    /// </param>
    /// <param name="outside">True masks what lies in none of the areas; false what lies in one.</param>
    /// <exception cref="AsmException">An area is no polygon.</exception>
    public MaskedSource(IRasterSource source, IEnumerable<Geometry> areas, bool burn = false, bool outside = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(areas);
        (_source, _burn) = (source, burn);
        _areas = new PolygonRaster(source.Info.Grid, areas.Select(area => new ValuedPolygon(area, outside ? (byte)0 : (byte)1)),
            background: outside ? (byte)1 : (byte)0, name: "mask");
    }

    /// <summary>Masks a raster with masks in any CRS; where none of them meets it, the raster itself is returned.</summary>
    /// <inheritdoc cref="MaskedSource(IRasterSource, IEnumerable{Geometry}, bool, bool)"/>
    /// <param name="source">The raster; disposed of with the result.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="burn">See the constructor.</param>
    public static IRasterSource Wrap(IRasterSource source, IReadOnlyList<PolygonMask> masks, bool burn = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(masks);
        Geometry[] areas = [.. masks.SelectMany(mask => mask.On(source.Info.Grid))];
        return areas.Length == 0 ? source : new MaskedSource(source, areas, burn);
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info => _source.Info;

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes + _areas.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        _source.Read(window, bands, destination);
        if (!_burn) return;
        int count = checked((int)window.PixelCount);
        byte[] masked = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            _areas.Burn(window, masked);
            for (int b = 0; b < bands.Length; b++)
                if (Info.Bands[bands[b]].NoData is { } noData)
                    SetWhere(masked.AsSpan(0, count), destination.Slice(b * count, count), T.CreateSaturating(noData));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(masked);
        }
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid)
    {
        _source.ReadMask(window, valid);
        int count = checked((int)window.PixelCount);
        byte[] masked = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            _areas.Burn(window, masked);
            SetWhere(masked.AsSpan(0, count), valid[..count], (byte)0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(masked);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _areas.Dispose();
        _source.Dispose();
    }

    private static void SetWhere<T>(ReadOnlySpan<byte> masked, Span<T> samples, T value)
    {
        for (int at = masked.IndexOf((byte)1); at >= 0;)
        {
            int length = masked[at..].IndexOf((byte)0);
            int end = length < 0 ? masked.Length : at + length;
            samples[at..end].Fill(value);
            int next = masked[end..].IndexOf((byte)1);
            at = next < 0 ? -1 : end + next;
        }
    }
}
