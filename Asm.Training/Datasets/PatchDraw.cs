using Asm.Training.Patches;

namespace Asm.Training.Datasets;

/// <summary>
/// Draws patches at random among all positions where every pixel of the patch belongs to the split and enough of them carry a label. Two
/// passes over the rows count the positions and find the drawn ones, in memory of a few rows.
/// </summary>
internal static class PatchDraw
{
    /// <summary>Draws the patches of one split.</summary>
    /// <param name="dataset">The samples' labels and splits.</param>
    /// <param name="split">The split.</param>
    /// <param name="count">
    /// Patches wanted. All positions count as one line that is cut into as many pieces, and each piece gives one position; so no position
    /// comes twice, and a set of chips gives each chip once.
    /// </param>
    /// <param name="options">Size, seed and share of labels.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The patches, in the order of scenes and rows; none where there is no position.</returns>
    public static List<PatchPlace> Draw(Dataset dataset, Split split, int count, DatasetOptions options, CancellationToken cancellation)
    {
        long total = 0;
        for (int scene = 0; scene < dataset.Manifest.Scenes.Length; scene++)
            Visit(dataset, scene, split, options, (_, _) => total++, cancellation);
        var places = new List<PatchPlace>();
        if (total == 0 || count == 0) return places;
        // Fewer positions than patches are wanted, as in a set of chips: each of them once.
        count = (int)Math.Min(count, total);
        Random random = PatchHash.Generator(options.Seed, (ulong)split);
        long[] drawn = [.. Enumerable.Range(0, count).Select(i => random.NextInt64(i * total / count, (i + 1) * total / count))];
        long number = 0;
        int next = 0;
        for (int scene = 0; scene < dataset.Manifest.Scenes.Length && next < drawn.Length; scene++)
        {
            int current = scene;
            Visit(dataset, scene, split, options, (column, row) =>
            {
                for (; next < drawn.Length && drawn[next] == number; next++) places.Add(new PatchPlace(current, column, row, split));
                number++;
            }, cancellation);
        }

        return places;
    }

    // A row is the last one of a patch. For each column: since how many rows the next columns of a patch's width belong to the split, and
    // the labels in the rows of the patch.
    private static void Visit(Dataset dataset, int sceneNumber, Split split,
        DatasetOptions options, Action<int, int> found, CancellationToken cancellation)
    {
        DatasetScene scene = dataset.Manifest.Scenes[sceneNumber];
        if (scene.Points) return;
        int width = Math.Min(options.PatchPixels, scene.Width), height = Math.Min(options.PatchPixels, scene.Height);
        long needed = Math.Max(1, (long)Math.Ceiling(options.LabelledShare * width * height));
        int[] rowsInSplit = new int[scene.Width], labelled = new int[scene.Width];
        for (int row = 0; row < scene.Height; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<Split> splits = dataset.SplitRow(scene, row);
            ReadOnlySpan<byte> labels = dataset.LabelRow(scene, row),
                leaving = row >= height ? dataset.LabelRow(scene, row - height) : default;
            for (int column = scene.Width - 1, run = 0; column >= 0; column--)
            {
                run = splits[column] == split ? run + 1 : 0;
                rowsInSplit[column] = run >= width ? rowsInSplit[column] + 1 : 0;
                labelled[column] += (labels[column] > 0 ? 1 : 0) - (leaving.Length > 0 && leaving[column] > 0 ? 1 : 0);
            }

            if (row < height - 1) continue;
            long sum = 0;
            for (int column = 0; column < scene.Width; column++)
            {
                sum += labelled[column] - (column >= width ? labelled[column - width] : 0);
                int left = column - width + 1;
                if (left >= 0 && rowsInSplit[left] >= height && sum >= needed) found(left, row - height + 1);
            }
        }
    }
}
