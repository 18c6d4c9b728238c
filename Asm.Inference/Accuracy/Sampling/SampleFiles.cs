using Asm.Inference.Maps;
using Asm.Raster;

namespace Asm.Inference.Accuracy;

/// <summary>Draws a sample of a map file into a points file, with pictures of the points where scenes are given: what the verb `asm sample` does.</summary>
public sealed record SampleFiles
{
    /// <summary>The points: .csv, .gpkg, .geojson, .json or .kml.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The design.</summary>
    public SampleOptions Options { get; init; } = new();

    /// <summary>Scenes to cut chips from, one a date; none: no pictures.</summary>
    public IReadOnlyList<string> Scenes { get; init; } = [];

    /// <summary>The side of a chip in pixels of the scene; see <see cref="PointChips"/>.</summary>
    public int ChipPixels { get; init; } = 32;

    /// <summary>Replace files that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Plans, draws and writes: the pictures first, then the points, so that a points file is there when all is.</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map cannot be sampled so, a scene cannot be read, or an output cannot be written.</exception>
    public SampleResult Run(string mapPath, RunOptions? run = null)
    {
        PointsFile.Require(OutputPath, Overwrite);
        var scenes = new List<GeoTiffSource>();
        try
        {
            foreach (string path in Scenes) scenes.Add(GeoTiffSource.Open(path));
            PointChips? chips = scenes.Count == 0 ? null : new PointChips(scenes, ChipPixels);
            using GeoTiffSource source = GeoTiffSource.Open(mapPath);
            ClassMap map = ClassMap.Of(source);
            int parts = chips is null ? 2 : 3;
            SamplePlan plan = PointSampler.Plan(map, Options, PartialProgress.Of(run, 0, parts));
            PointTable points = PointSampler.Draw(map, plan, PartialProgress.Of(run, 1, parts));
            IReadOnlyList<string> sheets = chips is null ? [] : ContactSheets.Write(OutputPath, points, chips, Overwrite, PartialProgress.Of(run, 2, parts));
            PointsFile.Write(OutputPath, points, Overwrite);
            return new(plan, points, sheets);
        }
        finally
        {
            foreach (GeoTiffSource scene in scenes) scene.Dispose();
        }
    }
}
