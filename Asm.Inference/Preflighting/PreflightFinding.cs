namespace Asm.Inference.Preflighting;

/// <summary>One thing that is wrong, or may be wrong, with a scene.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Check">Which check found it; see docs/preflight.md.</param>
/// <param name="Found">What was found, with figures.</param>
/// <param name="Expected">What was expected, with the limit.</param>
/// <param name="Fix">What the user can do.</param>
public sealed record PreflightFinding(PreflightSeverity Severity, PreflightCheck Check, string Found, string Expected, string Fix)
{
    /// <summary>The finding as a line that does not stop a run.</summary>
    internal string NoteOn(string scene) => $"{(Severity == PreflightSeverity.Warning ? "warning" : "note")}: {scene}: {this}";

    /// <summary>The finding as errors of the program are written.</summary>
    public override string ToString() => $"{Found}\n  expected: {Expected}\n  fix: {Fix}";
}
