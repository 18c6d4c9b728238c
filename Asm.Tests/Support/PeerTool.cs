using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Asm.Tests.Support;

/// <summary>Independent programs (GDAL's tools, Python) that serve as oracles; tests that need one skip by name where it is missing.</summary>
internal static class PeerTool
{
    /// <summary>Runs a tool and returns its standard output; skips the test where the tool is not installed, fails it where the tool fails.</summary>
    public static string Run(string tool, params string[] arguments)
    {
        (int exit, string output, string error) = TryRun(tool, arguments);
        if (Regex.Match(error, "ModuleNotFoundError: No module named '([^']+)'") is { Success: true } missing)
            Assert.Skip($"needs the Python package {missing.Groups[1].Value}, which is not installed");
        Assert.True(exit == 0, $"{tool} {string.Join(' ', arguments)} exited {exit}: {error}{output}");
        return output;
    }

    /// <summary>Runs a tool and returns exit code, standard output and standard error; skips the test where the tool is not installed.</summary>
    public static (int Exit, string Output, string Error) TryRun(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"needs the tool {tool}, which is not installed");
            throw;
        }
    }
}
