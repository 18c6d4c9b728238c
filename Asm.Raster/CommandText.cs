using System.Text.RegularExpressions;

namespace Asm.Raster;

/// <summary>Commands in messages, as a person copies them into a shell.</summary>
internal static partial class CommandText
{
    /// <summary>A path or name as one argument: in quotes where a shell would take it apart or read signs in it.</summary>
    public static string Quote(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        bool isPlain = Plain().IsMatch(argument) && (OperatingSystem.IsWindows() || !argument.Contains('\\', StringComparison.Ordinal));
        if (isPlain) return argument;
        // In double quotes a POSIX shell still reads these.
        return OperatingSystem.IsWindows() || argument.AsSpan().IndexOfAny("$`\"\\!") < 0
            ? $"\"{argument}\""
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}_./\\:@%+=,-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
