using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>
/// The division of the plane into blocks, each used in one way and bordered by possible tracks: a Voronoi diagram
/// of one hashed point a cell.
/// </summary>
internal sealed class BlockMap
{
    private readonly SceneStyle _style;
    private readonly int _left, _top, _columns;
    private readonly Block[] _blocks;
    private readonly float[] _x, _y;

    /// <summary>What a block is used for.</summary>
    internal enum Use { Wild, Wood, Farm, Paddy, Plantation }

    /// <summary>A block's choices, made once.</summary>
    internal sealed record Block(ulong Key, float X, float Y, Use Use, float DirectionX,
        float DirectionY, float ParcelWidth, float ParcelLength, float TreeBias, bool Margins);

    /// <summary>Prepares the blocks that can touch a window.</summary>
    public BlockMap(SceneStyle style, Canvas canvas, float warpReach)
    {
        _style = style;
        int Cell(float position) => (int)MathF.Floor(position / style.BlockPixels);
        _left = Cell(canvas.Window.Column - warpReach) - 1;
        _top = Cell(canvas.Window.Row - warpReach) - 1;
        _columns = Cell(canvas.Window.Right + warpReach) + 2 - _left;
        int rows = Cell(canvas.Window.Bottom + warpReach) + 2 - _top;
        _blocks = new Block[_columns * rows];
        for (int i = 0; i < _blocks.Length; i++) _blocks[i] = Make(_left + i % _columns, _top + i / _columns);
        (_x, _y) = ([.. _blocks.Select(b => b.X)], [.. _blocks.Select(b => b.Y)]);
    }

    /// <summary>The block at a position, the distance to its border, and a key of that border that is the same from both sides.</summary>
    public Block Locate(float x, float y, out float borderDistance, out ulong borderKey)
    {
        int column = (int)MathF.Floor(x / _style.BlockPixels) - _left, row = (int)MathF.Floor(y / _style.BlockPixels) - _top;
        float d1 = float.MaxValue, d2 = float.MaxValue;
        int b1 = 0, b2 = 0;
        for (int j = row - 1; j <= row + 1; j++)
            for (int at = j * _columns + column - 1, end = at + 3; at < end; at++)
            {
                float d = (_x[at] - x) * (_x[at] - x) + (_y[at] - y) * (_y[at] - y);
                if (d < d1) (d2, b2, d1, b1) = (d1, b1, d, at);
                else if (d < d2) (d2, b2) = (d, at);
            }
        Block first = _blocks[b1], second = _blocks[b2];
        float dx = second.X - first.X, dy = second.Y - first.Y;
        borderDistance = (d2 - d1) / (2 * MathF.Sqrt(dx * dx + dy * dy));
        borderKey = first.Key ^ second.Key;
        return first;
    }

    private Block Make(int column, int row)
    {
        var draw = new Draw(Hash.Of(_style.Sub(1), column, row));
        float x = (column + draw.Between(0, 0.1f, 0.9f)) * _style.BlockPixels, y = (row + draw.Between(1, 0.1f, 0.9f)) * _style.BlockPixels;
        // Farming, woods and field sizes drift over 10 to 20 km, so a whole granule is not one farm.
        float farm = _style.FarmShare + SmoothNoise.At(_style.Sub(2), 900, x, y)
            + 0.6f * SmoothNoise.At(_style.Sub(3), 150, x, y) + 0.4f * draw.Normal(2);
        float wood = _style.TreeBias + 0.7f * SmoothNoise.At(_style.Sub(4), 1300, x, y);
        float size = _style.ParcelPixels * (1 + 0.3f * SmoothNoise.At(_style.Sub(5), 700, x, y)) * draw.Between(3, 0.7f, 1.4f);
        (float dx, float dy) = draw.Direction(4);
        Use use = Use.Wild;
        if (farm > 0)
            use = draw.Chance(5, _style.PaddyShare) ? Use.Paddy : draw.Chance(6, 0.06f) ? Use.Plantation : Use.Farm;
        else if (wood + 0.5f * draw.Normal(7) > 0.5f)
            use = Use.Wood;
        float bias = wood + (use switch { Use.Wood => 1.7f, Use.Wild => 0.1f, Use.Farm => -0.5f, _ => -0.9f }) + 0.35f * draw.Normal(8);
        return new(draw.Child(9), x, y, use, dx, dy, MathF.Max(size, 3),
            MathF.Max(size, 3) * draw.Between(10, 1, 3.2f), bias, draw.Chance(11, 0.5f));
    }
}
