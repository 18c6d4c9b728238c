namespace Asm.Cli.Installation;

/// <summary>What a check of the installation found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Health">How it is.</param>
/// <param name="Text">What was found; where it is not well, what to do.</param>
internal sealed record Finding(string Name, Health Health, string Text);
