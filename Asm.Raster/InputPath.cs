namespace Asm.Raster;

/// <summary>Paths of inputs: what is read must be a file, or reading it might never end.</summary>
internal static class InputPath
{
    /// <summary>Refuses pipes, sockets and devices. What is not there is left to whoever opens it, and so are folders.</summary>
    /// <exception cref="AsmException">It is one.</exception>
    public static void Require(string path)
    {
        if (FileStatus.Of(path)?.Kind is { } kind and not (FileKind.File or FileKind.Folder))
            throw new AsmException(path, $"is a {kind.ToString().ToLowerInvariant()}", "a file, which can be read again and from anywhere",
                "save what comes from there to a file, and give that", AsmErrorCode.InputFormat);
    }

    /// <summary>True for a path that stays in the folder that it is relative to: a document of a run may come from anybody.</summary>
    public static bool IsInside(string relative) =>
        relative.Length > 0 && !Path.IsPathRooted(relative) && !relative.Contains('\0', StringComparison.Ordinal)
        && !relative.Split('/', '\\').Contains("..");

    /// <summary>Opens a file to read it from its start.</summary>
    /// <exception cref="AsmException">It is no file.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses, or it is a folder.</exception>
    public static FileStream OpenRead(string path)
    {
        Require(path);
        return File.OpenRead(path);
    }

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static byte[] ReadAllBytes(string path)
    {
        Require(path);
        return File.ReadAllBytes(path);
    }
}
