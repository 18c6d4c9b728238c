using Asm.Raster.Grids;

namespace Asm.Training.Datasets;

/// <summary>The ground of scenes that were given to a split by name, in all scenes that show it.</summary>
internal static class GivenGround
{
    /// <summary>For each scene the windows that belong to a split, those that go first last.</summary>
    /// <param name="scenes">The scenes.</param>
    /// <param name="given">Splits by scene name.</param>
    public static (PixelWindow Window, Split Split)[][] Of(DatasetScene[] scenes, IReadOnlyDictionary<string, Split> given)
    {
        var windows = new List<(PixelWindow, Split)>[scenes.Length];
        for (int i = 0; i < scenes.Length; i++)
        {
            windows[i] = [];
            if (given.TryGetValue(scenes[i].Name, out Split own)) windows[i].Add((Full(scenes[i]), own));
        }

        if (given.Count > 0)
        {
            foreach ((int one, int other) in SceneGroups.Overlaps(scenes))
            {
                Add(one, other, () => new SceneFootprint(scenes[one].Grid()).WindowOf(new SceneFootprint(scenes[other].Grid())));
                Add(other, one, () => new SceneFootprint(scenes[other].Grid()).WindowOf(new SceneFootprint(scenes[one].Grid())));
            }

            // Where only a name says that scenes are of one place, they share all of it.
            foreach (IGrouping<string, int> same in Enumerable.Range(0, scenes.Length)
                .Where(i => scenes[i] is { Ground: not null, Crs: null }).GroupBy(i => scenes[i].Ground!))
                foreach (int one in same)
                    foreach (int other in same) Add(one, other, () => Full(scenes[one]));
        }

        return [.. windows.Select(w => w.OrderBy(p => p.Item2).ToArray())];

        void Add(int to, int from, Func<PixelWindow> window)
        {
            if (given.TryGetValue(scenes[from].Name, out Split split)) windows[to].Add((window(), split));
        }
    }

    private static PixelWindow Full(DatasetScene scene) => new(0, 0, scene.Width, scene.Height);
}
