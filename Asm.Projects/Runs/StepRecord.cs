namespace Asm.Projects.Runs;

/// <summary>What a run remembers of a step that it finished.</summary>
/// <param name="Key">Hash of everything that the outputs depend on.</param>
/// <param name="Outputs">What it wrote.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Warnings">What the user was told.</param>
public sealed record StepRecord(string Key, IReadOnlyList<FileRecord> Outputs,
    double Seconds, IReadOnlyList<Asm.Analysis.Reporting.Run.ManifestWarning> Warnings);
