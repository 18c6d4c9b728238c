using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Asm.Tests.Structure;

/// <summary>
/// The projects as their sources have them: the rooms, and who uses what. All sources are read as one program, so that a name means what
/// it means to the compiler.
/// </summary>
internal sealed class House
{
    // What ImplicitUsings brings into each file.
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<MetadataReference[]> References =
        new(() => [.. Assemblies().Select(path => MetadataReference.CreateFromFile(path))]);

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    private static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable);

    private House(Room[] rooms, RoomUse[] roomUses, LibraryUse[] libraryUses, string[] unknown) =>
        (Rooms, RoomUses, LibraryUses, Unknown) = (rooms, roomUses, libraryUses, unknown);

    /// <summary>The sources as the compiler has them.</summary>
    public required CSharpCompilation Program { get; init; }

    /// <summary>Each source that is looked at, with its syntax.</summary>
    public required IReadOnlyList<(SourceFile File, SyntaxTree Tree)> Trees { get; init; }

    /// <summary>Every room that holds a source, by name.</summary>
    public IReadOnlyList<Room> Rooms { get; }

    /// <summary>Uses across rooms of one project, by file and type.</summary>
    public IReadOnlyList<RoomUse> RoomUses { get; }

    /// <summary>Uses of libraries, by file and type.</summary>
    public IReadOnlyList<LibraryUse> LibraryUses { get; }

    /// <summary>Names that could not be bound, each with its place.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Reads the product of this repository.</summary>
    public static House OfRepository()
    {
        ProjectFile[] product = [.. HouseFiles.Projects.Where(project => project.IsProduct)];
        return Read([.. product.SelectMany(HouseFiles.Sources)], [.. product.SelectMany(HouseFiles.Generated)]);
    }

    /// <summary>Reads sources; those generated are known to the others and are not looked at themselves.</summary>
    public static House Read(IReadOnlyList<SourceFile> sources, IReadOnlyList<SourceFile>? generated = null)
    {
        SourceFile[] files = [.. sources, .. generated ?? []];
        SyntaxTree[] trees =
            [.. files.AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path))];
        Dictionary<SyntaxTree, SourceFile> homes = trees.Zip(files).ToDictionary(pair => pair.First, pair => pair.Second);
        var program = CSharpCompilation.Create(
            "House", [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions)], References.Value, CompilationOptions);

        (SourceFile File, TypeNames Names)[] read = [.. trees.Take(sources.Count).AsParallel().AsOrdered().Select(tree =>
        {
            var names = new TypeNames(program.GetSemanticModel(tree));
            names.Visit(tree.GetRoot());
            return (homes[tree], names);
        })];

        var roomUses = new List<RoomUse>();
        var libraryUses = new List<LibraryUse>();
        foreach ((SourceFile file, TypeNames names) in read)
            foreach (INamedTypeSymbol type in names.Types.OrderBy(type => type.Name, StringComparer.Ordinal))
                if (type.DeclaringSyntaxReferences is [var declared, ..])
                {
                    Room home = homes[declared.SyntaxTree].Room;
                    if (home != file.Room && home.Project == file.Room.Project) roomUses.Add(new(file.Path, file.Room, home, type.Name));
                }
                else if (LibraryOf(type, program) is { } library)
                {
                    libraryUses.Add(new(file.Path, file.Room, library, type.Name));
                }
        Room[] rooms = [.. sources.Select(file => file.Room).Distinct().OrderBy(room => room.ToString(), StringComparer.Ordinal)];
        return new(rooms, [.. roomUses], [.. libraryUses], [.. read.SelectMany(file => file.Names.Unknown)])
        {
            Program = program,
            Trees = [.. sources.Zip(trees)],
        };
    }

    // Assemblies that lie beside the runtime's own belong to the framework; all others are libraries.
    private static string? LibraryOf(INamedTypeSymbol type, CSharpCompilation program) =>
        type.ContainingAssembly is { } assembly
            && program.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path }
            && Path.GetDirectoryName(path) != Framework ? assembly.Name : null;

    // What this process runs on: the framework and every library of the product, without the product.
    private static IEnumerable<string> Assemblies() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileNameWithoutExtension(path)
        where name is not ("asm" or "asm-train") && !name.StartsWith("Asm.", StringComparison.Ordinal)
        select path;
}
