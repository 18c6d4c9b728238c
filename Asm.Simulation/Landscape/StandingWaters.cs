using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>Lakes, natural ponds and fish ponds: look-alikes of the ponds of mines that are land use "vegetation".</summary>
internal static class StandingWaters
{
    /// <summary>Paints over the countryside.</summary>
    public static void Paint(SceneStyle style, Canvas canvas, Textures textures)
    {
        Scatter.Visit(canvas, style.Sub(40), 420, 126, (draw, x, y) =>
        {
            if (draw.Chance(2, 0.35f))
                Lake(draw, x, y, draw.Between(3, 7, 18) + 40 * draw.Uniform(4) * draw.Uniform(5) * draw.Uniform(6), canvas, textures);
        });
        Scatter.Visit(canvas, style.Sub(41), 55, 11, (draw, x, y) =>
        {
            if (draw.Chance(2, 0.15f + 0.3f * style.Wetness)) Pond(draw, x, y, canvas, textures);
        });
        Scatter.Visit(canvas, style.Sub(42), 260, 48, (draw, x, y) =>
        {
            if (draw.Chance(2, 0.25f)) FishPonds(draw, x, y, canvas);
        });
    }

    private static void Lake(Draw draw, float x, float y, float radius, Canvas canvas, Textures textures)
    {
        (float dx, float dy) = draw.Direction(7);
        float longer = draw.Between(8, 1, 1.9f), rim = draw.Chance(9, 0.35f) ? draw.Between(10, 0.3f, 1.6f) / radius : 0;
        Fill(canvas, x, y, radius * 2.1f, (i, px, py) =>
        {
            float along = (px * dx + py * dy) / (radius * longer), across = (py * dx - px * dy) * longer / radius;
            float r = MathF.Sqrt(along * along + across * across) + 0.16f * textures.Patch[i] + 0.05f * textures.Rough[i];
            if (r < 1) canvas.Paint(i, Surface.Lake, draw.Key, LandUse.Vegetation);
            else if (r < 1 + rim) canvas.Paint(i, Surface.Shore, draw.Key, LandUse.Vegetation);
        });
    }

    private static void Pond(Draw draw, float x, float y, Canvas canvas, Textures textures)
    {
        float radius = draw.Between(3, 1, 3.8f);
        Fill(canvas, x, y, 8, (i, px, py) =>
        {
            if (MathF.Sqrt(px * px + py * py) + 0.5f * textures.Clump[i] < radius)
                canvas.Paint(i, Surface.NaturalPond, draw.Key, LandUse.Vegetation);
        });
    }

    // A group of rectangles with bunds between them.
    private static void FishPonds(Draw draw, float x, float y, Canvas canvas)
    {
        (float dx, float dy) = draw.Direction(3);
        float width = draw.Between(4, 3, 9), length = width * draw.Between(5, 1, 2.2f);
        int columns = 1 + draw.Index(6, 3), rows = 1 + draw.Index(7, 4);
        Fill(canvas, x, y, 45, (i, px, py) =>
        {
            float along = (px * dx + py * dy) / length + columns * 0.5f, across = (py * dx - px * dy) / width + rows * 0.5f;
            if (along < 0 || across < 0 || along >= columns || across >= rows) return;
            int column = (int)along, row = (int)across;
            float bund = MathF.Min(MathF.Min(along - column, column + 1 - along) * length,
                MathF.Min(across - row, row + 1 - across) * width);
            var pond = new Draw(Hash.Of(draw.Key, column, row));
            if (bund < 0.6f) canvas.Paint(i, Surface.FieldMargin, draw.Key, LandUse.Vegetation);
            else if (pond.Chance(0, 0.85f))
                canvas.Paint(i, Surface.FishPond, pond.Chance(1, 0.7f) ? draw.Key : pond.Key, LandUse.Vegetation);
        });
    }

    private static void Fill(Canvas canvas, float x, float y, float reach, Action<int, float, float> paint)
    {
        PixelWindow box = canvas.Around(x, y, reach);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++) paint(canvas.At(column, row), column - x, row - y);
    }
}
