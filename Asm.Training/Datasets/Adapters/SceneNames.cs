using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Names of scenes after their files.</summary>
internal static class SceneNames
{
    /// <summary>
    /// The files' names without extension. Where two are equal, but for capitals, as many of the folders before them are added as it takes,
    /// and where that does not help, a number.
    /// </summary>
    /// <exception cref="AsmException">A file is given twice.</exception>
    public static string[] Of(IReadOnlyList<string> paths)
    {
        string[] full = [.. paths.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p)))];
        if (full.GroupBy(p => p, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new AsmException(twice.Key, $"is given {twice.Count()} times", "each image once", "leave one out");
        string[] names = [.. full.Select(Stem)];
        string?[] folders = [.. full.Select(Path.GetDirectoryName)];
        while (Equal(names) is { Length: > 0 } equal)
        {
            int[] longer = [.. equal.Where(i => Path.GetFileName(folders[i]) is { Length: > 0 })];
            foreach (int i in longer)
                (names[i], folders[i]) = ($"{Path.GetFileName(folders[i])}_{names[i]}", Path.GetDirectoryName(folders[i]));
            if (longer.Length == 0) Number(names, equal);
        }

        return names;
    }

    private static int[] Equal(string[] names) =>
        [.. Enumerable.Range(0, names.Length).GroupBy(i => names[i], StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1).SelectMany(g => g)];

    // The first of each name keeps it.
    private static void Number(string[] names, int[] equal)
    {
        HashSet<string> taken = new(names, StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, int> group in equal.GroupBy(i => names[i], StringComparer.OrdinalIgnoreCase).ToArray())
            foreach (int i in group.Skip(1))
            {
                int number = 2;
                while (!taken.Add($"{group.Key}_{number}")) number++;
                names[i] = $"{group.Key}_{number}";
            }
    }

    private static string Stem(string path) => Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
}
