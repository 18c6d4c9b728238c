using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Evaluation;

/// <summary>A class map with other codes. Pixels without data become 0.</summary>
internal sealed class RecodedSource : IRasterSource
{
    private readonly IRasterSource _inner;
    private readonly byte[] _codes;

    /// <summary>Wraps a raster, and owns it.</summary>
    /// <param name="inner">One band of integers, each a position in <paramref name="codes"/>.</param>
    /// <param name="codes">The code of each value.</param>
    public RecodedSource(IRasterSource inner, byte[] codes)
    {
        (_inner, _codes) = (inner, codes);
        Info = new RasterInfo
        {
            Grid = inner.Info.Grid,
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }]
        };
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int count = checked((int)window.PixelCount);
        int[] values = new int[count];
        byte[] valid = new byte[count];
        _inner.ReadWithValidity(window, [0], values, valid);
        for (int i = 0; i < count; i++) valid[i] = valid[i] == 0 ? (byte)0 : _codes[values[i]];
        for (int band = 0; band < bands.Length; band++) SampleTypes.Convert<byte, T>(valid, destination.Slice(band * count, count));
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
