using System.Xml.Linq;

namespace Asm.Tests.Structure;

/// <summary>What a .csproj says: the project's name, and the projects that it names, short.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Uses)
{
    /// <summary>Raster for Asm.Raster.</summary>
    public string ShortName => Shorten(Name);

    /// <summary>Whether it is part of the product: the rules on rooms and libraries hold for the product only.</summary>
    public bool IsProduct => ShortName is not ("Tests" or "Benchmarks" or "Hardening");

    /// <summary>Reads a file.</summary>
    public static ProjectFile Read(string path) => new(
        Path.GetFileNameWithoutExtension(path),
        [.. XDocument.Load(path).Descendants("ProjectReference")
            .Select(reference => Shorten(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)))
            .Order(StringComparer.Ordinal)]);

    /// <summary>A project's name without "Asm.".</summary>
    public static string Shorten(string project) => project["Asm.".Length..];
}
