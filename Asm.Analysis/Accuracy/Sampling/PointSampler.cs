using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Plans and draws random samples of a map's pixels, stratified by its classes or by its changes.</summary>
public static class PointSampler
{
    /// <summary>Counts the map and plans a sample.</summary>
    /// <param name="map">A class map or a change map.</param>
    /// <param name="options">The design; null for the defaults.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// The map has no data, or the design does not fit it: a class that it does not have, fewer points than the minimums need,
    /// or more points than pixels.
    /// </exception>
    public static SamplePlan Plan(ClassMap map, SampleOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        return SamplePlanner.Plan(map, CodeCounts.Of(map.Source, run), options ?? new());
    }

    /// <summary>Draws a planned sample: uniformly among the pixels of each stratum, without replacement, in random order.</summary>
    /// <param name="map">The map that was planned for.</param>
    /// <param name="plan">How many points of which class.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <returns>Points at the centres of their pixels, without references, with ids from 1.</returns>
    /// <exception cref="AsmException">The map cannot be read.</exception>
    public static PointTable Draw(ClassMap map, SamplePlan plan, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(plan);
        bool isSimple = plan.Strata is [{ Class.Code: 0 }];
        var stratumOf = new int[256];
        Array.Fill(stratumOf, isSimple ? 0 : -1);
        stratumOf[0] = -1;
        for (int s = 0; !isSimple && s < plan.Strata.Count; s++) stratumOf[plan.Strata[s].Class.Code] = s;
        List<(int Stratum, long Pixel)> drawn = HashDraw.Draw(map.Source, stratumOf,
            [.. plan.Strata.Select(s => s.Pixels)], [.. plan.Strata.Select(s => s.Points)], plan.Seed, run);
        GeoGrid grid = map.Source.Info.Grid;
        return new PointTable(map.Source.Name, grid.Crs,
        [
            .. drawn.Select((d, i) => new SamplePoint(i + 1, (i + 1).ToString(CultureInfo.InvariantCulture),
                grid.ToMap(d.Pixel % grid.Width + 0.5, d.Pixel / grid.Width + 0.5), plan.Strata[d.Stratum].Class.Name)),
        ]);
    }
}
