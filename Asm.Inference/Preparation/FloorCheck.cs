using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// Hands a stack on and counts its samples that are raised to the least that a stack holds, so that numbers from which too much was taken
/// away are never written as a stack. What is too bright is refused where it is read: <see cref="ImpossiblePixels"/>.
/// </summary>
/// <param name="stack">The stack, uint16 with 0 for no data; disposed with this.</param>
internal sealed class FloorCheck(IRasterSource stack) : IRasterSource
{
    private const double MostRaised = 0.5;

    private readonly long[] _valid = new long[stack.Info.Bands.Count], _raised = new long[stack.Info.Bands.Count];

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
            Interlocked.Add(ref _raised[bands[b]], samples.Count((ushort)1));
        }
    }

    public void ReadMask(PixelWindow window, Span<byte> valid) => stack.ReadMask(window, valid);

    public void Dispose() => stack.Dispose();

    /// <summary>Refuses what was read where most of every band was raised.</summary>
    /// <exception cref="AsmException">It was.</exception>
    public void Require()
    {
        double least = _raised.Zip(_valid, (raised, valid) => valid == 0 ? 0 : (double)raised / valid).Min();
        if (least > MostRaised)
            throw new AsmException(Name, $"{least:P0} of the pixels are 0 or below in every band",
                "reflectance 0..1 after scaling", $"leave `offset` out where it was removed already; else {StackBands.ScaleFix}");
    }
}
