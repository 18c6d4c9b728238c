using System.Text.RegularExpressions;

namespace Asm.Raster;

/// <summary>
/// An error that a person can act on. The message names the file or setting, what was found, what was expected and what fixes it.
/// </summary>
/// <remarks>
/// Every error that the product foresees derives from this; anything else that escapes is a defect of the product. Settings stand in
/// messages by their names in backquotes, as in `cell`; a program or a project file says with <see cref="Spell"/> how they are spelt there.
/// </remarks>
public partial class AsmException : Exception
{
    /// <summary>
    /// Characters of a text that a message quotes or that a parser says, of a line, and of a whole message: a file may hold a name
    /// of a million letters.
    /// </summary>
    private const int MostQuoted = 200, MostLineLength = 2000, MostLength = 20_000;

    /// <summary>Creates the error from its whole message.</summary>
    public AsmException(string message, AsmErrorCode code = AsmErrorCode.Input) : base(Clean(message)) => Code = code;

    /// <summary>Creates the error from its whole message and the error underneath; it has that one's code where that one has one.</summary>
    public AsmException(string message, Exception inner, AsmErrorCode code = AsmErrorCode.Input)
        : base(Clean(message, inner), inner) => Code = inner is AsmException { Code: var underneath } ? underneath : code;

    /// <summary>Creates the error from its parts.</summary>
    /// <param name="subject">The file, setting or value that the error is about.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    /// <param name="code">What kind of error it is.</param>
    public AsmException(string subject, string found, string expected, string fix, AsmErrorCode code = AsmErrorCode.Input)
        : this($"{Line(subject)}: {Line(found)}\n  expected: {Line(expected)}\n  fix: {Line(fix)}", code) { }

    /// <summary>What kind of error it is, for programs: see docs/errors.md.</summary>
    public AsmErrorCode Code { get; }

    /// <summary>The error that a name is taken.</summary>
    /// <param name="path">The file that is there.</param>
    public static AsmException Exists(string path) =>
        new(path, "the file exists", "a path that is free", "give `overwrite` to replace it, or another path", AsmErrorCode.OutputExists);

    /// <summary>A message with its settings spelt as a program or a project file has them.</summary>
    /// <param name="message">A message, in which settings stand as `name`.</param>
    /// <param name="spelling">How the setting of a name is spelt, such as "--cell".</param>
    public static string Spell(string message, Func<string, string> spelling) =>
        SettingName().Replace(message, name => spelling(name.Groups[1].Value));

    /// <summary>A message as it may be shown: without keys, and with no more of a file's text than a person reads.</summary>
    private static string Clean(string message, Exception? inner = null)
    {
        // What the system says is about paths and short, what our own error says was cleaned.
        if (inner is not (null or AsmException or IOException or UnauthorizedAccessException) && inner.Message.Length > MostQuoted)
            message = message.Replace(inner.Message, PlainText.Shorten(inner.Message, MostQuoted), StringComparison.Ordinal);
        message = SecretText.Hide(message);
        if (message.Length <= MostQuoted) return message;
        string[] lines = message.Split('\n');
        for (int i = 0; i < lines.Length; i++)
            // What is to be typed stays whole.
            if (!lines[i].StartsWith("  fix: ", StringComparison.Ordinal))
                lines[i] = PlainText.Shorten(
                    Quoted().Replace(lines[i], quote => PlainText.Shorten(quote.Value, MostQuoted)), MostLineLength);
        return PlainText.Shorten(string.Join('\n', lines), MostLength);
    }

    /// <summary>A part of a message, which is one line: a name with a line feed in it must not look like a part of its own.</summary>
    private protected static string Line(string part) => part.Contains('\n', StringComparison.Ordinal) ? PlainText.Show(part) : part;

    [GeneratedRegex("'[^'\n]{200,}'|\"[^\"\n]{200,}\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("`([a-z][a-z0-9-]*)`")]
    private static partial Regex SettingName();
}
