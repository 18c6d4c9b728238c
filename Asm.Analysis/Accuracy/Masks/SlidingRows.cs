using System.Numerics.Tensors;

namespace Asm.Analysis.Accuracy.Masks;

/// <summary>The highest and the lowest code in the square around every pixel of a row, row after row.</summary>
/// <param name="padded">Codes with a margin on every side, 0 where there is no data.</param>
/// <param name="paddedWidth">Columns of <paramref name="padded"/>.</param>
/// <param name="width">Columns without the margins.</param>
/// <param name="margin">Pixels from the middle of a square to its edge.</param>
internal sealed class SlidingRows(byte[] padded, int paddedWidth, int width, int margin)
{
    private readonly int _size = 2 * margin + 1;
    private readonly byte[] _lowered = new byte[paddedWidth],
        _rowMost = new byte[(2 * margin + 1) * width], _rowLeast = new byte[(2 * margin + 1) * width];
    private int _done;

    /// <summary>The highest code around each pixel; no data, as 0, is below every other.</summary>
    public byte[] Most { get; } = new byte[width];

    /// <summary>The lowest code around each pixel, less 1; no data, as 0 - 1 = 255, is above every other.</summary>
    public byte[] Least { get; } = new byte[width];

    /// <summary>Goes to a row, counted without the margin; rows only go forward.</summary>
    public void MoveTo(int row)
    {
        for (; _done < row + _size; _done++) Across(_done);
        _rowMost.AsSpan(0, width).CopyTo(Most);
        _rowLeast.AsSpan(0, width).CopyTo(Least);
        for (int i = 1; i < _size; i++)
        {
            TensorPrimitives.Max(Most, _rowMost.AsSpan(i * width, width), Most);
            TensorPrimitives.Min(Least, _rowLeast.AsSpan(i * width, width), Least);
        }
    }

    /// <summary>Highest and lowest codes along one padded row, kept until as many rows as a square has came after it.</summary>
    private void Across(int row)
    {
        ReadOnlySpan<byte> codes = padded.AsSpan(row * paddedWidth, paddedWidth);
        TensorPrimitives.Subtract(codes, (byte)1, _lowered);
        Span<byte> most = _rowMost.AsSpan(row % _size * width, width), least = _rowLeast.AsSpan(row % _size * width, width);
        codes[..width].CopyTo(most);
        _lowered.AsSpan(0, width).CopyTo(least);
        for (int shift = 1; shift < _size; shift++)
        {
            TensorPrimitives.Max(most, codes.Slice(shift, width), most);
            TensorPrimitives.Min(least, _lowered.AsSpan(shift, width), least);
        }
    }
}
