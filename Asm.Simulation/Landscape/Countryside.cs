using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>The ground itself: woods, wild land, wetland, burnt ground and farmland. Everything here is land use "vegetation".</summary>
internal static class Countryside
{
    private const float Warp = 4;

    /// <summary>Covers every pixel.</summary>
    /// <param name="style">The region.</param>
    /// <param name="season">Season from 0; moves burnt ground.</param>
    /// <param name="canvas">The window.</param>
    /// <param name="waters">Rivers and streams, for the trees and wetland along them.</param>
    /// <param name="textures">Small-scale fields shared with the other painters.</param>
    /// <returns>For each pixel the distance to the nearest track, in pixels; large where none is near.</returns>
    public static float[] Paint(SceneStyle style, int season, Canvas canvas, Waterways waters, Textures textures)
    {
        var blocks = new BlockMap(style, canvas, Warp * 4);
        float[] tracks = canvas.Borrow(), warpX = canvas.Noise(style.Sub(20), 55, 1), warpY = canvas.Noise(style.Sub(21), 55, 1);
        float[] wood = canvas.Noise(style.Sub(22), 75, 3),
            wet = canvas.Noise(style.Sub(23), 170, 3), dry = canvas.Noise(style.Sub(24), 45, 2);
        float[] fire = canvas.Noise(Hash.Of(style.Sub(25), (ulong)season), 130, 3);
        ulong wild = style.Sub(26);
        for (int i = 0; i < canvas.Count; i++)
        {
            float x = canvas.Window.Column + i % canvas.Window.Width + Warp * warpX[i],
                y = canvas.Window.Row + i / canvas.Window.Width + Warp * warpY[i];
            BlockMap.Block block = blocks.Locate(x, y, out float border, out ulong borderKey);
            bool track = Hash.Unit(Hash.Mix(borderKey)) < style.TrackShare * (block.Use == BlockMap.Use.Wood ? 0.3f : 1);
            tracks[i] = track ? border : style.BlockPixels;

            float bank = MathF.Min(waters.RiverDistance[i], waters.StreamDistance[i]);
            float tree = 0.75f * wood[i] + 0.4f * textures.Rough[i] + 0.3f * textures.Clump[i] + block.TreeBias + (bank < 4 ? 0.8f : 0);
            float swamp = wet[i] + style.Wetness + (waters.RiverDistance[i] < 60 ? 0.5f : 0);
            bool farmed = block.Use is BlockMap.Use.Farm or BlockMap.Use.Paddy or BlockMap.Use.Plantation;
            if (tree > 1) Cover(tree > 1.5f ? Surface.Forest : Surface.TreeClump, wild);
            else if (swamp > 1.6f) Cover(Surface.Wetland, wild);
            else if (fire[i] > 2.1f - 0.5f * style.Dryness && (!farmed || fire[i] > 2.4f)) Cover(Surface.BurntGround, wild);
            else if (!farmed) Cover(dry[i] + 0.5f * textures.Rough[i] > 0.4f ? Surface.Grass : Surface.Shrub, wild);
            else
            {
                ulong field = Parcels.Locate(block, x, y, out float margin);
                float marginWidth = block.Use == BlockMap.Use.Paddy ? 0.7f : block.Margins && Hash.Unit(field << 10) < 0.5f ? 0.6f : 0;
                if (margin < marginWidth) Cover(Surface.FieldMargin, block.Key);
                else
                    Cover(block.Use switch
                    {
                        BlockMap.Use.Paddy => Surface.Paddy,
                        BlockMap.Use.Plantation => Surface.Plantation,
                        _ => Surface.Field
                    }, field);
            }
            void Cover(Surface surface, ulong key) => canvas.Paint(i, surface, key, LandUse.Vegetation);
        }
        return tracks;
    }
}
