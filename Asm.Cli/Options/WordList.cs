using System.CommandLine;

namespace Asm.Cli.Options;

/// <summary>An option that takes a list of words with commas between them.</summary>
/// <param name="name">The option's name.</param>
/// <param name="words">The words and what they mean.</param>
internal sealed class WordList<T>(string name, IReadOnlyList<(string Word, T Value)> words)
{
    private string All => string.Join(", ", words.Select(w => w.Word));

    /// <summary>The option, which refuses other words.</summary>
    /// <param name="description">What the list is for; the words follow.</param>
    /// <param name="byDefault">The default.</param>
    public Option<string> Option(string description, string byDefault)
    {
        var option = new Option<string>(name) { Description = $"{description} {All}", DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1) return;
            string[] given = Split(result.Tokens[0].Value);
            if (given.Length == 0) result.AddError($"{name} names nothing; expected: a list of {All}");
            foreach (string word in given.Where(word => words.All(w => w.Word != word)))
                result.AddError($"{name} names '{word}'; expected: a list of {All}");
        });
        return option;
    }

    /// <summary>What a list means.</summary>
    public IEnumerable<T> Parse(string list) => Split(list).Select(word => words.First(w => w.Word == word).Value);

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
