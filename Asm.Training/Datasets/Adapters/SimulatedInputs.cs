using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Simulation;
using Asm.Simulation.Scenes;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Simulated scenes with their truth: for each seed one place, in all seasons and dates.</summary>
internal static class SimulatedInputs
{
    // UTM has no northings beyond.
    private const double MaxNorthing = 9_300_000, GapMetres = 100_000, PixelMetres = 10;

    /// <summary>Farthest place in a region, in pixels: what stays inside of a UTM zone.</summary>
    public const int MaxPlace = 10_000;

    /// <summary>Lists the scenes.</summary>
    /// <param name="template">Everything but seed, place and origin.</param>
    /// <param name="seeds">Each is another region; regions lie one north of the other, so that they are different ground.</param>
    /// <param name="places">First pixels of the scenes in each region.</param>
    /// <param name="scheme">The classes; the truth's are mines, built and vegetation by name.</param>
    /// <param name="firstDate">The first date of each season that is taken, from 1; the template's number of dates is the last.</param>
    /// <exception cref="AsmException">An option is out of its range, or a seed is given twice.</exception>
    public static IReadOnlyList<SceneInput> List(SimulationOptions template, IReadOnlyList<ulong> seeds,
        IReadOnlyList<PixelOffset> places, ClassScheme scheme, int firstDate = 1)
    {
        if (seeds.Count == 0 || seeds.Distinct().Count() != seeds.Count)
            throw new AsmException("--seeds", string.Join(',', seeds), "one or more numbers, each once", "for example: --seeds 1,2,3");
        if (places.Count == 0 || places.Distinct().Count() != places.Count)
            throw new AsmException("--places", string.Join(',', places.Select(p => $"{p.Column}:{p.Row}")),
                "one or more places, each once", "for example: --places 0:0,5000:0");
        double spread = PixelMetres * (places.Max(p => p.Row) - places.Min(p => p.Row));
        double step = Math.Ceiling((PixelMetres * template.Height + spread + GapMetres) / 100_000.0) * 100_000;
        if (template.OriginY + step * seeds.Count > MaxNorthing)
            throw new AsmException("--seeds", $"{seeds.Count} places of {template.Height} rows",
                "places that fit into one UTM zone, one north of the other", "give fewer seeds, or make several data sets");
        var scenes = new List<SceneInput>();
        foreach ((int s, PixelOffset place) in Enumerable.Range(0, seeds.Count).SelectMany(s => places.Select(p => (s, p))))
        {
            SimulatedScene scene = Create(template with
            {
                Seed = seeds[s],
                Offset = place,
                OriginX = template.OriginX + PixelMetres * place.Column,
                OriginY = template.OriginY + step * s - PixelMetres * place.Row,
            });
            string named = places.Count == 1 ? $"seed{seeds[s]}" : $"seed{seeds[s]}-place{place.Column}_{place.Row}";
            for (int season = 0; season < template.Seasons; season++)
                for (int date = firstDate - 1; date < template.DatesPerSeason; date++)
                {
                    (int atSeason, int atDate) = (season, date);
                    scenes.Add(new SceneInput($"{named}-season{season + 1}-date{date + 1}", Describe(scene.Options, season, date),
                        run => new OpenScene(new ParallelSource(scene.Bands(atSeason, atDate), run),
                            new ParallelSource(new CodedLabels(scene.Truth(atSeason), scheme), run))));
                }
        }

        return scenes;
    }

    private static SimulatedScene Create(SimulationOptions options)
    {
        try { return new SimulatedScene(options); }
        catch (ArgumentOutOfRangeException e)
        {
            throw new AsmException("simulation", $"{e.ParamName} is {e.ActualValue}", e.Message.Split(" (")[0], "give another value");
        }
    }

    private static string Describe(SimulationOptions o, int season, int date) =>
        string.Create(CultureInfo.InvariantCulture,
            $"simulated: seed {o.Seed}, place {o.Offset.Column}:{o.Offset.Row}, season {season + 1}, "
            + $"date {date + 1}, {o.Width} x {o.Height} pixels, mine density {o.MineDensity}, haze {o.HazeStrength}, "
            + $"radiometric shift {o.RadiometricShift}, cloud cover {o.CloudCover}{(o.NoDataWedge ? ", wedge without data" : "")}");
}
