using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>
/// Rivers and streams. Rivers are the lines u = c_j of a warped coordinate u, so they meander, never end and cost the same everywhere;
/// streams are lines of a second coordinate v that join a river on one side.
/// </summary>
internal sealed class Waterways
{
    private readonly SceneStyle _style;
    private River _river = new(int.MinValue, false, 0, 0, 0, 0);
    private Stream _stream = new(0, int.MinValue, 0, 0, 0);

    /// <summary>Measures the waterways over a canvas.</summary>
    public Waterways(SceneStyle style, Canvas canvas)
    {
        _style = style;
        (RiverDistance, StreamDistance, Width) = (canvas.Borrow(), canvas.Borrow(), canvas.Noise(style.Sub(10), 60, 1));
        float swing = style.MeanderPixels;
        float[] u = canvas.Noise(style.Sub(11), 2.1f * swing + 18, 2), v = canvas.Noise(style.Sub(12), 70, 3);
        int width = canvas.Window.Width, height = canvas.Window.Height;
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                float px = canvas.Window.Column + x, py = canvas.Window.Row + y;
                u[i] = px * style.River.X + py * style.River.Y + swing * u[i];
                v[i] = py * style.River.X - px * style.River.Y + 22 * v[i];
            }
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                // One-sided differences at the rim only: the rim is never shown.
                int left = x > 0 ? i - 1 : i, right = x < width - 1 ? i + 1 : i,
                    up = y > 0 ? i - width : i, down = y < height - 1 ? i + width : i;
                Measure(i, u[i], v[i], Slope(u), Slope(v));
                float Slope(float[] field)
                {
                    float dx = (field[right] - field[left]) / (right - left), dy = (field[down] - field[up]) * width / (down - up);
                    return MathF.Max(MathF.Sqrt(dx * dx + dy * dy), 0.35f);
                }
            }
    }

    /// <summary>Pixels to the bank of the nearest river of the lane; negative in the water.</summary>
    public float[] RiverDistance { get; }

    /// <summary>Pixels to the bank of the nearest stream; negative in the water.</summary>
    public float[] StreamDistance { get; }

    /// <summary>A smooth field that widens rivers and their bars here and there.</summary>
    public float[] Width { get; }

    /// <summary>Paints water and sand bars.</summary>
    public void Paint(Canvas canvas)
    {
        for (int i = 0; i < canvas.Count; i++)
        {
            float bar = _style.RiverWidth * 0.9f * MathF.Min(_style.SandBars + Width[i], 2);
            if (RiverDistance[i] < 0) canvas.Paint(i, Surface.River, _style.Sub(13), LandUse.Vegetation);
            else if (RiverDistance[i] < bar) canvas.Paint(i, Surface.SandBar, _style.Sub(14), LandUse.Vegetation);
            else if (StreamDistance[i] < 0) canvas.Paint(i, Surface.Stream, _style.Sub(15), LandUse.Vegetation);
        }
    }

    // d(u) = |u - c_j| / |grad u| is the distance to the line to first order.
    private void Measure(int i, float u, float v, float slopeU, float slopeV)
    {
        float spacing = _style.RiverSpacing;
        int lane = (int)MathF.Floor(u / spacing);
        if (lane != _river.Lane) _river = River.Of(_style, lane);
        float offset = u - _river.Position;
        RiverDistance[i] = _river.Exists ? MathF.Abs(offset) / slopeU - _river.HalfWidth * (1 + 0.2f * Width[i]) : spacing;

        int branch = (int)MathF.Floor(v / (0.3f * spacing));
        ulong side = offset > 0 ? _river.RightKey : _river.LeftKey;
        if (branch != _stream.Branch || side != _stream.Side) _stream = Stream.Of(_style, side, branch);
        StreamDistance[i] = MathF.Abs(offset) < _stream.Length ? MathF.Abs(v - _stream.Position) / slopeV - _stream.HalfWidth : spacing;
    }

    // The river of a lane, kept while neighbouring pixels ask for the same one.
    private readonly record struct River(int Lane, bool Exists, float Position, float HalfWidth, ulong RightKey, ulong LeftKey)
    {
        public static River Of(SceneStyle style, int lane)
        {
            var draw = new Draw(Hash.Of(style.Sub(16), (uint)lane));
            return new(lane, draw.Chance(2, 0.75f), (lane + draw.Between(0, 0.25f, 0.75f)) * style.RiverSpacing,
                style.RiverWidth * draw.Between(1, 0.5f, 1.4f), draw.Child(3), draw.Child(4));
        }
    }

    // The stream of a branch on one side of a river; one that does not exist has no length.
    private readonly record struct Stream(ulong Side, int Branch, float Position, float Length, float HalfWidth)
    {
        public static Stream Of(SceneStyle style, ulong side, int branch)
        {
            var draw = new Draw(Hash.Of(side, (uint)branch));
            float length = draw.Chance(1, 0.6f) ? style.RiverSpacing * draw.Between(2, 0.15f, 0.6f) : 0;
            return new(side, branch, (branch + draw.Between(0, 0.2f, 0.8f)) * 0.3f * style.RiverSpacing,
                length, draw.Between(3, 0.5f, 1.1f));
        }
    }
}
