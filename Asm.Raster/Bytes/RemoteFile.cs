namespace Asm.Raster.Bytes;

/// <summary>Files that are named by a URL of a web server.</summary>
public static class RemoteFile
{
    /// <summary>True for URLs with http or https.</summary>
    public static bool IsUrl(string location) =>
        location is not null && (location.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) && Uri.TryCreate(location, UriKind.Absolute, out _);

    /// <summary>
    /// A location as messages and outputs show it: a URL without user, query and fragment, which may hold keys; a path as it is.
    /// </summary>
    public static string Shown(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return IsUrl(location)
            ? new Uri(location).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : location;
    }

    /// <summary>The name of a file without folders; of a URL as people write it: %20 is a space.</summary>
    public static string FileName(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return IsUrl(location) ? Uri.UnescapeDataString(Path.GetFileName(Shown(location))) : Path.GetFileName(location);
    }

    /// <summary>True where a file of the path is there, and for every URL: whether it leads to a file is seen when it is read.</summary>
    public static bool IsFile(string location) => IsUrl(location) || File.Exists(location);

    /// <summary>Reads a whole small file.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="mostBytes">The size from which on it is refused.</param>
    /// <param name="run">How the server is read, and cancellation; null for the defaults.</param>
    /// <param name="source">Where it came from in the end, if the server led on: what its links are relative to.</param>
    /// <exception cref="AsmException">It is not there, too large, or the server fails.</exception>
    public static byte[] ReadSmall(string url, int mostBytes, RunOptions? run, out Uri source)
    {
        var transfer = new HttpTransfer(new Uri(url), run ?? new());
        byte[] text = transfer.ReadAll(mostBytes);
        source = transfer.Source;
        return text;
    }

    /// <summary>What the server says of the state of a file: its size and its ETag or time of change.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="run">How the server is read, and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">It is not there, or the server fails.</exception>
    public static string Version(string url, RunOptions? run = null)
    {
        var transfer = new HttpTransfer(new Uri(url), run ?? new());
        transfer.Read(0, new byte[1]);
        return transfer.Version!;
    }
}
