namespace Asm.Tests.Structure;

/// <summary>What holds for each file by itself, and for what the projects say of themselves.</summary>
public sealed class SourceTests
{
    private const int LongestLine = 140;

    [Fact]
    public void Projects_use_what_the_table_allows()
    {
        Dictionary<string, string> rows = MarkdownTable.Rows(File.ReadAllText(HouseFiles.Contributing), "project", "holds", "may use")
            .ToDictionary(row => ProjectFile.Shorten(MarkdownTable.Names(row[0])[0]), row => row[2]);
        Assert.Equal(HouseFiles.Projects.Select(project => project.ShortName).Order(), rows.Keys.Order());
        foreach (ProjectFile project in HouseFiles.Projects.Where(project => rows[project.ShortName] != "all"))
        {
            string uses = project.Uses is [] ? "nothing of ours" : string.Join(", ", project.Uses);
            Assert.Equal($"{project.Name} uses {rows[project.ShortName]}", $"{project.Name} uses {uses}");
        }
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        // A program's first file has statements and no namespace.
        string[] wrong = [.. from file in HouseFiles.Projects.SelectMany(HouseFiles.Sources)
                             where file.Namespace != file.FolderNamespace
                             where file.Namespace is not null || Path.GetFileName(file.Path) != "Program.cs"
                             select $"{file.Path} declares {file.Namespace ?? "no namespace"} instead of {file.FolderNamespace}"];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        string[] wrong = [.. from file in HouseFiles.Projects.Where(project => project.ShortName != "Tests").SelectMany(HouseFiles.Sources)
                             from line in file.Lines.Index()
                             where line.Item.Length > LongestLine
                             select $"{file.Path}({line.Index + 1}): {line.Item.Length} characters"];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }
}
