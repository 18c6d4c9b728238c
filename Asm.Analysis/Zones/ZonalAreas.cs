using Asm.Raster;
using Asm.Raster.Vectors;

namespace Asm.Analysis.Zones;

/// <summary>Measures the area of every class in every zone: the call behind <c>asm zones</c>.</summary>
/// <remarks>
/// Each map is measured on its own grid, and read once, strip by strip: memory grows with its width and with the outlines of the zones, not
/// with its height. The areas of one zone, map and part add up to its area; those of all zones and of what lies outside of them to the
/// raster's. Areas do not depend on threads or on memory, to the last bit.
/// </remarks>
public static class ZonalAreas
{
    /// <summary>Measures areas.</summary>
    /// <param name="maps">Class maps and change maps, mixed as wanted; their grids may differ. They stay the caller's to dispose.</param>
    /// <param name="zones">Polygons in any CRS.</param>
    /// <param name="options">Names, rings and rule.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// A map has no CRS, two maps share a name, the layer has no polygons, points or lines, no such field or a zone without name, or
    /// the memory is too little.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ZoneTable Run(IReadOnlyList<ZoneMap> maps, VectorLayer zones, ZoneOptions options, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(maps.Count, nameof(maps));
        if (!(options.AdjacentMetres >= 0 && double.IsFinite(options.AdjacentMetres)))
            throw new ArgumentOutOfRangeException(nameof(options), options.AdjacentMetres, "the width of the rings must be 0 or more");
        Require(maps);
        return new ZoneMeasurement(maps, zones, options, run ?? new RunOptions()).Run();
    }

    private static void Require(IReadOnlyList<ZoneMap> maps)
    {
        foreach (ZoneMap map in maps)
            map.Map.Source.Info.Grid.RequireCrs(map.Map.Source.Name, ", so zones have no place in it");
        if (maps.GroupBy(map => map.Name).FirstOrDefault(same => same.Count() > 1) is { } same)
            throw new AsmException(string.Join(", ", same.Select(map => map.Map.Source.Name)),
                $"are all called {same.Key}", "a name of its own for every map", "leave out maps that are given twice");
    }
}
