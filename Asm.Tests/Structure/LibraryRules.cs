namespace Asm.Tests.Structure;

/// <summary>
/// Which room may use which library: a table of CONTRIBUTING.md. A row holds for all assemblies whose names begin with its own, unless
/// another row fits better.
/// </summary>
internal sealed class LibraryRules(string contributing)
{
    private readonly Dictionary<string, string[]> _rooms = MarkdownTable.Rows(contributing, "library", "rooms that use it")
        .ToDictionary(row => MarkdownTable.Names(row[0])[0], row => row[1] == "tests only" ? [] : MarkdownTable.Names(row[1]));

    /// <summary>What breaks the rules: libraries without a row, uses outside of the rooms, rooms that do not use what they may.</summary>
    public IReadOnlyList<string> Broken(House house)
    {
        var broken = new List<string>();
        ILookup<string?, LibraryUse> uses = house.LibraryUses.ToLookup(use => RowOf(use.Assembly));
        broken.AddRange(uses[null].GroupBy(use => use.Assembly)
            .Select(library => $"{library.Key} has no row in the table of libraries:{Places(library)}"));
        foreach ((string library, string[] rooms) in _rooms)
        {
            LibraryUse[] outside = [.. uses[library].Where(use => !rooms.Contains(use.Room.ToString()))];
            if (outside.Length > 0)
                broken.Add($"{library} is used outside of its rooms ({string.Join(", ", rooms)}):{Places(outside)}");
            broken.AddRange(rooms.Except(uses[library].Select(use => use.Room.ToString()))
                .Select(room => $"{room} does not use {library}: take it out of the table of libraries"));
        }
        return broken;
    }

    private string? RowOf(string assembly) => _rooms.Keys
        .Where(row => $"{assembly}.".StartsWith($"{row}.", StringComparison.OrdinalIgnoreCase)).MaxBy(row => row.Length);

    private static string Places(IEnumerable<LibraryUse> uses) => string.Concat(uses.GroupBy(use => use.File)
        .Select(file => $"\n  {file.Key}: {string.Join(", ", file.Select(use => use.Type))}"));
}
