namespace Asm.Tests.Fixes;

/// <summary>Marks a test that makes the program print a fix, does what it says, and sees that it works.</summary>
/// <param name="text">The fix as the sources have it; {} stands for what is put in at run time.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FixAttribute(string text) : Attribute
{
    /// <summary>The fix.</summary>
    public string Text { get; } = text;
}
