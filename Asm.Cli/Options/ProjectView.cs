using System.Diagnostics;
using System.Text.Json;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Terminal;
using Spectre.Console;

namespace Asm.Cli.Options;

/// <summary>
/// Shows a run: on a terminal a line for all of it and one for each step at work, with the time left; else a line for each
/// step that begins or ends.
/// </summary>
/// <param name="format">Text or JSON.</param>
/// <param name="context">The live view; null where there is no terminal.</param>
internal sealed class ProjectView(LogFormat format, ProgressContext? context) : IProjectObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _parts = new(StringComparer.Ordinal);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ProgressTask? _all;
    private double _total, _done;
    private int _steps, _ended;

    /// <inheritdoc/>
    public void Planned(ProjectForecast forecast)
    {
        lock (_lock)
        {
            _steps = forecast.Plan.Steps.Count;
            _total = forecast.Plan.Steps.Where(s => forecast.ToDo.Contains(s.Id)).Sum(s => s.Need.CpuSeconds);
            Say(new { level = "info", message = $"{forecast.ToDo.Count} of {_steps} steps to do, about {forecast.Seconds:0} s" },
                $"{forecast.ToDo.Count} of {_steps} steps to do, about {TimeSpan.FromSeconds(Math.Ceiling(forecast.Seconds)):g}");
            _all = context?.AddTask("all steps", maxValue: Math.Max(_total, 1e-3));
        }
    }

    /// <inheritdoc/>
    public void Started(ProjectStep work)
    {
        lock (_lock)
        {
            if (context is not null) _tasks[work.Id] = context.AddTask(Reporter.TaskName(work.Id), maxValue: 1);
            else if (format == LogFormat.Json) Say(new { level = "progress", stage = work.Id, done = 0, total = 1 }, "");
        }
    }

    /// <inheritdoc/>
    public void Progressed(ProjectStep work, RunProgress progress)
    {
        if (_all is null) return;
        lock (_lock)
        {
            double part = (double)progress.Done / Math.Max(1, progress.Total);
            _parts[work.Id] = part * work.Need.CpuSeconds;
            if (_tasks.TryGetValue(work.Id, out ProgressTask? task)) task.Value = part;
            _all.Value = Math.Min(_total, _done + _parts.Values.Sum());
        }
    }

    /// <inheritdoc/>
    public void Finished(ProjectStep work, StepRecord record)
    {
        lock (_lock)
        {
            _ended++;
            _done += work.Need.CpuSeconds;
            _parts.Remove(work.Id);
            if (_tasks.Remove(work.Id, out ProgressTask? task))
            {
                task.Value = 1;
                task.StopTask();
            }
            if (_all is not null) _all.Value = Math.Min(_total, _done + _parts.Values.Sum());
            double left = _done > 0 ? _clock.Elapsed.TotalSeconds / _done * Math.Max(0, _total - _done) : 0;
            string leftText = left > 1 ? $", {TimeSpan.FromSeconds(Math.Ceiling(left)):g} left" : "";
            if (context is null)
                Say(new { level = "progress", stage = work.Id, done = 1, total = 1, seconds = record.Seconds },
                    $"{_ended}/{_steps} {work.Id}: {record.Seconds:0.0} s{leftText}");
        }
    }

    /// <inheritdoc/>
    public void UpToDate(ProjectStep work)
    {
        lock (_lock)
        {
            _ended++;
            if (format == LogFormat.Text && context is null) PlainOutput.Error($"{_ended}/{_steps} {work.Id}: up to date");
        }
    }

    /// <inheritdoc/>
    public void Warned(string subject, string text)
    {
        if (format == LogFormat.Json) Say(new { level = "warning", message = $"{subject}: {text}" }, "");
    }

    private void Say(object json, string text)
    {
        if (format == LogFormat.Json) Console.Error.WriteLine(JsonSerializer.Serialize(json));
        else if (context is null) PlainOutput.Error(text);
    }
}
