using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>Small-scale fields of variance 1 that shapes and brightness share.</summary>
internal sealed class Textures
{
    /// <summary>Fills the fields over a canvas.</summary>
    public Textures(SceneStyle style, Canvas canvas)
    {
        Grain = canvas.Borrow();
        ulong seed = style.Sub(30);
        PixelWindow window = canvas.Window;
        for (int y = 0, i = 0; y < window.Height; y++)
            for (int x = 0; x < window.Width; x++, i++)
                Grain[i] = Hash.Normal(Hash.Of(seed, window.Column + x, window.Row + y));
        Clump = canvas.Noise(style.Sub(31), 1.8f, 1);
        Rough = canvas.Noise(style.Sub(32), 7, 1);
        Patch = canvas.Noise(style.Sub(33), 34, 2);
    }

    /// <summary>Every pixel on its own.</summary>
    public float[] Grain { get; }

    /// <summary>Crowns and heaps: a few pixels.</summary>
    public float[] Clump { get; }

    /// <summary>Ragged outlines: 7 pixels.</summary>
    public float[] Rough { get; }

    /// <summary>Moisture and growth: 12 to 34 pixels.</summary>
    public float[] Patch { get; }
}
