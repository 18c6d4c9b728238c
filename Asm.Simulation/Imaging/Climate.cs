using Asm.Simulation.Landscape;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Imaging;

/// <summary>The state of soil and plants on one date.</summary>
/// <param name="Season">Season from 0.</param>
/// <param name="DateKey">The key of the date's own choices.</param>
/// <param name="Dryness">0 lush .. 1 parched.</param>
/// <param name="Moisture">Factor on the brightness of bare soil: wet soil is darker.</param>
internal sealed record Climate(int Season, ulong DateKey, float Dryness, float Moisture)
{
    /// <summary>Draws the state: seasons differ, and each date of a season is a little drier than the one before.</summary>
    public static Climate Of(SceneStyle style, int season, int date)
    {
        var year = new Draw(Hash.Of(style.Sub(70), (ulong)season));
        ulong key = Hash.Of(year.Key, (ulong)date + 1000);
        var day = new Draw(key);
        float dryness = style.Dryness + 0.1f * year.Normal(0) + 0.05f * date + 0.03f * day.Normal(1);
        return new(season, key, Math.Clamp(dryness, 0, 1), day.Between(0, 0.82f, 1.06f));
    }
}
