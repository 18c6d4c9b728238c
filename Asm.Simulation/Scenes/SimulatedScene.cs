using Asm.Raster.Windows;
using Asm.Simulation.Landscape;

namespace Asm.Simulation.Scenes;

/// <summary>
/// A simulated Sentinel-2 scene with mines, and the land use that it shows. Nothing is stored: every window is computed when it
/// is read, from the options and its absolute position alone. Reading whole, in strips or in any windows, on any number of
/// threads, gives the same pixels.
/// </summary>
/// <remarks>Memory: about 15 MB a thread that reads, whatever the size of the scene.</remarks>
public sealed class SimulatedScene
{
    private readonly SceneStyle _style;

    /// <summary>Creates the scene.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public SimulatedScene(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _style = new SceneStyle(options.Seed, options.MineDensity);
    }

    /// <summary>The options that the scene was made from.</summary>
    public SimulationOptions Options { get; }

    /// <summary>
    /// The image of one date: bands B02 B03 B04 B05 B06 B07 B08 B8A B11 B12 on the 10 m grid, uint16, reflectance x 10,000 in 1 .. 12,000,
    /// nodata 0. Bands that the instrument measures at 20 m are as smooth as bicubic upsampling leaves them. Clouds are left in.
    /// </summary>
    /// <param name="season">Season from 0.</param>
    /// <param name="date">Date within the season from 0.</param>
    public IRasterSource Bands(int season, int date)
    {
        CheckSeason(season);
        ArgumentOutOfRangeException.ThrowIfNegative(date);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(date, Options.DatesPerSeason);
        return new SimulatedBands(Options, _style, season, date);
    }

    /// <summary>
    /// The land use of a season: uint8, 1 mines, 2 built, 3 vegetation, on every pixel; 0 stands for no data and does not occur. Mines are
    /// all disturbed ground with its ponds, tracks and leftover green; built is settlements and roads; vegetation is everything else,
    /// natural water, sand bars, ploughed fields and burnt ground included. Clouds and missing data of single dates do not change it.
    /// </summary>
    /// <param name="season">Season from 0.</param>
    public IRasterSource Truth(int season)
    {
        CheckSeason(season);
        return new SimulatedTruth(Options, _style, season);
    }

    private void CheckSeason(int season)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(season);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(season, Options.Seasons);
    }
}
