using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// Points on the pixels of a map, with the map's codes there and the counts of all of its pixels, from one pass over the map.
/// </summary>
internal sealed class PlacedPoints
{
    private const int Codes = 256;

    private PlacedPoints(PointTable table, PixelOffset[] pixels) =>
        (Table, Pixels, MapCodes, StratumCodes) = (table, pixels, new byte[pixels.Length], new byte[pixels.Length]);

    /// <summary>The points.</summary>
    public PointTable Table { get; }

    /// <summary>The pixel of each point.</summary>
    public PixelOffset[] Pixels { get; }

    /// <summary>The map's code at each point; 0 no data.</summary>
    public byte[] MapCodes { get; }

    /// <summary>The code of the map of strata at each point.</summary>
    public byte[] StratumCodes { get; }

    /// <summary>Pixels of each pair of codes, at 256 x stratum + map; where the map itself has the strata only equal codes pair.</summary>
    public long[] Pairs { get; private set; } = [];

    /// <summary>Pixels of each code of the map, and of the map of strata, each over all of its pixels.</summary>
    public (long[] Map, long[] Strata) PixelCounts
    {
        get
        {
            (long[] map, long[] strata) = (new long[Codes], new long[Codes]);
            for (int i = 0; i < Pairs.Length; i++)
            {
                map[i % Codes] += Pairs[i];
                strata[i / Codes] += Pairs[i];
            }
            return (map, strata);
        }
    }

    /// <summary>Finds the points' pixels, counts the map and reads it at the points.</summary>
    /// <exception cref="AsmException">A point lies outside of the map; the message names its row.</exception>
    public static PlacedPoints On(ClassMap map, ClassMap? strata, PointTable table, RunOptions? run)
    {
        GeoGrid grid = map.Source.Info.Grid;
        if (strata is not null) grid.RequireSame(strata.Source.Info.Grid, map.Source.Name, strata.Source.Name);
        var placed = new PlacedPoints(table, Place(grid, map.Source.Name, table));
        int[] order = [.. Enumerable.Range(0, placed.Pixels.Length).OrderBy(i => placed.Pixels[i].Row)];
        int[] rows = [.. order.Select(i => placed.Pixels[i].Row)];
        var mapInput = new WindowInput<byte>(map.Source, [0], readValidity: false);
        WindowInput<byte> strataInput = strata is null ? mapInput : new(strata.Source, [0], readValidity: false);
        placed.Pairs = CodeCounts.Sum("count", strata is null ? [mapInput] : [mapInput, strataInput],
            Codes * Codes, (in WindowFrame frame, long[] counts) =>
            {
                ReadOnlySpan<byte> mapCodes = frame.Samples(mapInput), stratumCodes = frame.Samples(strataInput);
                CodeCounts.CountPairs(stratumCodes, mapCodes, counts);
                int at = Array.BinarySearch(rows, frame.Window.Row);
                if (at < 0) at = ~at;
                while (at > 0 && rows[at - 1] == frame.Window.Row) at--;
                for (; at < rows.Length && rows[at] < frame.Window.Bottom; at++)
                {
                    PixelOffset pixel = placed.Pixels[order[at]];
                    int sample = (pixel.Row - frame.Window.Row) * frame.Window.Width + pixel.Column;
                    (placed.MapCodes[order[at]], placed.StratumCodes[order[at]]) = (mapCodes[sample], stratumCodes[sample]);
                }
            }, run);
        return placed;
    }

    /// <summary>The pixel of each point.</summary>
    /// <exception cref="AsmException">A point lies outside of the map; the message names its row.</exception>
    public static PixelOffset[] Place(GeoGrid grid, string mapName, PointTable table)
    {
        CoordinateTransform? transform = null;
        if (table.Crs is not null)
            transform = CoordinateTransform.Between(
                table.Crs, grid.RequireCrs(mapName, $", the points of {table.Name} have one ({table.Crs})"));
        return
        [
            .. table.Points.Select(point =>
            {
                (double column, double row) = grid.ToPixel(transform?.Transform(point.Position) ?? point.Position);
                // Written so that NaN fails it too.
                if (column >= 0 && column < grid.Width && row >= 0 && row < grid.Height) return new PixelOffset((int)column, (int)row);
                MapBounds bounds = grid.Bounds;
                throw new AsmException(table.Name,
                    $"row {point.Row}: the point ({point.Position.X:0.######}, {point.Position.Y:0.######}) lies outside of {mapName}",
                    $"a position on the map, which has x {bounds.West:0.######} to {bounds.East:0.######}, "
                    + $"y {bounds.South:0.######} to {bounds.North:0.######}{(grid.Crs is null ? "" : $" in {grid.Crs}")}",
                    "correct the row, or give the CRS of the coordinates "
                    + $"with `crs`{(table.Crs is null ? "" : $" (they were taken as {table.Crs})")}");
            }),
        ];
    }
}
