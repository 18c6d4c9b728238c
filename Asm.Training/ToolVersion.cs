using System.Reflection;

namespace Asm.Training;

/// <summary>The version of this program.</summary>
internal static class ToolVersion
{
    /// <summary>Such as "0.1.0".</summary>
    public static string Current { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
