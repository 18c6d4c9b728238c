namespace Asm.Projects.Documents;

/// <summary>A season of a project.</summary>
/// <param name="Name">Its name: letters, digits, dots, dashes and underscores, for it becomes part of file names.</param>
/// <param name="Tiles">Its tiles, one at least.</param>
public sealed record ProjectSeason(string Name, IReadOnlyList<ProjectTile> Tiles);
