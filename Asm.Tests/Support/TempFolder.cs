namespace Asm.Tests.Support;

/// <summary>A folder of a test's own that goes with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("asm-test-");

    /// <summary>The folder.</summary>
    public string FullPath => _folder.FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Names of what is in it, sorted.</summary>
    public string[] Names => [.. _folder.EnumerateFileSystemInfos().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);
}
