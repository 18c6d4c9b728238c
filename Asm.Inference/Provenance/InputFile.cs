namespace Asm.Inference;

/// <summary>A file that an output was made from.</summary>
/// <param name="Name">Its name without folders, so that the same inputs give the same bytes wherever they lie.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record InputFile(string Name, string Sha256);
