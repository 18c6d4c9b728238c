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
    /// <summary>Creates the error from its whole message.</summary>
    public AsmException(string message, AsmErrorCode code = AsmErrorCode.Input) : base(WithoutKeys(message)) => Code = code;

    /// <summary>Creates the error from its whole message and the error underneath; it has that one's code where that one has one.</summary>
    public AsmException(string message, Exception inner, AsmErrorCode code = AsmErrorCode.Input)
        : base(WithoutKeys(message), inner) => Code = inner is AsmException { Code: var underneath } ? underneath : code;

    /// <summary>Creates the error from its parts.</summary>
    /// <param name="subject">The file, setting or value that the error is about.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    /// <param name="code">What kind of error it is.</param>
    public AsmException(string subject, string found, string expected, string fix, AsmErrorCode code = AsmErrorCode.Input)
        : this($"{subject}: {found}\n  expected: {expected}\n  fix: {fix}", code) { }

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

    /// <summary>URLs without passwords and queries, which may hold keys.</summary>
    private static string WithoutKeys(string message) =>
        message.Contains("://", StringComparison.Ordinal) ? Secrets().Replace(message, "$1$2") : message;

    [GeneratedRegex(@"(\bhttps?://)(?:[^/\s@'""]+@)?([^\s?'"",]*)(?:\?[^\s'"",:)]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();

    [GeneratedRegex("`([a-z][a-z0-9-]*)`")]
    private static partial Regex SettingName();
}
