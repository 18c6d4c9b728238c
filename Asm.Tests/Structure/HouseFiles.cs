using Asm.Tests.Support;

namespace Asm.Tests.Structure;

/// <summary>The files that the house is read from.</summary>
internal static class HouseFiles
{
    /// <summary>The folder of the solution.</summary>
    public static string Root => Repository.Folder;

    /// <summary>The file whose tables are the rules of the house.</summary>
    public static string Contributing { get; } = Path.Combine(Root, "CONTRIBUTING.md");

    /// <summary>Every project, tests and benchmarks too.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Directory.EnumerateDirectories(Root, "Asm.*").Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Select(ProjectFile.Read)];

    /// <summary>The C# sources of a project.</summary>
    public static IEnumerable<SourceFile> Sources(ProjectFile project) =>
        Files(project, "*.cs").Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))));

    /// <summary>What the build makes of a project's .proto files; each has the path of its .proto file.</summary>
    public static IEnumerable<SourceFile> Generated(ProjectFile project)
    {
        foreach (string path in Files(project, "*.proto"))
        {
            string stem = Path.GetFileNameWithoutExtension(path), name = char.ToUpperInvariant(stem[0]) + stem[1..] + ".cs";
            var built = new DirectoryInfo(Path.Combine(Root, "artifacts", "obj", project.Name));
            FileInfo newest = built.EnumerateFiles(name, SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc)
                ?? throw new FileNotFoundException($"{built} holds no {name}: build {project.Name}");
            yield return new(path, File.ReadAllText(newest.FullName));
        }
    }

    private static IEnumerable<string> Files(ProjectFile project, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, project.Name), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
