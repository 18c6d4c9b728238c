using System.Numerics;
using System.Numerics.Tensors;
using Asm.Raster;

namespace Asm.Inference.Accuracy;

/// <summary>
/// A class map without its borders: a pixel keeps its code where no pixel of another class lies in the square of 2 x margin + 1 pixels around it, and is 0 elsewhere.
/// Pixels without data, and the raster's edge, make no border.
/// </summary>
internal sealed class InteriorSource(IRasterSource map, int margin, byte noData) : IRasterSource
{
    /// <inheritdoc/>
    public string Name => map.Name;

    /// <inheritdoc/>
    public RasterInfo Info => map.Info;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bands.Length, 1);
        (byte[] padded, int width) = ReadPadded(window);
        int rows = window.Height + 2 * margin;
        byte[] most = new byte[rows * window.Width], least = new byte[rows * window.Width], codes = new byte[window.Width];

        // No data takes part in neither: as 0 it is below every maximum, as 255 (0 - 1) above every minimum of code - 1.
        byte[] lowered = new byte[padded.Length];
        TensorPrimitives.Subtract(padded, (byte)1, lowered);
        for (int row = 0; row < rows; row++)
        {
            Span<byte> rowMost = most.AsSpan(row * window.Width, window.Width), rowLeast = least.AsSpan(row * window.Width, window.Width);
            padded.AsSpan(row * width, window.Width).CopyTo(rowMost);
            lowered.AsSpan(row * width, window.Width).CopyTo(rowLeast);
            for (int shift = 1; shift <= 2 * margin; shift++)
            {
                TensorPrimitives.Max(rowMost, padded.AsSpan(row * width + shift, window.Width), rowMost);
                TensorPrimitives.Min(rowLeast, lowered.AsSpan(row * width + shift, window.Width), rowLeast);
            }
        }
        for (int row = 0; row < window.Height; row++)
        {
            Span<byte> rowMost = most.AsSpan(row * window.Width, window.Width), rowLeast = least.AsSpan(row * window.Width, window.Width);
            for (int below = 1; below <= 2 * margin; below++)
            {
                TensorPrimitives.Max(rowMost, most.AsSpan((row + below) * window.Width, window.Width), rowMost);
                TensorPrimitives.Min(rowLeast, least.AsSpan((row + below) * window.Width, window.Width), rowLeast);
            }
            ReadOnlySpan<byte> own = padded.AsSpan((row + margin) * width + margin, window.Width);
            for (int i = 0; i < codes.Length; i++) codes[i] = rowMost[i] == own[i] && rowLeast[i] == (byte)(own[i] - 1) ? own[i] : (byte)0;
            SampleTypes.Convert<byte, T>(codes, destination.Slice(row * window.Width, window.Width));
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>The window with a margin on every side, 0 where there is no data.</summary>
    private (byte[] Padded, int Width) ReadPadded(PixelWindow window)
    {
        PixelWindow around = window.Expand(margin), inside = around.Intersect(map.Info.Grid.FullWindow);
        var read = new byte[checked((int)inside.PixelCount)];
        map.Read<byte>(inside, [0], read);
        if (noData != 0) read.AsSpan().Replace(noData, (byte)0);
        var padded = new byte[checked((int)around.PixelCount)];
        for (int row = 0; row < inside.Height; row++)
            read.AsSpan(row * inside.Width, inside.Width).CopyTo(padded.AsSpan((inside.Row - around.Row + row) * around.Width + inside.Column - around.Column));
        return (padded, around.Width);
    }
}
