using Asm.Raster;
using Asm.Raster.Projections;

namespace Asm.Training.Datasets;

/// <summary>Which scenes show the same ground.</summary>
internal static class SceneGroups
{
    /// <summary>
    /// The name of each scene's group: that of its first scene. Scenes that overlap by more than their edges, or that say that they are of
    /// one place, directly or over others, are one group.
    /// </summary>
    public static string[] Of(DatasetScene[] scenes)
    {
        int[] parent = [.. Enumerable.Range(0, scenes.Length)];
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        foreach (IGrouping<string, int> same in Enumerable.Range(0, scenes.Length)
            .Where(i => scenes[i].Ground is not null).GroupBy(i => scenes[i].Ground!))
            foreach (int other in same) Join(Root(same.First()), Root(other));
        foreach ((int one, int other) in Overlaps(scenes)) Join(Root(one), Root(other));
        return [.. Enumerable.Range(0, scenes.Length).Select(i => scenes[Root(i)].Name)];

        void Join(int one, int other) => parent[Math.Max(one, other)] = Math.Min(one, other);
    }

    /// <summary>All pairs of scenes that overlap on the ground.</summary>
    public static IEnumerable<(int One, int Other)> Overlaps(DatasetScene[] scenes)
    {
        SceneFootprint?[] footprints = [.. scenes.Select(s => s.Crs is null || s.Points ? null : new SceneFootprint(s.Grid()))];
        // sorted by west edge, so that a scene meets only those that begin before it ends
        int[] order = [.. Enumerable.Range(0, scenes.Length)
            .Where(i => footprints[i] is not null).OrderBy(i => footprints[i]!.Degrees.West)];
        for (int a = 0; a < order.Length; a++)
            for (int b = a + 1; b < order.Length && footprints[order[b]]!.Degrees.West < footprints[order[a]]!.Degrees.East; b++)
                if (footprints[order[a]]!.Overlaps(footprints[order[b]]!)) yield return (order[a], order[b]);
    }

    /// <summary>Refuses scenes of one ground in different reference systems: a block is a square in one of them only.</summary>
    /// <exception cref="AsmException">There are such scenes; the message names two.</exception>
    public static void RequireOneCrs(DatasetScene[] scenes, string[] groups)
    {
        foreach (IGrouping<string, DatasetScene> group in scenes.Zip(groups).GroupBy(p => p.Second, p => p.First))
            if (group.FirstOrDefault(s => s.Crs != group.First().Crs) is { } other)
                throw new AsmException(other.Name,
                    $"it lies on the same ground as {group.First().Name}, in {Short(other.Crs)} instead of {Short(group.First().Crs)}",
                    "scenes of one place in one reference system",
                    $"split by whole scenes (--split scenes), or warp one: gdalwarp -t_srs {Short(group.First().Crs ?? other.Crs)} IN OUT");
    }

    private static string Short(string? crs) => crs is null ? "no CRS" : Crs.OfFile(crs, "data set").ToString();
}
