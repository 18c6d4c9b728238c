using System.IO.Enumeration;
using Asm.Raster.Bytes;

namespace Asm.Projects.Documents;

/// <summary>Paths with * and ? in some of their parts, as a project names many scenes by one line.</summary>
internal static class PathPattern
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>True where a path has * or ?.</summary>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>
    /// Files and folders that a pattern names, in ordinal order; hidden ones only where the pattern's part starts with a dot.
    /// </summary>
    public static string[] Find(string folder, string pattern)
    {
        IEnumerable<string> found = [Path.IsPathRooted(pattern) ? Path.GetPathRoot(pattern)! : folder];
        foreach (string part in pattern.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            found = part == ".." ? [.. found.Select(f => SystemPath.Full("..", f))] : IsPattern(part)
                ? [.. found.Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries)
                    .Where(e => Matches(part, Path.GetFileName(e)))]
                : [.. found.Select(f => Path.Combine(f, part)).Where(Path.Exists)];
        return [.. found.Select(Path.GetFullPath).Order(StringComparer.Ordinal)];
    }

    private static bool Matches(string pattern, string name) =>
        name.StartsWith('.') == pattern.StartsWith('.') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
