using System.Text.RegularExpressions;

namespace Asm.Raster;

/// <summary>
/// An error that a person can act on. The message names the file or option, what was found, what was expected and what fixes it.
/// </summary>
/// <remarks>Every error that the product foresees derives from this; anything else that escapes is a defect of the product.</remarks>
public partial class AsmException : Exception
{
    /// <summary>Creates the error from its whole message.</summary>
    public AsmException(string message) : base(WithoutKeys(message)) { }

    /// <summary>Creates the error from its whole message and the error underneath.</summary>
    public AsmException(string message, Exception inner) : base(WithoutKeys(message), inner) { }

    /// <summary>Creates the error from its parts.</summary>
    /// <param name="subject">The file, option or value that the error is about.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    public AsmException(string subject, string found, string expected, string fix)
        : this($"{subject}: {found}\n  expected: {expected}\n  fix: {fix}") { }

    /// <summary>URLs without passwords and queries, which may hold keys.</summary>
    private static string WithoutKeys(string message) => message.Contains("://", StringComparison.Ordinal) ? Secrets().Replace(message, "$1$2") : message;

    [GeneratedRegex(@"(\bhttps?://)(?:[^/\s@'""]+@)?([^\s?'"",]*)(?:\?[^\s'"",:)]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
