using System.Diagnostics;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>
/// One class map of many tiles, whose CRSs may differ. Class codes are reprojected by nearest neighbour, probabilities bilinearly.
/// </summary>
public static class Mosaic
{
    /// <summary>Puts tiles together and completes the sink, or disposes it where anything fails.</summary>
    /// <param name="tiles">The tiles, of the same classes. Their order counts for <see cref="MosaicRule.First"/> only.</param>
    /// <param name="sink">Where the codes go: one uint8 band, no data 0. Its grid is the mosaic's; see <see cref="MosaicGrid"/>.</param>
    /// <param name="rule">Which tile decides where several have data.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults. Results do not depend on them.</param>
    /// <exception cref="AsmException">
    /// Tiles and rule do not fit, the memory is too little, or a raster cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static MosaicSummary Run(IReadOnlyList<MosaicTile> tiles,
        IRasterSink sink, MosaicRule rule = MosaicRule.MaxClass, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentNullException.ThrowIfNull(sink);
        run ??= new RunOptions();
        var clock = Stopwatch.StartNew();
        try
        {
            IReadOnlyList<MapClass> classes = RequireFit(tiles, rule);
            GeoGrid grid = sink.Info.Grid;
            PlacedTile[] placed = [.. tiles.Select(t => new PlacedTile(t, grid, run.Threads)).Where(t => !t.Map.Extent.IsEmpty)];
            if (placed.Length == 0)
                throw new AsmException("mosaic", $"no tile has a pixel in {grid}",
                    "tiles in the bounds", "correct `bounds`; they are in units of the target's CRS");
            using var source = new MosaicSource(placed, sink.Info, rule);
            var counting = new CountingSink(sink);
            RasterCopy.Run(source, counting, StripMemory.Of(run, source.BufferBytes + sink.BufferBytes, grid.Width), "mosaic");
            return new() { Grid = grid, Classes = classes, PixelsByCode = counting.PixelsByCode, TotalTime = clock.Elapsed };
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    /// <summary>The classes of the mosaic, if tiles and rule fit.</summary>
    /// <exception cref="AsmException">They do not; the message says why.</exception>
    public static IReadOnlyList<MapClass> RequireFit(IReadOnlyList<MosaicTile> tiles, MosaicRule rule)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        if (tiles.Count == 0)
            throw new AsmException("mosaic", "no map is given", "class maps of tiles", "give NAME.classes.tif of every tile");
        foreach (MosaicTile tile in tiles)
        {
            MapClasses.RequireSame(tiles[0].Classes, tiles[0].Map.Name, tile.Classes, tile.Map.Name);
            bool knowsProbability = tile.HasProbabilities || tile.Confidence is not null;
            if (rule == MosaicRule.MaxProbability && !knowsProbability)
                throw new AsmException(tile.Map.Name, "its probabilities are not known",
                    "a probability map, or a class map NAME.classes.tif with NAME.confidence.tif beside it",
                    "give NAME.probabilities.tif, or another `rule`");
            if (rule != MosaicRule.MaxProbability && tile.HasProbabilities)
                throw new AsmException(tile.Map.Name, "is a map of probabilities",
                    "class maps for this rule", "give NAME.classes.tif, or `rule` max-probability");
        }
        RequireRule(tiles[0].Classes, tiles[0].Map.Name, rule);
        return tiles[0].Classes;
    }

    /// <summary>Refuses a rule that classes do not go with; a project asks before its maps are there.</summary>
    /// <exception cref="AsmException">The highest class is another than vegetation, and would win.</exception>
    internal static void RequireRule(IReadOnlyList<MapClass> classes, string name, MosaicRule rule)
    {
        string vegetation = ClassMap.DefaultClasses[^1].Name;
        if (rule == MosaicRule.MaxClass && !string.Equals(classes[^1].Name, vegetation, StringComparison.OrdinalIgnoreCase))
            throw new AsmException(name,
                $"its highest class is {classes[^1].Name} ({MapClasses.List(classes)}), "
                + $"and where tiles overlap the highest would win over {vegetation}",
                $"{vegetation} as the last class: the rule is meant to let {vegetation} win and cloud, which looks like bare ground, lose",
                "give `rule` max-probability or `rule` first");
    }
}
