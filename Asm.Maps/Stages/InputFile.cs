namespace Asm.Maps.Stages;

/// <summary>A file that an output was made from.</summary>
/// <param name="Name">
/// Its name without folders, so that the same inputs give the same bytes wherever they lie; for a file on a server its URL without query.
/// </param>
/// <param name="Sha256">
/// SHA-256 of its bytes, 64 lower-case hexadecimal digits; null for a file on a server, of which only parts are read.
/// </param>
/// <param name="Version">What the server says of the file's state (size, ETag or time of change); null for a file on disk.</param>
public sealed record InputFile(string Name, string? Sha256, string? Version = null);
