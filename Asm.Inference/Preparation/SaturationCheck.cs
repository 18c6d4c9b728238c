using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// Hands a stack on and counts its samples that are clamped, so that numbers of another scale are never written as a stack.
/// </summary>
/// <param name="stack">The stack, uint16 with 0 for no data; disposed with this.</param>
internal sealed class SaturationCheck(IRasterSource stack) : IRasterSource
{
    private const double MostClamped = 0.5;

    private readonly long[] _valid = new long[stack.Info.Bands.Count], _high = new long[stack.Info.Bands.Count],
        _low = new long[stack.Info.Bands.Count];

    public string Name => stack.Name;

    public RasterInfo Info => stack.Info;

    public long BufferBytes => stack.BufferBytes;

    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        stack.Read(window, bands, destination);
        int pixels = (int)window.PixelCount;
        for (int b = 0; typeof(T) == typeof(ushort) && b < bands.Length; b++)
        {
            ReadOnlySpan<ushort> samples = MemoryMarshal.Cast<T, ushort>(destination.Slice(b * pixels, pixels));
            Interlocked.Add(ref _valid[bands[b]], pixels - samples.Count((ushort)0));
            Interlocked.Add(ref _high[bands[b]], samples.Count(ushort.MaxValue));
            Interlocked.Add(ref _low[bands[b]], samples.Count((ushort)1));
        }
    }

    public void ReadMask(PixelWindow window, Span<byte> valid) => stack.ReadMask(window, valid);

    public void Dispose() => stack.Dispose();

    /// <summary>Refuses what was read where most of a band, or of all bands, is clamped.</summary>
    /// <exception cref="AsmException">It is.</exception>
    public void Require()
    {
        double[] high = [.. _high.Zip(_valid, Share)], low = [.. _low.Zip(_valid, Share)];
        int worst = Array.IndexOf(high, high.Max());
        if (high[worst] > MostClamped)
            throw new AsmException(Name,
                $"{high[worst]:P0} of the pixels of {Info.Bands[worst].Name} are above all that a stack can hold (6.5535)",
                "reflectance 0..1 after scaling", StackBands.ScaleFix);
        if (low.Min() > MostClamped)
            throw new AsmException(Name, $"{low.Min():P0} of the pixels are 0 or below in every band",
                "reflectance 0..1 after scaling", $"leave `offset` out where it was removed already; else {StackBands.ScaleFix}");
    }

    private static double Share(long clamped, long valid) => valid == 0 ? 0 : (double)clamped / valid;
}
