using Asm.Raster.Windows;
using Asm.Raster.Files;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;

namespace Asm.Analysis.Polygons;

/// <summary>Writes the regions of a map as a vector file: what the verb `asm polygons` does.</summary>
public sealed record PolygonFiles
{
    /// <summary>The file: .gpkg, .geojson, .json or .shp.</summary>
    public required string OutputPath { get; init; }

    /// <summary>What becomes polygons: names of classes or of changes, as <see cref="ClassMap.Select"/> takes them; none: all codes but no data.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>A confidence map on the same grid, whose mean over each region is written; null: none.</summary>
    public string? ConfidencePath { get; init; }

    /// <summary>Smallest area and connectivity.</summary>
    public PolygonOptions Options { get; init; } = new();

    /// <summary>Replace an output that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Traces and writes.</summary>
    /// <param name="mapPath">The class or change map.</param>
    /// <param name="run">Memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The map has no such class or is not in metres, the grids differ, the output exists or cannot be written, or the memory limit is too low.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public PolygonSummary Run(string mapPath, RunOptions? run = null)
    {
        run ??= new();
        using IRasterSource source = run.Open(mapPath);
        using IRasterSource? confidence = ConfidencePath is null ? null : run.Open(ConfidencePath);
        if (confidence is { Info.Bands.Count: > 1 })
            throw new AsmException(ConfidencePath!, $"has {confidence.Info.Bands.Count} bands", "a confidence map with one", "give a NAME.confidence.tif of asm predict");
        ClassMap map = ClassMap.Of(source);
        byte[] codes = [.. Classes.Count == 0 ? Enumerable.Range(1, 255).Select(code => (byte)code) : Classes.SelectMany(map.Select).Distinct()];
        Ground.MetresPerUnit(source, "an area in hectares");
        OgcGeometryType shape = Options.Connectivity == Connectivity.Eight ? OgcGeometryType.MultiPolygon : OgcGeometryType.Polygon;
        using IFeatureSink sink = VectorFile.Create(OutputPath, source.Info.Grid.Crs!, ClassPolygons.Fields(confidence is not null), shape, Overwrite);
        return ClassPolygons.Run(map, codes, confidence, sink, Options, run);
    }
}
