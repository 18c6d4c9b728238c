namespace Asm.Raster.Running;

/// <summary>
/// What this process has made and not finished, so that it goes even where the process is made to end at once. Safe for concurrent calls.
/// </summary>
internal static class Leftovers
{
    private static readonly Lock s_lock = new();
    private static readonly HashSet<string> s_paths = new(StringComparer.Ordinal);
    private static bool s_isEnding;

    /// <summary>Does something that makes or takes away files, after which the paths are unfinished.</summary>
    /// <param name="paths">Files and folders, absolute.</param>
    /// <param name="make">Makes them; must be quick.</param>
    public static T Add<T>(IReadOnlyCollection<string> paths, Func<T> make)
    {
        lock (s_lock)
        {
            // Nothing new once the end has come.
            if (s_isEnding) Thread.Sleep(Timeout.Infinite);
            s_paths.UnionWith(paths);
            try
            {
                return make();
            }
            catch
            {
                s_paths.ExceptWith(paths);
                throw;
            }
        }
    }

    /// <summary>The paths are finished, or gone.</summary>
    public static void Remove(params IReadOnlyCollection<string> paths)
    {
        lock (s_lock) s_paths.ExceptWith(paths);
    }

    /// <summary>Removes all of it, for the end of the process: whoever goes on working is stopped where it would make more.</summary>
    public static void RemoveAll()
    {
        lock (s_lock)
        {
            s_isEnding = true;
            // What lies in a folder before the folder.
            foreach (string path in s_paths.OrderByDescending(path => path.Length)) Delete(path);
        }
    }

    /// <summary>
    /// Removes a file, or a folder with what is in it where its name is one of ours, else where it is empty. Links are not followed.
    /// </summary>
    private static void Delete(string path)
    {
        try
        {
            if (!Directory.Exists(path) || new FileInfo(path).LinkTarget is not null) File.Delete(path);
            else Directory.Delete(path, recursive: AsideFile.FileOf(Path.GetFileName(path)) is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }
}
