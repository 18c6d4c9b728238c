namespace Asm.Training.Datasets.Adapters;

/// <summary>Names of scenes after their files.</summary>
internal static class SceneNames
{
    /// <summary>The files' names without extension; where two are equal, those of their folders before them.</summary>
    public static string[] Of(IReadOnlyList<string> paths)
    {
        string[] full = [.. paths.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p)))];
        string[] names = [.. full.Select(Stem)];
        HashSet<string> twice = [.. names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g)];
        return [.. names.Select((n, i) => twice.Contains(n) ? $"{Path.GetFileName(Path.GetDirectoryName(full[i]))}_{n}" : n)];
    }

    private static string Stem(string path) => Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
}
