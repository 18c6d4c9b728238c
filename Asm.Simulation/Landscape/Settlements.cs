using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>Roads, towns, villages and farmsteads: land use "built", apart from woods inside of villages and parks.</summary>
internal static class Settlements
{
    /// <summary>Paints over everything else.</summary>
    /// <param name="style">The region.</param>
    /// <param name="canvas">The window.</param>
    /// <param name="textures">Small-scale fields.</param>
    /// <param name="tracks">Distance to the nearest track; houses stand along it.</param>
    public static void Paint(SceneStyle style, Canvas canvas, Textures textures, float[] tracks)
    {
        Roads(style, canvas, tracks);
        Scatter.Visit(canvas, style.Sub(50), 42, 6, (draw, x, y) =>
        {
            if (draw.Chance(2, 0.25f * style.SettlementShare)) Farmstead(draw, x, y, canvas);
        });
        Scatter.Visit(canvas, style.Sub(51), 130, 100, (draw, x, y) =>
        {
            if (draw.Chance(2, style.SettlementShare)) Village(draw, x, y, style, canvas, textures, tracks);
        });
        Scatter.Visit(canvas, style.Sub(52), 620, 128, (draw, x, y) =>
        {
            if (draw.Chance(2, 0.7f * style.SettlementShare)) Town(draw, x, y, style, canvas, textures);
        });
    }

    private static void Roads(SceneStyle style, Canvas canvas, float[] tracks)
    {
        float[] bendX = canvas.Noise(style.Sub(53), 120, 2), bendY = canvas.Noise(style.Sub(54), 120, 2);
        ulong roads = style.Sub(55);
        var regions = new CellMap(roads, 330, canvas.Window.Expand(80));
        for (int i = 0; i < canvas.Count; i++)
        {
            int x = canvas.Window.Column + i % canvas.Window.Width, y = canvas.Window.Row + i / canvas.Window.Width;
            if (regions.EdgeDistance(x + 14 * bendX[i], y + 14 * bendY[i]) < 0.75f)
                canvas.Paint(i, Surface.AsphaltRoad, roads, LandUse.Built);
            else if (tracks[i] < 0.55f && canvas.LandUses[i] != LandUse.Mines
                && canvas.SurfaceAt(i) is not (Surface.River or Surface.Lake or Surface.Wetland))
                canvas.Paint(i, Surface.DirtRoad, roads, LandUse.Built);
        }
    }

    private static void Farmstead(Draw draw, float x, float y, Canvas canvas)
    {
        float size = draw.Between(3, 0.8f, 1.8f);
        PixelWindow box = canvas.Around(x, y, 3);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++)
            {
                float r = MathF.Max(MathF.Abs(column - x), MathF.Abs(row - y));
                if (r < size) canvas.Paint(canvas.At(column, row), Surface.Roof, draw.Key, LandUse.Built);
                else if (r < size + 1) canvas.Paint(canvas.At(column, row), Surface.Yard, draw.Key, LandUse.Built);
            }
    }

    private static void Village(Draw draw, float x, float y, SceneStyle style, Canvas canvas, Textures textures, float[] tracks)
    {
        float radius = draw.Between(3, 6, 16) + 16 * draw.Uniform(4) * draw.Uniform(5),
            dense = draw.Between(6, 0.25f, 0.65f), leafy = draw.Between(7, 0.2f, 1.4f);
        (float dx, float dy) = draw.Direction(8);
        float longer = 1 + 2 * draw.Uniform(9) * draw.Uniform(10);
        PixelWindow box = canvas.Around(x, y, radius * 3);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++)
            {
                int i = canvas.At(column, row);
                float along = ((column - x) * dx + (row - y) * dy) / (radius * longer),
                    across = ((row - y) * dx - (column - x) * dy) * longer / radius;
                float r = MathF.Sqrt(along * along + across * across) + 0.2f * textures.Rough[i] - (tracks[i] < 6 ? 0.35f : 0);
                if (r > 1 || canvas.SurfaceAt(i) == Surface.River) continue;
                if (textures.Rough[i] + 0.4f * textures.Clump[i] > leafy + 1.1f - 0.7f * r)
                {
                    canvas.Paint(i, Surface.TreeClump, style.Sub(26), LandUse.Vegetation);
                    continue;
                }
                var house = new Draw(Hash.Of(draw.Key, column / 2 + row / 6, row / 2 + column / 7));
                if (house.Chance(0, dense * (1.2f - 0.6f * r)))
                    canvas.Paint(i, Surface.Roof, Hash.Of(draw.Key, (ulong)house.Index(1, 9)), LandUse.Built);
                else canvas.Paint(i, Surface.Yard, Hash.Of(draw.Key, (ulong)house.Index(2, 5)), LandUse.Built);
            }
    }

    private static void Town(Draw draw, float x, float y, SceneStyle style, Canvas canvas, Textures textures)
    {
        float radius = draw.Between(3, 18, 40) + 55 * draw.Uniform(4) * draw.Uniform(5);
        (float dx, float dy) = draw.Direction(6);
        float blockWidth = draw.Between(7, 5, 9), blockLength = draw.Between(8, 7, 16), houses = draw.Between(9, 0.55f, 0.9f);
        PixelWindow box = canvas.Around(x, y, radius * 1.3f);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++)
            {
                int i = canvas.At(column, row);
                float px = column - x, py = row - y;
                float r = MathF.Sqrt(px * px + py * py) / radius + 0.2f * textures.Patch[i] + 0.04f * textures.Rough[i];
                if (r > 1 || canvas.SurfaceAt(i) == Surface.River) continue;
                float along = px * dx + py * dy + 500, across = py * dx - px * dy + 500;
                int street = (int)(along / blockLength), lane = (int)(across / blockWidth);
                var block = new Draw(Hash.Of(draw.Key, street, lane));
                if (along - street * blockLength < 1 || across - lane * blockWidth < 1)
                    canvas.Paint(i, Surface.TownGround, draw.Key, LandUse.Built);
                else if (block.Chance(0, 0.06f)) canvas.Paint(i, Surface.Park, draw.Key, LandUse.Vegetation);
                else if (block.Chance(1, 0.06f)) canvas.Paint(i, Surface.Roof, block.Key, LandUse.Built);
                else
                {
                    float size = block.Between(2, 1.2f, 3.2f);
                    var house = new Draw(Hash.Of(block.Key, (int)(along / size), (int)(across / size)));
                    if (house.Chance(0, houses * (1.15f - 0.5f * r)))
                        canvas.Paint(i, Surface.Roof, Hash.Of(draw.Key, (ulong)house.Index(1, 14)), LandUse.Built);
                    else if (house.Chance(2, 0.35f)) canvas.Paint(i, Surface.Park, draw.Key, LandUse.Built);
                    else canvas.Paint(i, Surface.Yard, Hash.Of(draw.Key, (ulong)house.Index(3, 4)), LandUse.Built);
                }
            }
    }
}
