using Asm.Maps.Stages;

namespace Asm.Analysis.Reporting.Run;

/// <summary>A scene behind a season.</summary>
/// <param name="Tile">The tile's name.</param>
/// <param name="Name">The name of the stack or product.</param>
/// <param name="Inputs">The files with their SHA-256.</param>
public sealed record RunDate(string Tile, string Name, IReadOnlyList<InputFile> Inputs);
