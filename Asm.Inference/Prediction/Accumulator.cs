using System.Numerics.Tensors;

namespace Asm.Inference.Prediction;

/// <summary>Sums weighted probabilities of windows over a band of rows that moves down the scene.</summary>
internal sealed class Accumulator(int classes, int rows, int width)
{
    private readonly float[] _sums = new float[checked(classes * rows * width)];
    private int _firstRow;

    /// <summary>
    /// Adds the probabilities of one window, classes x <paramref name="windowHeight"/> x width, each times its
    /// row's and its column's weight.
    /// </summary>
    /// <remarks><paramref name="rowWeights"/> ends where the raster ends; columns past the raster are left out.</remarks>
    public void Add(ReadOnlySpan<float> probabilities, int row, ReadOnlySpan<float> rowWeights,
        int windowHeight, int column, ReadOnlySpan<float> columnWeights)
    {
        int from = columnWeights.IndexOfAnyExcept(0f), to = Math.Min(columnWeights.LastIndexOfAnyExcept(0f) + 1, width - column);
        Span<float> weights = stackalloc float[to - from];
        int window = columnWeights.Length;
        for (int y = 0; y < rowWeights.Length; y++)
        {
            if (rowWeights[y] == 0) continue;
            TensorPrimitives.Multiply(columnWeights[from..to], rowWeights[y], weights);
            for (int c = 0; c < classes; c++)
            {
                Span<float> sums = Row(c, row + y).Slice(column + from, to - from);
                TensorPrimitives.MultiplyAdd(probabilities.Slice((c * windowHeight + y) * window + from, to - from), weights, sums, sums);
            }
        }
    }

    /// <summary>The summed probabilities of one class in one row.</summary>
    public Span<float> Row(int @class, int y) => _sums.AsSpan((@class * rows + (y - _firstRow)) * width, width);

    /// <summary>Lets go of the rows before <paramref name="row"/> and makes room below.</summary>
    public void MoveTo(int row)
    {
        int moved = Math.Min(row - _firstRow, rows), kept = rows - moved;
        for (int c = 0; c < classes; c++)
        {
            Span<float> plane = _sums.AsSpan(c * rows * width, rows * width);
            plane.Slice(moved * width, kept * width).CopyTo(plane);
            plane[(kept * width)..].Clear();
        }
        _firstRow = row;
    }
}
