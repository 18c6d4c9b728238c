using System.Diagnostics;
using System.Text.RegularExpressions;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>What tests of fixes have in common: a folder, and the programs run in it as a user runs them.</summary>
public abstract class FixTrial : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HashSet<string> _seen = [];

    /// <summary>The path of a file in the test's folder.</summary>
    protected string PathOf(string name) => _folder.File(name);

    private protected TempFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Passed)
            Assert.All(FixesOfThisTest(), fix => Assert.True(_seen.Contains(fix), $"the test has passed without seeing '{fix}'"));
    }

    /// <summary>Runs asm, which must fail and print one of the test's fixes.</summary>
    protected string Fails(params string[] arguments) => FailsWith("asm.dll", arguments);

    /// <summary>Runs asm, which must succeed.</summary>
    protected string Works(params string[] arguments) => WorksWith("asm.dll", arguments);

    /// <summary>Runs asm, which must succeed and print one of the test's fixes with a warning.</summary>
    protected string Warns(params string[] arguments) => Seen(Works(arguments));

    /// <summary>Calls what a program of somebody else may call; it must be refused with one of the test's fixes.</summary>
    protected string Refuses(Action call) => Seen(Assert.ThrowsAny<Asm.Raster.AsmException>(call).Message);

    /// <summary>Runs asm-train, which must fail and print one of the test's fixes.</summary>
    protected string TrainFails(params string[] arguments) => FailsWith("asm-train.dll", arguments);

    /// <summary>Runs asm-train, which must succeed.</summary>
    protected string TrainWorks(params string[] arguments) => WorksWith("asm-train.dll", arguments);

    /// <summary>Runs a program that a fix names; the test is skipped by name where it is not installed.</summary>
    protected string Run(string tool, params string[] arguments)
    {
        if (!Path.IsPathRooted(tool) && Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).All(path => !File.Exists(Path.Combine(path, tool))))
            Assert.Skip($"needs the tool {tool}, which is not installed");
        (int exit, string said) = Start(tool, arguments);
        if (Regex.Match(said, "ModuleNotFoundError: No module named '([^']+)'") is { Success: true } missing)
            Assert.Skip($"needs the Python package {missing.Groups[1].Value}, which is not installed");
        Assert.True(exit == 0, $"{tool} {string.Join(' ', arguments)} exited {exit}: {said}");
        return said;
    }

    /// <summary>Runs asm in a shell that has run a command before, such as one that sets a limit; it must fail and print one of the test's fixes.</summary>
    protected string FailsIn(string shell, params string[] arguments) => Failed(StartIn(shell, arguments), arguments);

    /// <summary>Runs asm in a shell that has run a command before; it must succeed.</summary>
    protected string WorksIn(string shell, params string[] arguments) => Worked(StartIn(shell, arguments), arguments);

    private string FailsWith(string program, string[] arguments) => Failed(Start("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]), arguments);

    private string WorksWith(string program, string[] arguments) => Worked(Start("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]), arguments);

    private string Failed((int Exit, string Said) run, string[] arguments)
    {
        (int exit, string said) = run;
        Assert.True(exit is 1 or 2, $"{string.Join(' ', arguments)} exited {exit}: {said}");
        Assert.DoesNotContain("please report", said, StringComparison.Ordinal);
        return Seen(said);
    }

    private string Seen(string said)
    {
        string[] fixes = [.. FixesOfThisTest()], seen = [.. fixes.Where(fix => Regex.IsMatch(said, Pattern(fix)))];
        _seen.UnionWith(seen);
        Assert.True(seen.Length > 0, $"prints none of\n  {string.Join("\n  ", fixes)}\nbut\n{said}");
        return said;
    }

    private static string Worked((int Exit, string Said) run, string[] arguments)
    {
        Assert.True(run.Exit == 0, $"{string.Join(' ', arguments)} exited {run.Exit}: {run.Said}");
        return run.Said;
    }

    private (int Exit, string Said) StartIn(string shell, string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        return Start("bash", ["-c", $"{shell} && exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "asm.dll"), .. arguments]);
    }

    private (int Exit, string Said) Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullPath };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error.Result + output);
    }

    private static IEnumerable<string> FixesOfThisTest() =>
        from mark in ((Xunit.v3.IXunitTestMethod)TestContext.Current.TestMethod!).Method.GetCustomAttributesData()
        where mark.AttributeType == typeof(FixAttribute)
        select (string)mark.ConstructorArguments[0].Value!;

    // Settings stand in backquotes in the sources, and as --name, -n or key.name in what a program prints.
    private static string Pattern(string fix) => string.Join("[^\n]*?", Regex.Split(fix, @"\{\}|`[a-z][a-z0-9-]*`").Select(Regex.Escape));
}
