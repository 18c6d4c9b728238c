namespace Asm.Tests.Structure;

/// <summary>One source text; the path is below the root of the repository, with slashes: Asm.Raster/Grids/GeoGrid.cs.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private const string Keyword = "namespace ";

    /// <summary>Where the file lies.</summary>
    public Room Room { get; } = Room.Of(Path);

    /// <summary>The namespace that the folder asks for.</summary>
    public string FolderNamespace => Path[..Path.LastIndexOf('/')].Replace('/', '.');

    /// <summary>The namespace that the file declares; null where it declares none.</summary>
    public string? Namespace =>
        Lines.FirstOrDefault(line => line.StartsWith(Keyword, StringComparison.Ordinal))?[Keyword.Length..].TrimEnd(';', ' ');

    /// <summary>The lines without their ends.</summary>
    public string[] Lines => Text.ReplaceLineEndings("\n").Split('\n');
}
