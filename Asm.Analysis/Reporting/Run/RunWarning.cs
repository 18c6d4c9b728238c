namespace Asm.Analysis.Reporting.Run;

/// <summary>Something the reader should know.</summary>
/// <param name="Subject">The file, tile or season.</param>
/// <param name="Text">What was found, what was expected, what helps.</param>
public sealed record RunWarning(string Subject, string Text);
