using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Asm.Terminal;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    /// <summary>More threads than any processor has would only take memory.</summary>
    private const int MostThreads = 256;

    /// <summary>--threads.</summary>
    public static Option<int> Threads() => Within(1, MostThreads, new("--threads")
    {
        Description = "Threads to use; results do not depend on it",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    });

    /// <summary>--overwrite.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace outputs that exist" };

    /// <summary>--no-preflight.</summary>
    public static Option<bool> NoPreflight() => new("--no-preflight")
    {
        Description = "Do not look at the scenes first: wrong offsets, scales, levels or band orders then go unnoticed"
    };

    /// <summary>--max-memory, a size that <see cref="Bytes"/> reads.</summary>
    public static Option<string> MaxMemory(string byDefault)
    {
        var option = new Option<string>("--max-memory")
        {
            Description = "Memory for pixels and the network, such as 900MB or 2GB; too little is refused before the work starts",
            DefaultValueFactory = _ => byDefault,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Bytes(result.Tokens[0].Value) is null)
                result.AddError($"--max-memory is '{result.Tokens[0].Value}'; expected: a size such as 900MB or 2GB");
        });
        return option;
    }

    /// <summary>--output, which must be given.</summary>
    public static Option<string> Output(string description) =>
        NotEmpty<string>(new("--output", "-o") { Description = description, Required = true });

    /// <summary>An option that takes a path and may be left out.</summary>
    public static Option<string?> OptionalPath(string name, string description) =>
        NotEmpty<string?>(new(name) { Description = description });

    /// <summary>An argument that takes paths: what looks like an option is a misspelt one, not a file.</summary>
    public static Argument<T> Paths<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
                if (token.Value.Length == 0) result.AddError($"{argument.Name} is empty; expected: a path");
                else if (token.Value.StartsWith('-') && !Path.Exists(token.Value))
                    result.AddError($"{token.Value} is no option of this verb");
        });
        return argument;
    }

    /// <summary>An option that takes a path, which must not be empty.</summary>
    public static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => t.Value.Length == 0)) result.AddError($"{option.Name} is empty; expected: a path");
        });
        return option;
    }

    /// <summary>One of the values of an enumeration, in lower case as people type it; the first is the default.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it decides.</param>
    public static Option<T> Choice<T>(string name, string description) where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        return new(name) { Description = $"{description} [default: {words[0]}]", HelpName = string.Join('|', words) };
    }

    /// <summary>Refuses values outside of a range.</summary>
    public static Option<int> Within(int least, int most, Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1 || !int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int value)) return;
            if (value < least || value > most) result.AddError($"{option.Name} is {value}; expected: {least} to {most}");
        });
        return option;
    }

    /// <summary>Refuses values that are no share, 0 to 1.</summary>
    public static void Share(Option<double> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value)
            && value is not (>= 0 and <= 1))
            result.AddError($"{option.Name} is {result.Tokens[0].Value}; expected: 0 to 1");
    });

    /// <summary>The bytes of a size such as 900MB; null where the text is none.</summary>
    public static long? Bytes(string text)
    {
        (string Suffix, double Factor)[] units = [("GB", 1e9), ("MB", 1e6), ("GiB", 1L << 30), ("MiB", 1L << 20)];
        foreach ((string suffix, double factor) in units)
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0)
                return (long)(value * factor);
        return null;
    }
}
