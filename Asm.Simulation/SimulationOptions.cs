using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Simulation;

/// <summary>What a simulated scene is. Equal options give equal pixels, on every machine.</summary>
public sealed record SimulationOptions
{
    /// <summary>Columns of 10 m pixels, 1 or more; a granule has 10,980.</summary>
    public int Width { get; init; } = 1024;

    /// <summary>Rows of 10 m pixels, 1 or more.</summary>
    public int Height { get; init; } = 1024;

    /// <summary>
    /// Chooses the landscape, its radiometry and its weather. Each seed is another region: soils, farming, towns,
    /// rivers and mining all differ.
    /// </summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Easting of the outer corner of the first pixel, metres. The landscape does not depend on it.</summary>
    public double OriginX { get; init; } = 600_000;

    /// <summary>Northing of the outer corner of the first pixel, metres.</summary>
    public double OriginY { get; init; } = 700_020;

    /// <summary>The projected coordinate reference system, in metres; default UTM zone 30 north, which covers Ghana's west.</summary>
    public Crs Crs { get; init; } = Crs.Utm(30, north: true);

    /// <summary>
    /// The scene's first pixel in the plane of the landscape, in pixels, each -100,000 .. 100,000. Two scenes of one seed whose offsets
    /// differ by the width are neighbours.
    /// </summary>
    public PixelOffset Offset { get; init; }

    /// <summary>Mining seasons, 1 .. 20; mines grow from one to the next.</summary>
    public int Seasons { get; init; } = 2;

    /// <summary>Images a season, 1 .. 100.</summary>
    public int DatesPerSeason { get; init; } = 3;

    /// <summary>Share of the ground under clouds, 0 .. 0.9, on average over large areas. Shadows come on top of it.</summary>
    public double CloudCover { get; init; }

    /// <summary>Thin haze, 0 none .. 1 strong (blue brightened by up to about 0.05 reflectance).</summary>
    public double HazeStrength { get; init; } = 0.2;

    /// <summary>
    /// How much gain and offset of the bands differ from date to date, 0 not at all .. 3. At 1 the gain's standard deviation is about 6 %.
    /// </summary>
    public double RadiometricShift { get; init; } = 1;

    /// <summary>
    /// How much mining there is, 0 none .. 4. At 1 about 4 % of the ground is mined, with large differences between seeds and places.
    /// </summary>
    public double MineDensity { get; init; } = 1;

    /// <summary>Cuts a slanted wedge without data off every second date, as the edge of a swath does.</summary>
    public bool NoDataWedge { get; init; }

    internal GeoGrid Grid => new(Width, Height, new MapPoint(OriginX, OriginY), 10, 10, Crs);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Height);
        Require(Seasons, 1, 20, nameof(Seasons));
        Require(DatesPerSeason, 1, 100, nameof(DatesPerSeason));
        Require(CloudCover, 0, 0.9, nameof(CloudCover));
        Require(HazeStrength, 0, 1, nameof(HazeStrength));
        Require(RadiometricShift, 0, 3, nameof(RadiometricShift));
        Require(MineDensity, 0, 4, nameof(MineDensity));
        Require(Offset.Column, -100_000, 100_000, nameof(Offset));
        Require(Offset.Row, -100_000, 100_000, nameof(Offset));
    }

    private static void Require(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high)) throw new ArgumentOutOfRangeException(name, value, $"must be inside [{low}..{high}]");
    }
}
