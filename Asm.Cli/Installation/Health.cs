namespace Asm.Cli.Installation;

/// <summary>How a part of the installation is.</summary>
internal enum Health
{
    /// <summary>It works.</summary>
    Good,

    /// <summary>It is missing, and the program does without it or without some of its verbs.</summary>
    Missing,

    /// <summary>It does not work and is needed.</summary>
    Bad,
}
