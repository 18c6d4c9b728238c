namespace Asm.Projects.Runs;

/// <summary>What a run did.</summary>
/// <param name="Done">Steps that were done.</param>
/// <param name="UpToDate">Steps whose outputs were what they would be made again.</param>
/// <param name="ReportPath">The report.</param>
/// <param name="Warnings">What the user should know, in the order of the steps.</param>
public sealed record ProjectResult(int Done, int UpToDate, string ReportPath,
    IReadOnlyList<Asm.Analysis.Reporting.Run.ManifestWarning> Warnings);
