namespace Asm.Analysis.Reporting.Run;

/// <summary>Accuracy of a map from points.</summary>
/// <param name="Map">The name of the season, or BEFORE-AFTER of the change, that was assessed.</param>
/// <param name="Assessment">The JSON that <c>asm assess --json</c> wrote.</param>
public sealed record RunAccuracy(string Map, string Assessment);
