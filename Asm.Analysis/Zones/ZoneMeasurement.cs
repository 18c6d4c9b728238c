using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Analysis.Zones;

/// <summary>One call of <see cref="ZonalAreas.Run"/>.</summary>
internal sealed class ZoneMeasurement(IReadOnlyList<ZoneMap> maps, VectorLayer layer, ZoneOptions options, RunOptions run)
{
    // Below this, zones that overlap are neighbours whose outlines were drawn twice: they count as what they are, but
    // nobody wants to read of each.
    private const double LeastReportedSquareMetres = 10;

    private readonly List<string> _notes = [];

    /// <summary>The grids, the maps on each, and what was found there.</summary>
    private sealed record Group(int[] Maps, ZonesOnGrid Zones, ClassTally[] Whole);

    public ZoneTable Run()
    {
        VectorLayer zones = ZoneReader.Read(layer, options.IdField, _notes);
        GeoGrid firstGrid = GridOf(0);
        VectorLayer placed = zones.To(firstGrid.Crs!);
        List<(int First, int Second, double GroundSquareMetres)> pairs = ZoneOverlaps.Find(placed, run);
        List<int[]> overlapping = ZoneOverlaps.Groups(placed.Features.Count, pairs);
        string Name(int zone) => (string)zones.Features[zone].Attributes[ZoneReader.NameField]!;
        ZoneOverlap[] overlaps = [.. pairs.Where(pair => pair.GroundSquareMetres >= LeastReportedSquareMetres)
            .Select(pair => new ZoneOverlap(Name(pair.First), Name(pair.Second), pair.GroundSquareMetres / 10_000))];
        if (overlaps.Length > 0)
        {
            string[] told = [.. overlaps.Select(o => string.Create(
                CultureInfo.InvariantCulture, $"{o.First} and {o.Second} ({o.GroundHectares:0.####} ha)"))];
            _notes.Add($"zones overlap; each counts all of its ground, {ZoneRow.AllZones} counts shared ground once: "
                + ZoneReader.List("pair", told));
        }

        List<Group> groups = [];
        foreach (int[] members in GroupByGrid())
        {
            bool withSeen = members.Length == maps.Count && maps.Count > 1;
            var onGrid = new ZonesOnGrid(zones.To(GridOf(members[0]).Crs!), overlapping,
                GridOf(members[0]), options, members.Length + (withSeen ? 1 : 0), run);
            groups.Add(new(members, onGrid,
                new ZoneSweep([.. members.Select(i => maps[i].Map.Source)], withSeen, onGrid.Shapes, onGrid.Ground, run).Run()));
        }
        int[] unmet = [.. Enumerable.Range(0, zones.Features.Count)
            .Where(zone => groups.All(group => group.Zones.Inside[zone].Tallies.All(tally => tally.CodeEnd == 0)))];
        if (unmet.Length > 0) _notes.Add($"{zones.Name}: beyond every map: {ZoneReader.List("zone", [.. unmet.Select(Name)])}");
        return new() { Zones = zones, Rows = Rows(groups, Seen(groups, zones, overlapping), Name), Overlaps = overlaps, Notes = _notes };
    }

    private GeoGrid GridOf(int map) => maps[map].Map.Source.Info.Grid;

    /// <summary>The maps on each grid.</summary>
    private List<int[]> GroupByGrid()
    {
        var groups = new List<List<int>>();
        for (int i = 0; i < maps.Count; i++)
            if (groups.FirstOrDefault(group => GridOf(group[0]).IsSameAs(GridOf(i))) is { } group) group.Add(i);
            else groups.Add([i]);
        return [.. groups.Select(group => group.ToArray())];
    }

    /// <summary>
    /// What any map has seen; null for one map, where it is what this map has seen. Maps on several grids are looked at on one grid over
    /// all of them, each pixel where its centre lies.
    /// </summary>
    private (ZonesOnGrid Zones, int Tally)? Seen(List<Group> groups, VectorLayer zones, IReadOnlyList<int[]> overlapping)
    {
        if (maps.Count == 1) return null;
        if (groups.Count == 1) return (groups[0].Zones, maps.Count);
        GeoGrid all = CommonGrid();
        var onGrid = new ZonesOnGrid(zones.To(all.Crs!), overlapping, all, options, maps.Count + 1, run);
        IRasterSource[] warped = [.. maps.Select(map => new WarpedSource(map.Map.Source, all, ResamplingMethod.Nearest, noData: 0))];
        new ZoneSweep(warped, true, onGrid.Shapes, onGrid.Ground, run).Run(onlyShapes: true);
        return (onGrid, maps.Count);
    }

    /// <summary>The first map's pixels over all maps.</summary>
    private GeoGrid CommonGrid()
    {
        GeoGrid first = GridOf(0);
        MapBounds bounds = Enumerable.Range(0, maps.Count)
            .Select(i => GridOf(i).Crs!.IsSameAs(first.Crs!) ? GridOf(i).Bounds : GridProjection.Project(GridOf(i), first.Crs!).Bounds)
            .Aggregate((a, b) => a.Union(b));
        (double left, double top) = first.ToPixel(new(bounds.West, bounds.North));
        (double right, double bottom) = first.ToPixel(new(bounds.East, bounds.South));

        // Rounding must not add a column or row that covers nothing.
        const double Rounding = 1e-6;
        (left, top, right, bottom) =
            (Math.Floor(left + Rounding), Math.Floor(top + Rounding), Math.Ceiling(right - Rounding), Math.Ceiling(bottom - Rounding));
        if (right - left > int.MaxValue || bottom - top > int.MaxValue)
            throw new AsmException("zones",
                $"the maps lie so far apart that a grid over all of them has {right - left:0} x {bottom - top:0} pixels",
                "maps of one region", "measure them in calls of their own");
        return new GeoGrid((int)(right - left), (int)(bottom - top),
            first.ToMap(left, top), first.PixelWidth, first.PixelHeight, first.Crs);
    }

    private IReadOnlyList<ZoneRow> Rows(List<Group> groups, (ZonesOnGrid Zones, int Tally)? seen, Func<int, string> name)
    {
        var rows = new ZoneRows();
        (Group Group, int Tally)[] places = [.. Enumerable.Range(0, maps.Count)
            .Select(map => groups.Where(g => g.Maps.Contains(map)).Select(g => (g, Array.IndexOf(g.Maps, map))).First())];
        void Add(string zone, ZonePart part, Func<ZonesOnGrid, ZoneShape> shape)
        {
            for (int map = 0; map < maps.Count; map++)
            {
                ZoneShape found = shape(places[map].Group.Zones);
                rows.AddClasses(zone, part, maps[map], found.Tallies[places[map].Tally], found.BeyondMap, found.GroundBeyondMap);
            }
            if (seen is { } any)
                rows.AddNeverSeen(zone, part, any.Zones.Grid, shape(any.Zones).Tallies[any.Tally],
                    shape(any.Zones).BeyondMap, shape(any.Zones).GroundBeyondMap);
        }
        for (int zone = 0; zone < groups[0].Zones.Inside.Count; zone++)
        {
            Add(name(zone), ZonePart.Inside, grid => grid.Inside[zone]);
            if (options.AdjacentMetres > 0) Add(name(zone), ZonePart.Adjacent, grid => grid.Adjacent[zone]);
        }
        for (int map = 0; map < maps.Count; map++) AddTotals(maps[map], places[map].Group, places[map].Tally, rows);
        return rows.Rows;
    }

    private static void AddTotals(ZoneMap map, Group group, int tally, ZoneRows rows)
    {
        ClassTally inside = new(), outside = new();
        foreach (ZoneShape shape in group.Zones.Together) inside.Add(shape.Tallies[tally]);
        outside.Add(group.Whole[tally]);
        outside.Subtract(inside);
        rows.AddClasses(ZoneRow.AllZones, ZonePart.Inside, map, inside,
            group.Zones.Together.Sum(s => s.BeyondMap), group.Zones.Together.Sum(s => s.GroundBeyondMap));
        rows.AddClasses(ZoneRow.OutsideZones, ZonePart.Outside, map, outside, 0, 0);
        rows.AddClasses(ZoneRow.WholeMap, ZonePart.Whole, map, group.Whole[tally], 0, 0);
    }
}
