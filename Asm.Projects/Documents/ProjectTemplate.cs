using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Projects.Documents;

/// <summary>The commented example of a project file: what <c>asm init</c> writes.</summary>
public static class ProjectTemplate
{
    /// <summary>The text, with line feeds.</summary>
    public static string Text { get; } = Read();

    /// <summary>Writes the example.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    /// <exception cref="AsmException">The file exists or cannot be written.</exception>
    public static void Write(string path, bool overwrite = false) =>
        AsideFile.Write(path, overwrite, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Text)));

    private static string Read()
    {
        using var reader = new StreamReader(typeof(ProjectTemplate).Assembly.GetManifestResourceStream("project.yaml")!);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
