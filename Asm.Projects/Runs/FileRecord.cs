namespace Asm.Projects.Runs;

/// <summary>A file as a run saw it last.</summary>
/// <param name="Path">Relative to the run's folder, or absolute for files from outside.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">
/// When it was written, in ticks of universal time: a file with the size and the time that are known is not read again.
/// </param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
public sealed record FileRecord(string Path, long Bytes, long Modified, string Sha256);
