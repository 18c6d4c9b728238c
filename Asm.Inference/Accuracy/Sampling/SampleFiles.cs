using Asm.Inference.Maps;
using Asm.Raster;

namespace Asm.Inference.Accuracy;

/// <summary>Draws a sample of a map file into a points file: what the verb `asm sample` does.</summary>
public sealed record SampleFiles
{
    /// <summary>The points: .csv, .gpkg, .geojson, .json or .kml.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The design.</summary>
    public SampleOptions Options { get; init; } = new();

    /// <summary>Replace a file that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Plans, draws and writes.</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map cannot be sampled so, or the output cannot be written.</exception>
    public (SamplePlan Plan, PointTable Points) Run(string mapPath, RunOptions? run = null)
    {
        PointsFile.Require(OutputPath, Overwrite);
        using GeoTiffSource source = GeoTiffSource.Open(mapPath);
        ClassMap map = ClassMap.Of(source);
        SamplePlan plan = PointSampler.Plan(map, Options, run);
        PointTable points = PointSampler.Draw(map, plan, run);
        PointsFile.Write(OutputPath, points, Overwrite);
        return (plan, points);
    }
}
