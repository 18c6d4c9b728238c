using System.Diagnostics;
using System.Text.Json;
using Asm.Maps.Stages;
using Asm.Raster;
using Spectre.Console;

namespace Asm.Terminal;

/// <summary>
/// Tells progress and messages on standard error, so that standard output holds results only: a live bar with the time left on a terminal,
/// a plain line every few seconds where output goes to a file, JSON lines on request.
/// </summary>
/// <param name="format">Text or JSON.</param>
/// <param name="spelling">How the verb spells a setting that a message names.</param>
internal sealed class Reporter(LogFormat format, Func<string, string> spelling)
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private readonly IAnsiConsole _terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Says something worth knowing.</summary>
    public void Note(string message)
    {
        message = AsmException.Spell(message, spelling);
        if (format == LogFormat.Json) WriteJson(new { level = "info", message = SecretText.Hide(message) });
        else PlainOutput.Error(message);
    }

    /// <summary>Says what failed.</summary>
    public void Error(string message)
    {
        message = AsmException.Spell(message, spelling);
        if (format == LogFormat.Json) WriteJson(new { level = "error", message = SecretText.Hide(message) });
        else PlainOutput.Error($"error: {message}");
    }

    /// <summary>Runs a stage and shows how far it is.</summary>
    public TResult Run<TStage, TResult>(Stage<TStage, TResult> stage, RunOptions run, string? title = null)
        where TStage : Stage<TStage, TResult> =>
        Track(title ?? stage.Verb, progress => stage.Run(run with { Progress = progress }));

    /// <summary>Runs work that takes a while and shows how far it is.</summary>
    public T Track<T>(string title, Func<IProgress<RunProgress>, T> work)
    {
        if (format == LogFormat.Json)
            return work(new Sink(p => WriteJson(new { level = "progress", stage = title, done = p.Done, total = p.Total }),
                TimeSpan.FromSeconds(1)));
        if (Console.IsErrorRedirected)
        {
            var clock = Stopwatch.StartNew();
            return work(new Sink(
                p => PlainOutput.Error($"{title}: {100 * p.Done / Math.Max(1, p.Total)} %{Left(clock.Elapsed, p)}"), LineEvery));
        }
        return _terminal.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(TaskName(title));
                return work(new Sink(p => (task.MaxValue, task.Value) = (Math.Max(1, p.Total), p.Done), TimeSpan.FromMilliseconds(100)));
            });
    }

    /// <summary>A name as a live bar shows it: one line of plain text, no markup.</summary>
    public static string TaskName(string name) => Markup.Escape(PlainText.Show(name));

    /// <summary>How progress is told.</summary>
    public LogFormat Format => format;

    /// <summary>Runs work that shows itself on a terminal, in bars of its own.</summary>
    /// <param name="work">Is given the live view, or null where there is no terminal.</param>
    public T Live<T>(Func<ProgressContext?, T> work) => format == LogFormat.Json || Console.IsErrorRedirected
        ? work(null)
        : _terminal.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(context));

    private static string Left(TimeSpan elapsed, RunProgress progress) =>
        progress.Done == 0 || progress.Done >= progress.Total
            ? ""
            : $", {TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds / progress.Done * (progress.Total - progress.Done))):g} left";

    // JSON escapes all that is not ASCII.
    private static void WriteJson(object line) => Console.Error.WriteLine(JsonSerializer.Serialize(line));

    /// <summary>Passes progress on at most once an interval, and always at the end.</summary>
    private sealed class Sink(Action<RunProgress> tell, TimeSpan interval) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private long _last = Stopwatch.GetTimestamp();
        private bool _ended;

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                // Work whose extent was guessed may report its end more than once.
                if (_ended || (value.Done < value.Total && Stopwatch.GetElapsedTime(_last) < interval)) return;
                _ended = value.Done >= value.Total;
                _last = Stopwatch.GetTimestamp();
                tell(value);
            }
        }
    }
}
