using System.Diagnostics;
using System.Text;
using Asm.Cli.Verbs;
using Asm.Terminal;
using Asm.Training.Verbs;

namespace Asm.Hardening.Campaigns;

/// <summary>
/// Tries mutants one after the other in this process, or by the programs, and says line by line what it begins and what came out, so that
/// whoever started it knows which mutant ended the process.
/// </summary>
internal sealed class Worker(Target target, string folder, bool byProgram) : IDisposable
{
    /// <summary>The longest that one mutant may take, and the most memory.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="MaxTime"/>
    public const long MaxBytes = 1L << 30;

    private readonly StreamWriter _lines = new(Console.OpenStandardOutput()) { AutoFlush = true };
    private long _started;

    /// <summary>Tries the mutants of these numbers.</summary>
    public void Run(int from, int to)
    {
        // What is sound must be read; and what loads slowly, once, is then loaded.
        foreach (string seed in byProgram ? [] : target.Seeds)
        {
            Mutant sound = Mutant.Sound(seed, Path.Combine(folder, "mutant"));
            (int exit, string said) = InProcess(sound);
            if (exit != 0) throw new InvalidOperationException($"the seed {seed} is not read: {said}");
        }
        if (!byProgram) new Thread(Watch) { IsBackground = true }.Start();
        for (int number = from; number < to; number++)
        {
            // Memory that the last one left is not this one's.
            if (Environment.WorkingSet > MaxBytes / 2) GC.Collect();
            Mutant mutant = Mutant.Make(target, number, Path.Combine(folder, "mutant"));
            _lines.WriteLine($"begin\t{number}\t{mutant.Damaged}");
            long started = Stopwatch.GetTimestamp();
            Volatile.Write(ref _started, started);
            long peak = 0;
            (int exit, string said) = byProgram ? ByProgram(mutant, out peak) : InProcess(mutant);
            Volatile.Write(ref _started, 0);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            Outcome outcome = exit == Killed ? new(said) : Outcome.Of(mutant, exit, said);
            if (!byProgram) peak = Environment.WorkingSet;
            _lines.WriteLine($"end\t{number}\t{outcome.Kind}\t{took.TotalMilliseconds:0}\t{peak >> 20}\t{outcome.Detail}");
        }
    }

    public void Dispose() => _lines.Dispose();

    private const int Killed = int.MinValue;

    private (int Exit, string Said) InProcess(Mutant mutant)
    {
        TextWriter output = Console.Out, error = Console.Error;
        var said = new StringBuilder();
        using var writer = TextWriter.Synchronized(new StringWriter(said));
        Console.SetOut(writer);
        Console.SetError(writer);
        Directory.SetCurrentDirectory(mutant.Folder);
        try
        {
            string[] arguments = target.Arguments[1..];
            int exit = target.Arguments[0] == "asm"
                ? CommandLine.Invoke(AsmVerbs.Create(arguments[0]), arguments)
                : AsmTrain.Run(arguments);
            return (exit, said.ToString());
        }
        finally
        {
            Directory.SetCurrentDirectory(AppContext.BaseDirectory);
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private (int Exit, string Said) ByProgram(Mutant mutant, out long peakBytes)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = mutant.Folder
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, target.Arguments[0] + ".dll"));
        foreach (string argument in target.Arguments[1..]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        long started = Stopwatch.GetTimestamp();
        peakBytes = 0;
        string? killed = null;
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            // Between the wait and the look it may have ended, and has no memory any more.
            try { peakBytes = Math.Max(peakBytes, process.WorkingSet64); }
            catch (InvalidOperationException) { continue; }
            killed = peakBytes > MaxBytes ? "memory" : Stopwatch.GetElapsedTime(started) > MaxTime ? "hang" : null;
            if (killed is null) continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            break;
        }
        return killed is null ? (process.ExitCode, error.Result + output.Result) : (Killed, killed);
    }

    // A mutant that hangs or eats memory ends the process: nothing less stops it.
    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(20);
            long started = Volatile.Read(ref _started);
            if (started == 0) continue;
            string? defect = Environment.WorkingSet > MaxBytes ? "memory" : Stopwatch.GetElapsedTime(started) > MaxTime ? "hang" : null;
            if (defect is null) continue;
            _lines.WriteLine($"stop\t{defect}");
            Process.GetCurrentProcess().Kill();
        }
    }
}
