using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>
/// Artisanal mines: ribbons of pits along rivers and streams, clusters of diggings away from water, and large excavated pits.
/// Land use "mines" covers everything inside of the disturbed ground. Every mine only grows; a small part of what was dug a
/// season ago is overgrown again.
/// </summary>
internal sealed class Mines
{
    private readonly SceneStyle _style;
    private readonly int _season;
    private readonly Canvas _canvas;
    private readonly Textures _textures;
    private readonly float[] _regrowth;

    private Mines(SceneStyle style, int season, Canvas canvas, Textures textures) =>
        (_style, _season, _canvas, _textures, _regrowth) = (style, season, canvas, textures, canvas.Noise(style.Sub(60), 26, 2));

    /// <summary>Paints the mines of a season over countryside and water.</summary>
    public static void Paint(SceneStyle style, int season, Canvas canvas, Waterways waters, Textures textures)
    {
        if (style.MineDensity <= 0) return;
        var mines = new Mines(style, season, canvas, textures);
        mines.Ribbons(waters);
        Scatter.Visit(canvas, style.Sub(61), 230, 260, mines.Cluster);
        Scatter.Visit(canvas, style.Sub(62), 300, 86, mines.Pit);
    }

    // Ground is dug where a drifting field exceeds a threshold that falls from season to season, in a strip whose width drifts too.
    private void Ribbons(Waterways waters)
    {
        float[] rush = _canvas.Noise(_style.Sub(63), 260, 3), width = _canvas.Noise(_style.Sub(64), 30, 2);
        float threshold = 1.3f - MathF.Sqrt(_style.MineDensity);
        for (int i = 0; i < _canvas.Count; i++)
        {
            float bank = MathF.Max(MathF.Min(waters.RiverDistance[i], waters.StreamDistance[i]), 0);
            if (bank > 26 || _canvas.SurfaceAt(i) == Surface.River) continue;
            float Excess(int season) => rush[i] - threshold + Growth(season) - 0.25f;
            float Reach(int season) => 11 * MathF.Min(Excess(season) * 2.5f, 1) * (0.9f + 0.5f * width[i]) + 1.5f * _textures.Rough[i];
            if (Excess(_season) <= 0 || bank >= Reach(_season)) continue;
            bool older = _season > 0 && Excess(_season - 1) > 0 && bank < Reach(_season - 1);
            (int x, int y) = Position(i);
            MineGround.Cover(_canvas, i, x, y, RegionOf(x, y), _textures, Overgrown(i, older));
        }
    }

    // Several overlapping lobes make a ragged patch.
    private void Cluster(Draw draw, float x, float y)
    {
        if (!draw.Chance(2, 0.7f * _style.MineDensity)) return;
        int start = draw.Chance(3, 0.25f) ? 1 + draw.Index(4, 2) : 0;
        if (_season < start) return;
        float size = draw.Between(5, 6, 20) + 30 * draw.Uniform(6) * draw.Uniform(7);
        int lobes = 1 + draw.Index(8, 4);
        for (int k = 0; k < lobes; k++)
        {
            (float dx, float dy) = draw.Direction(20 + k);
            float lobe = size * draw.Between(30 + k, 0.5f, 1), away = k == 0 ? 0 : size * draw.Between(40 + k, 0.5f, 1.4f);
            Lobe(draw, x + dx * away, y + dy * away, lobe, draw.Direction(50 + k), draw.Between(60 + k, 1, 2), start);
        }
    }

    private void Lobe(Draw draw, float x, float y, float size, (float X, float Y) direction, float longer, int start)
    {
        float now = size * (0.75f + Growth(_season - start)), before = size * (0.75f + Growth(_season - start - 1));
        PixelWindow box = _canvas.Around(x, y, now * longer * 1.5f);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++)
            {
                int i = _canvas.At(column, row);
                if (_canvas.SurfaceAt(i) == Surface.River) continue;
                float px = column - x, py = row - y;
                float along = (px * direction.X + py * direction.Y) / longer,
                    across = (py * direction.X - px * direction.Y) * longer * 0.7f;
                float r = MathF.Sqrt(along * along + across * across) / (1 - 0.16f * _textures.Patch[i] - 0.1f * _textures.Rough[i]);
                if (r >= 0 && r < now)
                    MineGround.Cover(_canvas, i, column, row, draw.Key, _textures, Overgrown(i, _season > start && r < before));
            }
    }

    // A large pit is a convex polygon: benches down to a floor that is dry or flooded, and spoil around it.
    private void Pit(Draw draw, float x, float y)
    {
        if (!draw.Chance(2, 0.4f * _style.MineDensity)) return;
        float size = draw.Between(3, 5, 14) + 22 * draw.Uniform(4) * draw.Uniform(5), now = size * (0.7f + Growth(_season));
        int sides = 4 + draw.Index(6, 4);
        bool flooded = draw.Chance(7, 0.7f);
        float floor = draw.Between(8, 0.35f, 0.92f), spoil = draw.Between(9, 0.05f, 0.6f);
        Span<(float X, float Y)> walls = stackalloc (float, float)[sides];
        for (int s = 0; s < sides; s++) walls[s] = Wall(draw, s, now);
        PixelWindow box = _canvas.Around(x, y, now * 1.9f);
        for (int row = box.Row; row < box.Bottom; row++)
            for (int column = box.Column; column < box.Right; column++)
            {
                int i = _canvas.At(column, row);
                if (_canvas.SurfaceAt(i) == Surface.River) continue;
                float r = 0;
                foreach ((float wx, float wy) in walls) r = MathF.Max(r, (column - x) * wx + (row - y) * wy);
                r += 0.03f * _textures.Rough[i];
                if (r < floor) _canvas.Paint(i, flooded ? Surface.MinePond : Surface.MineSpoil, draw.Key, LandUse.Mines);
                else if (r < 1) _canvas.Paint(i, Surface.MineBank, Hash.Of(draw.Key, (ulong)((r - floor) * size / 2)), LandUse.Mines);
                else if (r < 1 + spoil + 0.3f * _textures.Patch[i])
                    _canvas.Paint(i, Surface.MineSpoil, Hash.Of(draw.Key, CellNoise.Nearest(draw.Key, 9, column, row).Key), LandUse.Mines);
            }
    }

    // The outward normal of a wall divided by its distance: a position lies on the wall where the dot product is 1.
    private static (float X, float Y) Wall(Draw draw, int side, float size)
    {
        (float x, float y) = draw.Direction(10 + side);
        // One wall a quadrant closes the polygon; the others cut its corners.
        (x, y) = side switch { 0 => (1, 0.3f * x), 1 => (-1, 0.3f * x), 2 => (0.3f * x, 1), 3 => (0.3f * x, -1), _ => (x, y) };
        float distance = size * draw.Between(70 + side, 0.6f, 1);
        return (x / distance, y / distance);
    }

    // Rises from 0 in season 0 towards 0.5, each season by half of what is left.
    private static float Growth(int season)
    {
        float growth = 0, step = 0.25f;
        for (int s = 0; s < season; s++, step *= 0.5f) growth += step;
        return season < 0 ? -0.25f : growth;
    }

    private bool Overgrown(int pixel, bool older) => older && _regrowth[pixel] > 1.7f;

    private ulong RegionOf(int x, int y) => CellNoise.Nearest(_style.Sub(65), 90, x, y).Key;

    private (int X, int Y) Position(int pixel) =>
        (_canvas.Window.Column + pixel % _canvas.Window.Width, _canvas.Window.Row + pixel / _canvas.Window.Width);
}
