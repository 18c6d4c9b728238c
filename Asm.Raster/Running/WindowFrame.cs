using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Raster.Running;

/// <summary>The pixels that one call of a <see cref="WindowFunction"/> works on. All spans are row after row, without gaps.</summary>
public readonly ref struct WindowFrame
{
    private readonly WindowStrip _strip;
    private readonly int _start;
    private readonly int _count;

    internal WindowFrame(WindowStrip strip, int firstRow, int rows)
    {
        PixelWindow all = strip.Window;
        (_strip, _start, _count) = (strip, firstRow * all.Width, rows * all.Width);
        Window = new(all.Column, all.Row + firstRow, all.Width, rows);
    }

    /// <summary>Where the pixels are in the grid: always its full width.</summary>
    public PixelWindow Window { get; }

    /// <summary>Samples of one band: height x width of them.</summary>
    /// <param name="input">One of the run's inputs.</param>
    /// <param name="band">The position among the input's bands, from 0.</param>
    public ReadOnlySpan<T> Samples<T>(WindowInput<T> input, int band = 0) where T : unmanaged, INumber<T> =>
        ((T[])_strip.SamplesOf(input)).AsSpan(band * (int)_strip.Window.PixelCount + _start, _count);

    /// <summary>
    /// For each pixel 1 where it carries data, else 0: no mask excludes it, and it is nodata or NaN in none of the input's bands.
    /// </summary>
    public ReadOnlySpan<byte> Valid(WindowInput input) => _strip.ValidOf(input).AsSpan(_start, _count);

    /// <summary>Where the samples of one band go: height x width of them, with arbitrary values before.</summary>
    /// <param name="output">One of the run's outputs.</param>
    /// <param name="band">The band of the sink, from 0.</param>
    public Span<T> Samples<T>(WindowOutput<T> output, int band = 0) where T : unmanaged, INumber<T> =>
        ((T[])_strip.SamplesOf(output)).AsSpan(band * (int)_strip.Window.PixelCount + _start, _count);
}
