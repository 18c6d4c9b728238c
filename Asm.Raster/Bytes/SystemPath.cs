namespace Asm.Raster.Bytes;

/// <summary>Paths as the system follows them: link/../x lies beside what the link leads to, not beside the link.</summary>
/// <remarks>.NET takes ".." away from the text of every path before it opens a file.</remarks>
internal static class SystemPath
{
    /// <summary>As deep as Linux follows links.</summary>
    private const int MostLinks = 40;

    /// <summary>A path as it is; where a link stands before "..", the path that it leads to.</summary>
    public static string Of(string path)
    {
        if (OperatingSystem.IsWindows() || !HasParent(path) || RemoteFile.IsUrl(path)) return path;
        string full = Full(path);
        return full == Path.GetFullPath(path) ? path : full;
    }

    /// <summary>The whole path.</summary>
    /// <param name="path">A path; relative ones start at <paramref name="folder"/>.</param>
    /// <param name="folder">A folder; null: the current one.</param>
    public static string Full(string path, string? folder = null)
    {
        string all = Path.Combine(folder ?? Environment.CurrentDirectory, path);
        if (OperatingSystem.IsWindows() || !HasParent(all)) return Path.GetFullPath(all);
        int links = 0;
        return Follow(all, ref links);
    }

    private static bool HasParent(string path) => path.Split('/').Contains("..");

    private static string Follow(string path, ref int links)
    {
        string at = "/";
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..")
            {
                at = Path.Combine(at, part);
                continue;
            }
            while (new FileInfo(at).LinkTarget is { } target && ++links <= MostLinks)
                at = Follow(Path.Combine(Path.GetDirectoryName(at)!, target), ref links);
            at = Path.GetDirectoryName(at) ?? "/";
        }
        return at;
    }
}
