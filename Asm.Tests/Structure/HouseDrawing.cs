using System.Text;

namespace Asm.Tests.Structure;

/// <summary>
/// The part of CONTRIBUTING.md that is written from the sources: the projects, the rooms of each, and a table of the rooms. Everything
/// stands above all that it uses. What a room is for is written by hand into the table, and kept.
/// </summary>
internal sealed class HouseDrawing(House house, IEnumerable<ProjectFile> projects)
{
    /// <summary>What the table says of a room until somebody writes what it is for.</summary>
    public const string Unwritten = "?";

    private const string Begin = "<!-- drawing: begin -->\n", End = "<!-- drawing: end -->\n";

    private readonly string[][] _projects = [.. new ArrowGraph(
        projects.Select(project => project.ShortName),
        projects.SelectMany(project => project.Uses.Select(used => (project.ShortName, used)))).Layers.Reverse()];

    /// <summary>A text with the drawing of today between its marks.</summary>
    public string Into(string text)
    {
        text = text.ReplaceLineEndings("\n");
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new FormatException($"the text lacks the marks of the drawing:\n{Begin}{End}");
        return text[..(begin + Begin.Length)] + Drawing() + "\n" + Table(Purposes(text)) + text[end..];
    }

    /// <summary>What each room is for, by the table of a text.</summary>
    public static Dictionary<string, string> Purposes(string text) =>
        MarkdownTable.Rows(text, "room", "for").ToDictionary(row => row[0], row => row[1]);

    private string Drawing()
    {
        var drawing = new StringBuilder("```\n");
        foreach (string[] layer in _projects) drawing.AppendJoin("  ", layer).Append('\n');
        int width = _projects.Max(layer => layer.Max(project => project.Length)) + 2;
        foreach (string project in _projects.SelectMany(layer => layer))
        {
            drawing.Append('\n');
            string margin = project;
            foreach (string[] layer in Layers(project))
            {
                drawing.Append(margin.PadRight(width)).AppendJoin("  ", layer).Append('\n');
                margin = "";
            }
        }
        return drawing.Append("```\n").ToString();
    }

    private string Table(Dictionary<string, string> purposes) => "| room | for |\n|---|---|\n" + string.Concat(
        from project in _projects.SelectMany(layer => layer)
        from name in Layers(project).SelectMany(layer => layer)
        let room = $"{project}/{name}"
        select $"| {room} | {purposes.GetValueOrDefault(room, Unwritten)} |\n");

    private IEnumerable<string[]> Layers(string project) => new ArrowGraph(
        house.Rooms.Where(room => room.ShortProject == project).Select(room => room.Name),
        house.RoomUses.Where(use => use.From.ShortProject == project).Select(use => (use.From.Name, use.To.Name))).Layers.Reverse();
}
