using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>Places at most one object in each cell of a square lattice over the plane.</summary>
internal static class Scatter
{
    /// <summary>Visits every object that may reach into the window, in an order that does not depend on the window.</summary>
    /// <param name="canvas">The window.</param>
    /// <param name="seed">Which kind of object.</param>
    /// <param name="cellPixels">Size of a cell.</param>
    /// <param name="reachPixels">How far from its centre an object can reach.</param>
    /// <param name="visit">Is given the choices of the object and its centre. Slots 0 and 1 of the choices are used up.</param>
    public static void Visit(Canvas canvas, ulong seed, int cellPixels, float reachPixels, Action<Draw, float, float> visit)
    {
        static int Cell(float position, int size) => (int)MathF.Floor(position / size);
        int left = Cell(canvas.Window.Column - reachPixels, cellPixels), right = Cell(canvas.Window.Right + reachPixels, cellPixels);
        int top = Cell(canvas.Window.Row - reachPixels, cellPixels), bottom = Cell(canvas.Window.Bottom + reachPixels, cellPixels);
        for (int j = top; j <= bottom; j++)
            for (int i = left; i <= right; i++)
            {
                var draw = new Draw(Hash.Of(seed, i, j));
                float x = (i + draw.Uniform(0)) * cellPixels, y = (j + draw.Uniform(1)) * cellPixels;
                if (x + reachPixels < canvas.Window.Column || x - reachPixels > canvas.Window.Right
                    || y + reachPixels < canvas.Window.Row || y - reachPixels > canvas.Window.Bottom)
                    continue;
                visit(draw, x, y);
            }
    }
}
