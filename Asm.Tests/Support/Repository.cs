namespace Asm.Tests.Support;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Find();

    /// <summary>A file of it.</summary>
    public static string File(string path) => Path.Combine(Folder, path);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "AsmOnnx.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above the tests holds AsmOnnx.sln");
    }
}
