using Asm.Raster.Grids;

namespace Asm.Simulation.Noise;

/// <summary>The points of one <see cref="CellNoise"/> around a window, kept so that every pixel can ask.</summary>
internal sealed class CellMap
{
    private readonly float _cellPixels;
    private readonly int _left, _top, _columns;
    private readonly float[] _x, _y;

    /// <summary>Prepares the points.</summary>
    /// <param name="seed">Which points.</param>
    /// <param name="cellPixels">Size of a cell.</param>
    /// <param name="window">Where positions will be asked for.</param>
    public CellMap(ulong seed, float cellPixels, PixelWindow window)
    {
        _cellPixels = cellPixels;
        int Cell(int position) => (int)MathF.Floor(position / cellPixels);
        (_left, _top) = (Cell(window.Column) - 1, Cell(window.Row) - 1);
        _columns = Cell(window.Right) + 2 - _left;
        int count = _columns * (Cell(window.Bottom) + 2 - _top);
        (_x, _y) = (new float[count], new float[count]);
        for (int i = 0; i < count; i++) (_x[i], _y[i]) = CellNoise.Point(seed, _left + i % _columns, _top + i / _columns);
    }

    /// <summary>Distance in pixels to the border between the two nearest points; see <see cref="CellNoise.Hit"/>.</summary>
    public float EdgeDistance(float x, float y)
    {
        float cx = x / _cellPixels, cy = y / _cellPixels, d1 = float.MaxValue, d2 = float.MaxValue;
        int column = (int)MathF.Floor(cx) - _left, row = (int)MathF.Floor(cy) - _top, p1 = 0, p2 = 0;
        for (int j = row - 1; j <= row + 1; j++)
            for (int at = j * _columns + column - 1, end = at + 3; at < end; at++)
            {
                float d = (_x[at] - cx) * (_x[at] - cx) + (_y[at] - cy) * (_y[at] - cy);
                if (d < d1) (d2, p2, d1, p1) = (d1, p1, d, at);
                else if (d < d2) (d2, p2) = (d, at);
            }
        float dx = _x[p2] - _x[p1], dy = _y[p2] - _y[p1];
        return (d2 - d1) / (2 * MathF.Sqrt(dx * dx + dy * dy)) * _cellPixels;
    }
}
