using System.Text.RegularExpressions;

namespace Asm.Hardening.Campaigns;

/// <summary>What became of a mutant.</summary>
/// <param name="Kind">"read" or "refused", which are right; anything else is a defect.</param>
/// <param name="Detail">Of a defect, what was seen.</param>
internal readonly partial record struct Outcome(string Kind, string Detail = "")
{
    private const int LongestMessage = 4000;

    /// <summary>Whether this is a defect.</summary>
    public bool IsDefect => Kind is not ("read" or "refused");

    /// <summary>Judges an exit code, what was said, and what was left.</summary>
    public static Outcome Of(Mutant mutant, int exit, string said)
    {
        if (exit is not (0 or 1 or 2)) return new("crash", $"exit {exit}: {Line(said)}");
        if (said.Contains("unexpected", StringComparison.Ordinal) && said.Contains("please report", StringComparison.Ordinal))
            return new("unexpected", Line(said));
        if (Unclean().Match(said) is { Success: true } unclean)
            return new("control character", $"U+{(int)unclean.Value[0]:X4} in {Line(said)}");
        if (said.Length > LongestMessage && exit != 0) return new("long message", $"{said.Length} characters: {Line(said)}");
        if (mutant.Leftovers(exit != 0).FirstOrDefault() is { } left) return new("leftover", left);
        if (exit == 0) return new("read");
        if (said.Length == 0) return new("silent", $"exit {exit} without a word");
        return said.Contains("seed-", StringComparison.Ordinal) ? new("refused") : new("nameless", Line(said));
    }

    private static string Line(string said) =>
        said.ReplaceLineEndings(" ") is { Length: > 300 } text ? text[..300] : said.ReplaceLineEndings(" ");

    [GeneratedRegex(@"[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE]")]
    private static partial Regex Unclean();
}
