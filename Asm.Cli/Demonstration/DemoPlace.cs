using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using NetTopologySuite.Geometries;

namespace Asm.Cli.Demonstration;

/// <summary>
/// A simulated place whose truth is known, as its files lie in a folder: scenes of two tiles that overlap, in two dry seasons of three
/// dates each with clouds; the land use of each season; districts.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="size">Side of a tile in pixels.</param>
/// <param name="seed">Which place.</param>
/// <param name="overwrite">Replace files that exist.</param>
internal sealed class DemoPlace(string directory, int size, ulong seed, bool overwrite)
{
    /// <summary>Names of the seasons.</summary>
    public static IReadOnlyList<string> Seasons { get; } = ["2019", "2020"];

    /// <summary>Names of the tiles, from west to east.</summary>
    public static IReadOnlyList<string> Tiles { get; } = ["west", "east"];

    /// <summary>Dates of a season.</summary>
    public const int Dates = 3;

    private const int DistrictColumns = 3, DistrictRows = 2;

    private readonly SimulationOptions _all = new()
    {
        Width = 2 * size - size / 8,
        Height = size,
        Seed = seed,
        Seasons = Seasons.Count,
        DatesPerSeason = Dates,
        CloudCover = 0.1
    };

    /// <summary>Rasters that are simulated.</summary>
    public static int Rasters => Seasons.Count * (Tiles.Count * Dates + 1 + Tiles.Count);

    /// <summary>The districts, with the field "name".</summary>
    public string Districts => Path.Combine(directory, "districts.gpkg");

    /// <summary>A scene.</summary>
    public string Scene(int season, int tile, int date) =>
        Path.Combine(directory, "scenes", Seasons[season], Tiles[tile], $"date{date + 1}.tif");

    /// <summary>The land use of all of the place.</summary>
    public string Truth(int season) => Path.Combine(directory, "truth", $"{Seasons[season]}.tif");

    /// <summary>The land use of a tile.</summary>
    public string Truth(int season, int tile) => Path.Combine(directory, "truth", $"{Seasons[season]}.{Tiles[tile]}.tif");

    /// <summary>Simulates all of it.</summary>
    public void Simulate(RunOptions run)
    {
        int done = 0;
        void Write(IRasterSource source, string path)
        {
            using (source)
            using (IRasterSink sink = run.Create(path, source.Info, new() { Overwrite = overwrite }))
                RasterCopy.Run(source, sink, run with { Progress = null });
            run.Progress?.Report(new("simulate", ++done, Rasters));
        }
        Directory.CreateDirectory(Path.Combine(directory, "truth"));
        for (int season = 0; season < Seasons.Count; season++)
        {
            Write(new SimulatedScene(_all).Truth(season), Truth(season));
            for (int tile = 0; tile < Tiles.Count; tile++)
            {
                var scene = new SimulatedScene(OptionsOf(tile));
                Directory.CreateDirectory(Path.GetDirectoryName(Scene(season, tile, 0))!);
                Write(scene.Truth(season), Truth(season, tile));
                for (int date = 0; date < Dates; date++) Write(scene.Bands(season, date), Scene(season, tile, date));
            }
        }
        VectorFile.Write(Districts,
            new VectorLayer("districts", _all.Crs, ["name"], [.. Enumerable.Range(0, DistrictColumns * DistrictRows).Select(District)]),
            overwrite);
    }

    private SimulationOptions OptionsOf(int tile)
    {
        int shift = tile * (size - size / 8);
        return _all with { Width = size, Offset = new(shift, 0), OriginX = _all.OriginX + 10 * shift };
    }

    private VectorFeature District(int number)
    {
        (int row, int column) = Math.DivRem(number, DistrictColumns);
        double width = 10.0 * _all.Width / DistrictColumns, height = 10.0 * _all.Height / DistrictRows,
            west = _all.OriginX + column * width, north = _all.OriginY - row * height;
        Coordinate[] corners =
            [new(west, north), new(west + width, north), new(west + width, north - height), new(west, north - height), new(west, north)];
        return new(number + 1, new Polygon(new LinearRing(corners)),
            new Dictionary<string, object?> { ["name"] = $"District {(char)('A' + number)}" });
    }
}
