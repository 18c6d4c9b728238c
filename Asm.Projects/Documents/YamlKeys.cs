using System.Globalization;
using Asm.Raster;
using YamlDotNet.RepresentationModel;

namespace Asm.Projects.Documents;

/// <summary>
/// The keys of one mapping of a project file, read one after the other: values of another type and keys that nobody asked for are
/// errors that name their line.
/// </summary>
/// <remarks>
/// A reader of nodes, not a deserializer to objects: YamlDotNet's deserializer names .NET types in its errors, and a user
/// knows only keys and lines.
/// </remarks>
internal sealed class YamlKeys
{
    private readonly string _file;
    private readonly string _path;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, YamlNode> _values;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlKeys(string file, string path, YamlNode node)
    {
        (_file, _path) = (file, path);
        _node = node as YamlMappingNode
            ?? throw YamlFault.At(file, node.Start, $"{(path.Length == 0 ? "the file" : path)} is {Describe(node)}",
                "keys with values, each on a line such as 'name: value'", "see the example that asm init writes");
        _values = _node.Children.ToDictionary(c => $"{c.Key}", c => c.Value, StringComparer.Ordinal);
    }

    /// <summary>What messages call the file.</summary>
    public string File => _file;

    /// <summary>Where the mapping is, for errors about all of it.</summary>
    public YamlMappingNode Node => _node;

    /// <summary>All keys and values, for a mapping whose keys are names; each is taken as asked for.</summary>
    public IEnumerable<(string Key, YamlNode Value)> All()
    {
        foreach ((string key, YamlNode value) in _values)
        {
            _asked.Add(key);
            yield return (key, value);
        }
    }

    /// <summary>The value of a key; null where it is missing or empty.</summary>
    public YamlNode? Find(string key)
    {
        _asked.Add(key);
        YamlNode? value = _values.GetValueOrDefault(key);
        return value is YamlScalarNode
        {
            Value: null or "" or "~" or "null",
            Style: not (YamlDotNet.Core.ScalarStyle.SingleQuoted or YamlDotNet.Core.ScalarStyle.DoubleQuoted)
        }
            ? null
            : value;
    }

    /// <summary>The mapping below a key; null where it is missing.</summary>
    public YamlKeys? Keys(string key) => Find(key) is { } value ? new(_file, Join(key), value) : null;

    /// <summary>Text; null where it is missing.</summary>
    public string? Text(string key) => Find(key) is { } value ? TextOf(key, value) : null;

    /// <summary>Text that must be there.</summary>
    public string RequireText(string key) => Text(key) ?? throw Missing(key);

    /// <summary>The error of a key that must be there.</summary>
    public AsmException Missing(string key)
    {
        // A misspelt key is missing under its right name.
        return _node.Children.Keys.FirstOrDefault(k => !_asked.Contains($"{k}") && YamlFault.Nearest($"{k}", [key]) is not null) is { } near
            ? YamlFault.At(_file, near.Start, $"the key '{Join($"{near}")}' is not known", $"the key '{key}'", $"did you mean '{key}'?")
            : YamlFault.At(_file, _node.Start, $"the key '{Join(key)}' is missing",
                "a value for it", "add it; asm init writes an example with all keys");
    }

    /// <summary>A number within limits.</summary>
    public double Number(string key, double fallback, double least, double most)
    {
        if (Find(key) is not { } value) return fallback;
        if (double.TryParse(TextOf(key, value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= least && number <= most)
            return number;
        throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a number of {least} to {most}"));
    }

    /// <summary>One of some words.</summary>
    public T Choice<T>(string key, T fallback, params (string Word, T Value)[] choices)
    {
        if (Find(key) is not { } value) return fallback;
        string text = TextOf(key, value);
        foreach ((string word, T choice) in choices)
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return choice;
        throw Wrong(key, value, $"one of {string.Join(", ", choices.Select(c => c.Word))}");
    }

    /// <summary>A list; a single value counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> List(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children],
        YamlNode one => [one],
    };

    /// <summary>The error of a value that does not do.</summary>
    public AsmException Wrong(string key, YamlNode value, string expected) =>
        YamlFault.At(_file, value.Start, $"{Join(key)} is {Describe(value)}", expected, "correct the value");

    /// <summary>The text of a node, of this key or of a list below it.</summary>
    public string TextOf(string key, YamlNode value) =>
        value is YamlScalarNode { Value: { } text } ? text : throw Wrong(key, value, "text or a number");

    /// <summary>The text of a node that is the path of a file or folder.</summary>
    public string PathOf(string key, YamlNode value)
    {
        string text = TextOf(key, value);
        return text.Any(char.IsControl) ? throw Wrong(key, value, "a path on one line, without tabs") : text;
    }

    /// <summary>The text of a value that may be a list: its items with commas between them.</summary>
    public string LineOf(string key, YamlNode value) =>
        value is YamlSequenceNode list ? string.Join(',', list.Children.Select(item => TextOf(key, item))) : TextOf(key, value);

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void RequireKnown()
    {
        foreach (YamlNode key in _node.Children.Keys)
        {
            if (_asked.Contains($"{key}")) continue;
            string? near = YamlFault.Nearest($"{key}", _asked);
            throw YamlFault.At(_file, key.Start, $"the key '{Join($"{key}")}' is not known", $"one of {string.Join(", ", _asked)}",
                near is null ? "remove it, or correct its spelling" : $"did you mean '{near}'?");
        }
    }

    private string Join(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => $"'{PlainText.Show(text)}'",
        YamlScalarNode => "empty",
        YamlSequenceNode => "a list",
        _ => "a mapping of keys",
    };
}
