using System.Diagnostics;

namespace Asm.Tests.Support;

/// <summary>Runs the program `asm` as a user does: as a process.</summary>
internal static class AsmProgram
{
    /// <summary>Runs a command line to its end.</summary>
    public static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts a command line.</summary>
    public static Process Start(params string[] arguments) => StartOther("asm", arguments);

    /// <summary>Starts a command line of <c>asm</c> or <c>asm-train</c>.</summary>
    public static Process StartOther(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{program}.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
