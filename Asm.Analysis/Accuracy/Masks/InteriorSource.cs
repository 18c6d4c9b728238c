using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Masks;

/// <summary>
/// A class map without its borders: a pixel keeps its code where no pixel of another class lies in the square of 2 x margin + 1 pixels
/// around it, and is 0 elsewhere. Pixels without data, and the raster's edge, make no border.
/// </summary>
internal sealed class InteriorSource(IRasterSource map, int margin, byte noData) : IRasterSource
{
    // What a run of window functions reads at a time at most.
    private const int MostStripRows = 1024;

    /// <inheritdoc/>
    public string Name => map.Name;

    /// <inheritdoc/>
    public RasterInfo Info => map.Info;

    /// <summary>The window with its margin, before and after it is padded, in strips of the most rows that a run reads at a time.</summary>
    public long BufferBytes => map.BufferBytes + 2L * (MostStripRows + 2 * margin) * (map.Info.Grid.Width + 2 * margin);

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bands.Length, 1);
        int width = window.Width + 2 * margin, height = window.Height + 2 * margin;
        byte[] padded = ArrayPool<byte>.Shared.Rent(checked(width * height));
        try
        {
            ReadPadded(window, padded);
            var rows = new SlidingRows(padded, width, window.Width, margin);
            var codes = new byte[window.Width];
            for (int row = 0; row < window.Height; row++)
            {
                rows.MoveTo(row);
                ReadOnlySpan<byte> own = padded.AsSpan((row + margin) * width + margin, window.Width);
                for (int i = 0; i < codes.Length; i++)
                    codes[i] = rows.Most[i] == own[i] && rows.Least[i] == (byte)(own[i] - 1) ? own[i] : (byte)0;
                SampleTypes.Convert<byte, T>(codes, destination.Slice(row * window.Width, window.Width));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(padded);
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>The window with a margin on every side, 0 where there is no data.</summary>
    private void ReadPadded(PixelWindow window, byte[] padded)
    {
        PixelWindow around = window.Expand(margin), inside = around.Intersect(map.Info.Grid.FullWindow);
        int count = checked((int)inside.PixelCount);
        byte[] read = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            map.Read<byte>(inside, [0], read.AsSpan(0, count));
            if (noData != 0) read.AsSpan(0, count).Replace(noData, (byte)0);
            padded.AsSpan(0, (int)around.PixelCount).Clear();
            for (int row = 0; row < inside.Height; row++)
                read.AsSpan(row * inside.Width, inside.Width)
                    .CopyTo(padded.AsSpan((inside.Row - around.Row + row) * around.Width + inside.Column - around.Column));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(read);
        }
    }
}
