using Asm.Raster;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asm.Maps.Documents;

/// <summary>
/// YAML that people write: settings and names, a few levels deep. It is bounded on the parser's events, before a node is built of it, for
/// nodes may be deeper than the stack, or many more than the text has letters.
/// </summary>
internal static class YamlText
{
    private const int MostBytes = 4 << 20, MostDepth = 16, MostValues = 50_000, MostKeys = 5_000;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for messages: "a project file".</param>
    /// <param name="fix">What helps where it cannot be read.</param>
    /// <exception cref="AsmException">It cannot be read, or is too large.</exception>
    public static string Read(string path, string what, string fix)
    {
        try
        {
            using FileStream file = InputPath.OpenRead(path);
            if (file.Length > MostBytes)
                throw new AsmException(path, $"is larger than {MostBytes >> 20} MB", $"{what}, of some lines",
                    "give another file, or name scenes by patterns with '*'", AsmErrorCode.Project);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}\n  expected: {what}\n  fix: {fix}", e, AsmErrorCode.InputMissing);
        }
    }

    /// <summary>Checks the bounds of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What messages call the file.</param>
    /// <returns>What the parser finds in it, in its order.</returns>
    /// <exception cref="AsmException">It is out of bounds.</exception>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static IReadOnlyList<ParsingEvent> Require(string text, string name)
    {
        var events = new List<ParsingEvent>();
        var parser = new Parser(new StringReader(text));
        // For each level that is open: whether it is a mapping, whether its next node is a key, and how many it has.
        var open = new Stack<(bool IsMapping, bool IsKey, int Keys)>();
        int documents = 0, values = 0;
        while (Next(parser, name) is { } at)
        {
            events.Add(at);
            if (at is DocumentStart && ++documents > 1) throw Fault(name, at, "begins a second YAML document", "one", "remove it");
            if (at is MappingEnd or SequenceEnd)
            {
                open.Pop();
                continue;
            }
            if (at is AnchorAlias)
                throw Fault(name, at, "repeats another value by an alias (*)", "every value where it counts", "write the value out");
            if (at is not NodeEvent node) continue;
            if (++values > MostValues)
                throw Fault(name, at, $"is the value {values:N0}", $"at most {MostValues:N0} values", "name scenes by patterns with '*'");
            if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
                throw Fault(name, at, $"has the tag '{node.Tag}'", "values without tags",
                    "remove it; text that looks like a number stands in quotes");
            if (open.Count > 0 && open.Pop() is var (isMapping, isKey, keys))
            {
                if (isMapping && isKey && node is not Scalar)
                    throw Fault(name, at, "a key is a list or a mapping", "a word before each ':'", "write the key as a word");
                if (isMapping && isKey && ++keys > MostKeys)
                    throw Fault(name, at, $"is the key {keys:N0} of one mapping", $"at most {MostKeys:N0}", "make several projects of it");
                open.Push((isMapping, isMapping && !isKey, keys));
            }
            if (node is Scalar { Value: { } value })
            {
                if (value.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')))
                    throw Fault(name, at, $"'{PlainText.Show(value)}' holds a control character", "text", "remove the character");
                continue;
            }
            if (open.Count == MostDepth)
                throw Fault(name, at, $"is {MostDepth + 1} levels deep", $"at most {MostDepth} levels",
                    "write it as the examples of the documentation are");
            open.Push((node is MappingStart, true, 0));
        }
        return events;
    }

    /// <summary>True for a value that is left empty.</summary>
    public static bool IsEmpty(ParsingEvent value) => value is Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };

    private static ParsingEvent? Next(Parser parser, string name)
    {
        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        // The parser has such errors of its own for some texts that are no YAML.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            long line = parser.Current?.End.Line ?? 1;
            throw new AsmException($"{name}, line {line}: this line or the next is no YAML"
                + "\n  expected: YAML\n  fix: correct the line: brackets and quotes that are opened must be closed",
                e, AsmErrorCode.Project);
        }
    }

    private static AsmException Fault(string name, ParsingEvent at, string found, string expected, string fix) =>
        new($"{name}, line {at.Start.Line}", found, expected, fix, AsmErrorCode.Project);
}
