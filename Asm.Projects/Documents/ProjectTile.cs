namespace Asm.Projects.Documents;

/// <summary>A tile of a season.</summary>
/// <param name="Name">Its name, such as "30NXM".</param>
/// <param name="Scenes">Stacks or products of the tile, one a date, one at least.</param>
public sealed record ProjectTile(string Name, IReadOnlyList<string> Scenes);
