using Asm.Maps.Classes;
using Asm.Raster.Grids;

namespace Asm.Analysis.Zones;

/// <summary>Turns tallies into rows.</summary>
internal sealed class ZoneRows
{
    private const double SquareMetresPerHectare = 10_000;

    private readonly List<ZoneRow> _rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ZoneRow> Rows => _rows;

    /// <summary>Adds the classes of a map: those it names, whether they occur or not, others that occur, and what was not seen.</summary>
    public void AddClasses(string zone, ZonePart part, ZoneMap map, ClassTally tally, double beyondMap, double groundBeyondMap)
    {
        ClassMap codes = map.Map;
        IEnumerable<int> named = codes.IsChange
            ? codes.Classes.SelectMany(before => codes.Classes.Select(after => (int)ChangeCode.Of(before.Code, after.Code)))
            : codes.Classes.Select(c => c.Code);
        SortedSet<int> shown = [.. named, .. Enumerable.Range(1, Math.Max(0, tally.CodeEnd - 1)).Where(code => tally.Pixels(code) > 0)];
        Add(zone, part, map.Name, [.. shown.Select(code => (code, codes.NameOf(code))), (0, ZoneRow.NeverSeen)],
            codes.Source.Info.Grid, tally, beyondMap, groundBeyondMap);
    }

    /// <summary>Adds what no map has seen.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="part">The part.</param>
    /// <param name="grid">The pixels that were tallied.</param>
    /// <param name="seen">Pixels by whether any map has data there, 0 or 1.</param>
    /// <param name="beyondMap">The area beyond all maps, in square units of the CRS.</param>
    /// <param name="groundBeyondMap">The area beyond all maps in m2 on the ground.</param>
    public void AddNeverSeen(string zone, ZonePart part, GeoGrid grid, ClassTally seen, double beyondMap, double groundBeyondMap) =>
        Add(zone, part, ZoneRow.AllMaps, [(0, ZoneRow.NeverSeen)], grid, seen, beyondMap, groundBeyondMap);

    private void Add(string zone, ZonePart part, string map, IReadOnlyList<(int Code, string Name)> classes,
        GeoGrid grid, ClassTally tally, double beyondMap, double groundBeyondMap)
    {
        double? unit = grid.Crs?.MetresPerUnit is { } metres ? metres * metres / SquareMetresPerHectare : null;
        double? Hectares(int code) => (tally.Pixels(code) * grid.PixelWidth * grid.PixelHeight + (code == 0 ? beyondMap : 0)) * unit;
        double Ground(int code) => (tally.GroundSquareMetres(code) + (code == 0 ? groundBeyondMap : 0)) / SquareMetresPerHectare;
        double all = Enumerable.Range(0, Math.Max(1, tally.CodeEnd)).Sum(code => Hectares(code) ?? Ground(code));
        foreach ((int code, string name) in classes)
            _rows.Add(new ZoneRow
            {
                Zone = zone,
                Map = map,
                Class = name,
                Code = code,
                Part = part,
                Hectares = Hectares(code),
                GroundHectares = Ground(code),
                Pixels = tally.Pixels(code),
                Share = all > 0 ? (Hectares(code) ?? Ground(code)) / all : 0,
            });
    }
}
