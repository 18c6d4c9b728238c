namespace Asm.Training.Patches;

/// <summary>Where the pixels of one row of a varied patch come from: four neighbours in the source each, the same for all bands.</summary>
/// <param name="size">Rows and columns of a patch, 2 or more.</param>
internal sealed class SourceRow(int size)
{
    private readonly int[] _withoutData = new int[size];
    private int _withoutDataCount;

    /// <summary>
    /// Four neighbours and their weights: the pixel at <paramref name="Index"/>, those one column and one row on, and the one across.
    /// </summary>
    internal readonly record struct Taps(int Index, float First, float Right, float Below, float Across);

    /// <summary>The neighbours of each column. All four are inside of the patch; those that do not count have weight 0.</summary>
    public Taps[] Pixels { get; } = new Taps[size];

    /// <summary>Position of the source pixel nearest to each column; 0 where there is no data.</summary>
    public int[] Nearest { get; } = new int[size];

    /// <summary>From a neighbour to the one a column on.</summary>
    public int ColumnStep { get; private set; }

    /// <summary>From a neighbour to the one a row on.</summary>
    public int RowStep { get; private set; }

    /// <summary>Columns without data.</summary>
    public ReadOnlySpan<int> WithoutData => _withoutData.AsSpan(0, _withoutDataCount);

    /// <summary>
    /// Finds the source of one row. The rotation by angle a about the centre takes offset (x, y) to (x cos a - y sin a, x sin a + y cos
    /// a) of the reflected patch.
    /// </summary>
    /// <param name="row">Row of the result.</param>
    /// <param name="symmetry">0 to 7, see <see cref="Walk"/>.</param>
    /// <param name="angle">Radians; 0 gives the source's own values exactly.</param>
    /// <param name="data">Size x size values; 0 where there is no data.</param>
    public void Find(int row, int symmetry, double angle, ReadOnlySpan<float> data)
    {
        (int start, ColumnStep, RowStep) = Walk(symmetry, size);
        _withoutDataCount = 0;
        (double sine, double cosine) = Math.SinCos(angle);
        double centre = (size - 1) / 2.0;
        double firstX = centre - centre * cosine - (row - centre) * sine, firstY = centre - centre * sine + (row - centre) * cosine;
        for (int column = 0; column < size; column++)
        {
            double x = firstX + column * cosine, y = firstY + column * sine;
            int nearestColumn = (int)Math.Floor(x + 0.5), nearestRow = (int)Math.Floor(y + 0.5);
            int nearest = start + nearestRow * RowStep + nearestColumn * ColumnStep;
            if ((uint)nearestColumn >= (uint)size || (uint)nearestRow >= (uint)size || data[nearest] == 0)
            {
                // the neighbours of the walk's first pixel are inside of the patch, whatever the symmetry
                (Pixels[column], Nearest[column], _withoutData[_withoutDataCount++]) = (new Taps(start, 0, 0, 0, 0), 0, column);
                continue;
            }

            // at the last row or column the neighbour before takes the first place
            int left = Math.Clamp((int)x, 0, size - 2), top = Math.Clamp((int)y, 0, size - 2),
                index = start + top * RowStep + left * ColumnStep;
            (double right, double below) = (x - left, y - top);
            bool whole = right is >= 0 and <= 1 && below is >= 0 and <= 1 && data[index] != 0 && data[index + ColumnStep] != 0
                && data[index + RowStep] != 0 && data[index + RowStep + ColumnStep] != 0;
            if (!whole) (right, below) = (nearestColumn - left, nearestRow - top);
            (Nearest[column], Pixels[column]) = (nearest, new Taps(index, (float)((1 - right) * (1 - below)),
                (float)(right * (1 - below)), (float)((1 - right) * below), (float)(right * below)));
        }
    }

    /// <summary>
    /// Where the walk over the source starts, and its steps for one column and one row of the result. Symmetry 0 changes nothing.
    /// </summary>
    internal static (int Start, int ColumnStep, int RowStep) Walk(int symmetry, int size)
    {
        bool reverseColumns = (symmetry & 1) != 0, reverseRows = (symmetry & 2) != 0, transpose = (symmetry & 4) != 0;
        int column = reverseColumns ? -1 : 1, row = reverseRows ? -size : size;
        int start = (reverseColumns ? size - 1 : 0) + (reverseRows ? (size - 1) * size : 0);
        return transpose ? (start, row, column) : (start, column, row);
    }
}
