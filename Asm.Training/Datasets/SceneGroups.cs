using Asm.Raster;

namespace Asm.Training.Datasets;

/// <summary>Which scenes show the same ground.</summary>
internal static class SceneGroups
{
    /// <summary>The name of each scene's group: that of its first scene. Scenes that overlap by more than their edges, directly or over others, are one group.</summary>
    public static string[] Of(DatasetScene[] scenes)
    {
        int[] parent = [.. Enumerable.Range(0, scenes.Length)];
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        MapBounds?[] bounds = [.. scenes.Select(Ground)];
        // sorted by west edge, so that a scene meets only those that begin before it ends
        int[] order = [.. Enumerable.Range(0, scenes.Length).Where(i => bounds[i] is not null).OrderBy(i => bounds[i]!.Value.West)];
        for (int a = 0; a < order.Length; a++)
            for (int b = a + 1; b < order.Length && bounds[order[b]]!.Value.West < bounds[order[a]]!.Value.East; b++)
                if (Overlap(bounds[order[a]]!.Value, bounds[order[b]]!.Value)) Join(Root(order[a]), Root(order[b]));
        return [.. Enumerable.Range(0, scenes.Length).Select(i => scenes[Root(i)].Name)];

        void Join(int one, int other) => parent[Math.Max(one, other)] = Math.Min(one, other);
    }

    /// <summary>Refuses scenes of one ground in different reference systems: a block is a square in one of them only.</summary>
    /// <exception cref="AsmException">There are such scenes; the message names two.</exception>
    public static void RequireOneCrs(DatasetScene[] scenes, string[] groups)
    {
        foreach (IGrouping<string, DatasetScene> group in scenes.Zip(groups).GroupBy(p => p.Second, p => p.First))
            if (group.FirstOrDefault(s => s.Crs != group.First().Crs) is { } other)
                throw new AsmException(other.Name, $"it lies on the same ground as {group.First().Name}, in {Short(other.Crs)} instead of {Short(group.First().Crs)}",
                    "scenes of one place in one reference system", "split by whole scenes (--split scenes), or prepare the scenes in one reference system");
    }

    private static string Short(string? crs) => crs is null ? "no CRS" : Crs.Parse(crs).ToString();

    // In degrees, so that reference systems can be compared; a hundred-thousandth of a degree is about a metre.
    private static MapBounds? Ground(DatasetScene scene)
    {
        if (scene.Crs is null || scene.Points) return null;
        GeoGrid grid = scene.Grid();
        CoordinateTransform transform = CoordinateTransform.Between(grid.Crs!, Crs.Wgs84);
        MapPoint[] corners = [.. new[] { (0, 0), (grid.Width, 0), (0, grid.Height), (grid.Width, grid.Height) }.Select(c => transform.Transform(grid.ToMap(c.Item1, c.Item2)))];
        return new MapBounds(corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
    }

    private static bool Overlap(MapBounds a, MapBounds b)
    {
        const double slack = 1e-5;
        return a.West + slack < b.East && b.West + slack < a.East && a.South + slack < b.North && b.South + slack < a.North;
    }
}
