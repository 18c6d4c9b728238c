namespace Asm.Tests.Structure;

/// <summary>What holds for each file by itself, and for what the projects say of themselves.</summary>
public sealed class SourceTests
{
    private const int LongestLine = 140;

    /// <summary>What opens and creates rasters of one format, behind the door that is RasterFiles.</summary>
    private static readonly string[] BehindTheDoor = ["GeoTiffSource.Open(", "Jpeg2000Source.Open(", "CogSink.Create("];

    /// <summary>Files that pass by the door, each with its reason.</summary>
    private static readonly Dictionary<string, string> PassBy = new()
    {
        ["Asm.Inference/Preparation/Products/BandOpener.cs"] = "bands have grids, threads and rows kept that the door has no options for",
        ["Asm.Inference/Preparation/Products/ZipFiles.cs"] = "a JPEG 2000 file out of a zip file is open already, and has no name",
    };

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
    public void Rasters_are_opened_and_created_by_the_door()
    {
        // Tests try the formats one by one, and benchmarks measure them.
        string[] wrong = [.. from file in HouseFiles.Projects.Where(project => project.ShortName is not ("Raster" or "Tests" or "Benchmarks"))
                                 .SelectMany(HouseFiles.Sources)
                             where !PassBy.ContainsKey(file.Path)
                             from call in BehindTheDoor
                             where file.Text.Contains(call, StringComparison.Ordinal)
                             select $"{file.Path} calls {call}...): use run.Open or run.Create of RasterFiles, or give the reason here"];
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
