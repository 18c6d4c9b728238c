using Asm.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Asm.Tests.Structure;

/// <summary>What the documents show in C# compiles: each block is a program of its own, as somebody would paste it.</summary>
public sealed class DocumentationCodeTests
{
    /// <summary>As the compiler tells that a using is not needed; it hides it otherwise.</summary>
    private const string UnusedUsing = "CS8019";

    private static readonly CSharpParseOptions s_language = new(LanguageVersion.Latest);

    private static readonly SyntaxTree s_implicitUsings = CSharpSyntaxTree.ParseText(
        string.Concat(
            new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks" }
                .Select(name => $"global using global::System{name};\n")),
        s_language);

    // The framework and everything that the tests run with: what an embedder of all projects has.
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Asm.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string, int> Blocks =>
        [.. Documents.SelectMany(document => Code(document).Select(block => (document, block.Line)))];

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Repository.File("docs"), "*.md").Order(StringComparer.Ordinal)
            .Select(path => $"docs/{Path.GetFileName(path)}").Prepend("README.md");

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Code_in_a_document_compiles(string document, int line)
    {
        string code = Code(document).Single(block => block.Line == line).Text;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(code), s_language, document, cancellation);
        var program = CSharpCompilation.Create(
            "Embedder", [s_implicitUsings, tree], s_references,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string[] faults =
        [
            .. program.GetDiagnostics(cancellation)
                .Where(d => d.Location.SourceTree == tree && (d.Severity >= DiagnosticSeverity.Warning || d.Id == UnusedUsing))
                .Select(d => $"{document}:{line + d.Location.GetLineSpan().StartLinePosition.Line}: {d.Id} {d.GetMessage()}"),
        ];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/embedding.md", 12)]
    [InlineData("docs/report.md", 1)]
    public void The_blocks_that_are_known_are_found(string document, int least)
    {
        int found = Code(document).Count();
        Assert.True(found >= least, $"{document}: {found} blocks of C# were found, {least} or more were expected");
    }

    /// <summary>The blocks of C# of a document, and the lines of it that they begin in.</summary>
    private static IEnumerable<(int Line, string Text)> Code(string document)
    {
        string[] lines = File.ReadAllLines(Repository.File(document));
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```csharp") continue;
            int end = Array.FindIndex(lines, i, text => text.Trim() == "```");
            Assert.True(end > 0, $"{document}:{i + 1}: the block does not end");
            yield return (i + 2, string.Join('\n', lines[(i + 1)..end]));
        }
    }
}
