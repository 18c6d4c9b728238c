using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace Asm.Training.Configuration;

/// <summary>What is wrong with a line of YAML, in the user's words: YamlDotNet names .NET types, and the user knows only keys.</summary>
internal static class FitConfigFault
{
    private const string Keys = "the keys of asm-train fit, with values of their type";

    /// <summary>What was found, a line break, and what was expected.</summary>
    /// <param name="yaml">The whole text.</param>
    /// <param name="fault">What YamlDotNet says of it.</param>
    public static string Explain(string yaml, YamlException fault)
    {
        string message = (fault.InnerException ?? fault).Message;
        int type = message.IndexOf(" not found on type", StringComparison.Ordinal);
        if (type >= 0) return Text($"unknown key {message[..type].Replace("Property ", "", StringComparison.Ordinal)}", Keys);
        return Find(yaml, fault.Start) is var (key, node, expected)
            ? Text($"{(key.Length == 0 ? "the file" : key)} is {Describe(node)}", Describe(expected))
            : Text(message.TrimEnd('.'), Keys);
    }

    private static string Text(string found, string expected) => $"{found}\n  expected: {expected}";

    // The value at a place, with its key and the type that it should have; null where the text is no YAML, or the
    // place none of a known key.
    private static (string Key, YamlNode Node, Type Expected)? Find(string yaml, Mark at)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 0 ? null : Find("", stream.Documents[0].RootNode, typeof(FitConfig), at);
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static (string Key, YamlNode Node, Type Expected)? Find(string key, YamlNode node, Type expected, Mark at)
    {
        if (node.Start.Line == at.Line && node.Start.Column == at.Column) return (key, node, expected);
        IEnumerable<(string Key, YamlNode Node, Type? Expected)> parts = node switch
        {
            YamlMappingNode mapping => mapping.Children.Select(c => (Join(key, $"{c.Key}"), c.Value, PropertyType(expected, $"{c.Key}"))),
            YamlSequenceNode sequence => sequence.Children.Select((c, i) => ($"{key}[{i + 1}]", c, expected.GetElementType())),
            _ => [],
        };
        return parts.Where(p => p.Expected is not null)
            .Select(p => Find(p.Key, p.Node, p.Expected!, at)).FirstOrDefault(f => f is not null);
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}.{name}";

    private static Type? PropertyType(Type type, string key) =>
        type.GetProperties().FirstOrDefault(p => UnderscoredNamingConvention.Instance.Apply(p.Name) == key)?.PropertyType;

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping of keys",
    };

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type).Select(UnderscoredNamingConvention.Instance.Apply))}";
        if (type.IsArray) return "a list";
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(double)) return "a number";
        return type.IsPrimitive
            ? "a whole number, not too large"
            : "a mapping of the "
                + $"keys {string.Join(", ", type.GetProperties().Select(p => UnderscoredNamingConvention.Instance.Apply(p.Name)))}";
    }
}
