using Asm.Raster;

namespace Asm.Training.Evaluation;

/// <summary>A file and the name that reports call it by.</summary>
/// <param name="Name">The name.</param>
/// <param name="File">The path.</param>
internal sealed record NamedPath(string Name, string File)
{
    /// <summary>Reads "NAME=PATH", or "PATH", whose name is the file's without its ending.</summary>
    public static NamedPath Parse(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || at == text.Length - 1 || System.IO.File.Exists(text)
            ? new(Path.GetFileNameWithoutExtension(text), text)
            : new(text[..at].Trim(), text[(at + 1)..]);
    }

    /// <summary>Refuses a name that stands for two things.</summary>
    /// <exception cref="AsmException">There is one; the message names it.</exception>
    public static void RequireDistinct(IEnumerable<string> names, string subject, string fix)
    {
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new AsmException(subject, $"the name {twice.Key} stands for {twice.Count()} of them",
                "names that differ", fix);
    }
}
