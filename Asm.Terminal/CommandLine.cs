using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Running;

namespace Asm.Terminal;

/// <summary>
/// What every verb of both programs has in common: exit codes, errors, Ctrl-C, threads and memory, help with examples, the log's format.
/// </summary>
internal static partial class CommandLine
{
    /// <summary>The work was done.</summary>
    public const int Done = 0;

    /// <summary>The work failed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C stopped the work.</summary>
    public const int Interrupted = 130;

    // Tests make command lines on several threads at once.
    private static readonly ConcurrentDictionary<Command, string[]> Examples = [];

    /// <summary>--log-format, on every verb.</summary>
    public static Option<LogFormat> LogFormatOption { get; } = LogFormats();

    /// <summary>Makes a verb whose help ends with examples.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="examples">Command lines that work.</param>
    public static Command Verb(string name, string description, params string[] examples)
    {
        var command = new Command(name, description);
        Examples[command] = examples;
        return command;
    }

    /// <summary>Adds options to a verb, in their order.</summary>
    public static void Add(this Command command, params Option[] options)
    {
        foreach (Option option in options) command.Options.Add(option);
    }

    /// <summary>Sets what a verb does that works on pixels: it gets --threads and --max-memory, and the run that they make.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="memory">The default of --max-memory, such as "450MB".</param>
    /// <param name="work">The work, with the run: threads, memory and Ctrl-C.</param>
    public static void Does(this Command command, string memory, Func<ParseResult, Reporter, RunOptions, int> work)
    {
        Option<int> threads = CommonOptions.Threads();
        Option<string> limit = CommonOptions.MaxMemory(memory);
        command.Add(threads, limit);
        command.Does((parsed, reporter, run) => work(parsed, reporter, run with
        {
            Threads = parsed.GetValue(threads),
            MaxMemoryBytes = CommonOptions.Bytes(parsed.GetRequiredValue(limit))!.Value,
        }));
    }

    /// <summary>Sets what a verb does: foreseen errors become a message and exit 1, Ctrl-C exit 130.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="work">The work, with the run: Ctrl-C, and the defaults of the rest.</param>
    public static void Does(this Command command, Func<ParseResult, Reporter, RunOptions, int> work) => command.SetAction(parsed =>
    {
        var reporter = new Reporter(parsed.GetValue(LogFormatOption), name => Spelling(command, name));
        using var interrupt = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            // A second signal ends at once what does not listen to the first one.
            if (context.Cancel) interrupt.Cancel();
            else Leftovers.RemoveAll();
        }
        using PosixSignalRegistration sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return work(parsed, reporter, new()
            {
                Cancellation = interrupt.Token,
                Notice = notice => reporter.Note($"warning: {notice}"),
            });
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            reporter.Error("interrupted");
            return Interrupted;
        }
        catch (AsmException e)
        {
            reporter.Error(e.Message);
            return Failed;
        }
        catch (Exception e) when (AsideFile.IsRefusal(e))
        {
            reporter.Error(e.Message);
            return Failed;
        }
        catch (Exception e)
        {
            // A defect of the program: people get one line to report, not a stack trace.
            reporter.Error($"unexpected {e.GetType().Name}: {e.Message}\n  fix: please report this with the command line");
            return Failed;
        }
    });

    /// <summary>Parses and runs a command line.</summary>
    public static int Invoke(RootCommand root, string[] arguments)
    {
        if (OpenFiles.Fault is { } fault)
        {
            // By itself: there may be no file left for a library that would write it.
            Console.Error.WriteLine($"error: {fault}");
            return Failed;
        }
        PlainOutput.GuardStandardOutput();
        Prepare(root);
        ParseResult parsed = root.Parse([.. arguments.Select(SystemArgument)]);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                PlainOutput.Error($"error: {InOurWords(error.Message, parsed)}");
            string verb = parsed.CommandResult.Command == root ? "" : $"{parsed.CommandResult.Command.Name} ";
            Console.Error.WriteLine($"See {root.Name} {verb}--help");
            return Usage;
        }
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>What the parser says of a value that it cannot read, without the name of a .NET type.</summary>
    private static string InOurWords(string message, ParseResult parsed)
    {
        Match match = TypeMessage().Match(message);
        if (!match.Success) return message;
        string name = match.Groups["option"].Value;
        Option? option = parsed.CommandResult.Command.Options.Append(LogFormatOption).FirstOrDefault(o => o.Name == name);
        string expected = (Nullable.GetUnderlyingType(option?.ValueType ?? typeof(string)) ?? option?.ValueType) switch
        {
            { IsEnum: true } type => $"one of {string.Join(", ", Enum.GetNames(type).Select(word => word.ToLowerInvariant()))}",
            { } type when type == typeof(double) || type == typeof(float) => "a number",
            { } type when type == typeof(bool) => "true or false",
            { IsPrimitive: true } => "a whole number, not too large",
            _ => "another value",
        };
        return $"{name} is '{PlainText.Shorten(match.Groups["value"].Value, 200)}'; expected: {expected}";
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']*)' as expected type", RegexOptions.Singleline)]
    private static partial Regex TypeMessage();

    /// <summary>A word of the command line whose path goes where the system goes: see <see cref="SystemPath"/>.</summary>
    private static string SystemArgument(string word)
    {
        int value = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        return word[..value] + SystemPath.Of(word[value..]);
    }

    /// <summary>Gives a program what all its verbs have.</summary>
    public static void Prepare(RootCommand root)
    {
        root.Options.Add(LogFormatOption);
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>How a verb spells a setting: by the short name that help shows where there is one.</summary>
    private static string Spelling(Command command, string setting) =>
        command.Options.FirstOrDefault(o => o.Name == $"--{setting}") is { Aliases: { Count: > 0 } aliases }
            ? aliases.First()
            : $"--{setting}";

    private static Option<LogFormat> LogFormats()
    {
        Option<LogFormat> option = CommonOptions.Choice<LogFormat>(
            "--log-format", "How progress and messages are told: text for people, json for programs (one object a line on standard error)");
        option.Recursive = true;
        return option;
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int exit = inner.Invoke(parseResult);
            if (Examples.TryGetValue(parseResult.CommandResult.Command, out string[]? examples) && examples.Length > 0)
            {
                TextWriter output = parseResult.InvocationConfiguration.Output;
                output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
                foreach (string example in examples) output.WriteLine($"  {example}");
                output.WriteLine();
            }
            return exit;
        }
    }
}
