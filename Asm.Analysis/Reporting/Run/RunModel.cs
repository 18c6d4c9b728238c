namespace Asm.Analysis.Reporting.Run;

/// <summary>The model of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The SHA-256 of its file, hexadecimal.</param>
public sealed record RunModel(string Name, string Sha256);
