namespace Asm.Tests.Structure;

/// <summary>The first folder below a project; files that lie in the project's own folder form the room ".".</summary>
internal sealed record Room(string Project, string Name)
{
    /// <summary>The room of a file: Asm.Raster/Grids/GeoGrid.cs lies in Raster/Grids.</summary>
    public static Room Of(string path)
    {
        string[] parts = path.Split('/');
        return new(parts[0], parts.Length > 2 ? parts[1] : ".");
    }

    /// <summary>Raster for Asm.Raster.</summary>
    public string ShortProject => ProjectFile.Shorten(Project);

    /// <summary>The name as CONTRIBUTING.md has it.</summary>
    public override string ToString() => $"{ShortProject}/{Name}";
}
