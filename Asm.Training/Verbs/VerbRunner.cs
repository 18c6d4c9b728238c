using System.CommandLine;
using System.Runtime.InteropServices;
using Asm.Raster;

namespace Asm.Training.Verbs;

/// <summary>Runs the verb that the command line asks for, and turns how it ends into the exit code: 0 done, 1 failed, 2 usage, 130 interrupted.</summary>
internal static class VerbRunner
{
    /// <summary>Runs a command line.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine($"See {root.Name} {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help");
            return 2;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (AsmException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("interrupted");
            return 130;
        }
    }

    /// <summary>Sets what a verb does. Its token is cancelled by the first Ctrl-C or SIGTERM; the second Ctrl-C ends the process at once.</summary>
    public static void SetBody(this Command command, Action<ParseResult, CancellationToken> body) => command.SetAction(parsed =>
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        body(parsed, stop.Token);
        return 0;
    });
}
