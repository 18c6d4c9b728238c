namespace Asm.Raster;

/// <summary>
/// An error that a person can act on. The message names the file or option, what was found, what was expected and what fixes it.
/// </summary>
/// <remarks>Every error that the product foresees derives from this; anything else that escapes is a defect of the product.</remarks>
public class AsmException : Exception
{
    /// <summary>Creates the error from its whole message.</summary>
    public AsmException(string message) : base(message) { }

    /// <summary>Creates the error from its whole message and the error underneath.</summary>
    public AsmException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates the error from its parts.</summary>
    /// <param name="subject">The file, option or value that the error is about.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    public AsmException(string subject, string found, string expected, string fix)
        : base($"{subject}: {found}\n  expected: {expected}\n  fix: {fix}") { }
}
