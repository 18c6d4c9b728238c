using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>What lies inside of a dug-over place: small ponds side by side, heaps of spoil, tracks, and leftover green.</summary>
internal static class MineGround
{
    /// <summary>Covers one pixel of a mine.</summary>
    /// <param name="canvas">The window.</param>
    /// <param name="pixel">The pixel's position in the buffers.</param>
    /// <param name="x">Its column in the plane.</param>
    /// <param name="y">Its row in the plane.</param>
    /// <param name="mine">The mine's key; pond size, share of ponds and of green are its choices.</param>
    /// <param name="textures">Small-scale fields.</param>
    /// <param name="overgrown">True where plants have come back: the land use is then "vegetation".</param>
    public static void Cover(Canvas canvas, int pixel, int x, int y, ulong mine, Textures textures, bool overgrown)
    {
        if (overgrown)
        {
            canvas.Paint(pixel, Surface.MineRegrowth, mine, LandUse.Vegetation);
            return;
        }
        var draw = new Draw(mine);
        float cell = draw.Between(100, 3, 8), ponds = draw.Between(101, 0.1f, 0.75f), green = draw.Between(102, 1.3f, 3);
        float bend = 0.9f * textures.Rough[pixel], ragged = 0.35f * textures.Clump[pixel];
        CellNoise.Hit pond = CellNoise.Nearest(draw.Child(103), cell, x + bend, y + ragged);
        var water = new Draw(pond.Key);
        float shore = pond.Distance + ragged - cell * water.Between(0, 0.25f, 0.62f);
        if (water.Chance(1, ponds) && shore < 0 && pond.EdgeDistance > 0.5f)
        {
            // Half of the ponds of a mine are of one colour, the rest have their own.
            canvas.Paint(pixel, Surface.MinePond, water.Chance(2, 0.5f) ? mine : pond.Key, LandUse.Mines);
            return;
        }
        if (textures.Patch[pixel] + 0.5f * textures.Rough[pixel] + 0.3f * textures.Clump[pixel] > green)
        {
            canvas.Paint(pixel, Surface.MineGreen, mine, LandUse.Mines);
            return;
        }
        CellNoise.Hit heap = CellNoise.Nearest(draw.Child(104), 2.2f * cell, x - bend, y + bend);
        if (CellNoise.Nearest(draw.Child(105), 24, x + 2 * bend, y - bend).EdgeDistance < 0.6f)
            canvas.Paint(pixel, Surface.MineTrack, mine, LandUse.Mines);
        else if (shore < 1 && water.Chance(1, ponds)) canvas.Paint(pixel, Surface.MineBank, mine, LandUse.Mines);
        else canvas.Paint(pixel, Surface.MineSpoil, Hash.Of(mine, heap.Key & 7), LandUse.Mines);
    }
}
