using System.Runtime.InteropServices;

namespace Asm.Raster;

/// <summary>
/// How many files the system lets the program have open. The libraries of the program alone are more than a hundred, and are opened when
/// they are first needed: where inputs took all there is, the program could not even say so.
/// </summary>
internal static partial class OpenFiles
{
    private const int OfProgram = 150, Least = 200;

    private static readonly long s_limit = Limit();

    /// <summary>What is wrong with the limit, with what is expected and what helps; null where it will do.</summary>
    public static string? Fault => s_limit >= Least ? null
        : $"the system lets a program open {s_limit} files at a time\n  expected: {Least} or more\n"
            + "  fix: raise the limit, as with ulimit -n 1024, in the shell that starts the program";

    /// <summary>How many inputs may be open at a time.</summary>
    public static long Inputs => s_limit - OfProgram;

    private static long Limit()
    {
        if (OperatingSystem.IsWindows()) return long.MaxValue;
        // RLIMIT_NOFILE. The runtime has raised the soft limit as far as it may.
        int kind = OperatingSystem.IsLinux() ? 7 : 8;
        return GetLimit(kind, out Limits files) == 0 && files.Soft < long.MaxValue ? (long)files.Soft : long.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int kind, out Limits limits);

    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
