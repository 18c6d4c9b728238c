using Asm.Raster.Grids;

namespace Asm.Simulation.Landscape;

/// <summary>Paints a window of the landscape, from the ground up.</summary>
internal static class Painter
{
    /// <summary>Paints.</summary>
    /// <param name="style">The region.</param>
    /// <param name="season">Season from 0.</param>
    /// <param name="window">The pixels in the plane. Its outermost rows and columns are not exact and must not be shown.</param>
    /// <param name="canvas">Receives the window.</param>
    /// <returns>The small-scale fields, which also make the texture of the surfaces.</returns>
    public static Textures Paint(SceneStyle style, int season, PixelWindow window, Canvas canvas)
    {
        canvas.Begin(window);
        var textures = new Textures(style, canvas);
        var waters = new Waterways(style, canvas);
        float[] tracks = Countryside.Paint(style, season, canvas, waters, textures);
        waters.Paint(canvas);
        StandingWaters.Paint(style, canvas, textures);
        Mines.Paint(style, season, canvas, waters, textures);
        Settlements.Paint(style, canvas, textures, tracks);
        return textures;
    }
}
