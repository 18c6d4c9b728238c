using System.Diagnostics;
using Asm.Analysis.Reporting.Run;
using Asm.Inference.Model;
using Asm.Inference.Preflighting;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>Runs projects: the calls behind <c>asm run</c>.</summary>
public static class ProjectRun
{
    /// <summary>The program without any pixel: what a limit must leave beside a step's own need.</summary>
    private const long ProgramBytes = 200L << 20;

    /// <summary>What fits on a screen.</summary>
    private const int MostErrors = 8;

    /// <summary>More memory makes no stage but prediction faster.</summary>
    private const long MostStepBytes = 500L << 20;

    /// <summary>Opens everything that a project names, and plans the steps. Nothing is written.</summary>
    /// <param name="project">The project.</param>
    /// <param name="defaultModel">The model where the project names none.</param>
    /// <param name="run">Threads, memory and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The project has faults; the message tells all of them.</exception>
    public static ProjectPlan Plan(Project project, string defaultModel, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(defaultModel);
        return ProjectPlan.Of(ProjectChecks.Check(project, defaultModel, run ?? new()));
    }

    /// <summary>Tells what a run would do and what it would take. Nothing is written.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">Threads, memory and cancellation; null for the defaults.</param>
    public static ProjectForecast Forecast(ProjectPlan plan, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using ProjectState state = ProjectState.Look(plan.Project.Output);
        return Forecast(plan, state, run ?? new());
    }

    /// <summary>Does the steps that are out of date.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">Threads, memory and cancellation; null for the defaults. The memory is that of the whole program.</param>
    /// <param name="observer">Is told how it goes on; may be null.</param>
    /// <exception cref="AsmException">
    /// A step failed, or memory or disk do not suffice. Finished steps are kept, and the same call goes on.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; finished steps are kept.</exception>
    public static ProjectResult Run(ProjectPlan plan, RunOptions? run = null, IProjectObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        run ??= new();
        using ProjectState state = ProjectState.Open(plan.Project.Output, plan.Steps.SelectMany(s => s.Outputs));
        using var journal = new ProjectJournal(plan.Project.Output, observer);
        try
        {
            state.Forget(plan.Steps.Select(s => s.Id));
            ProjectForecast forecast = Forecast(plan, state, run);
            RequireRoom(forecast, run);
            journal.Planned(forecast);
            foreach ((string subject, string text) in plan.Checked.Warnings) journal.Warned(subject, text);
            ProjectResult result = new Execution(plan, state, run, journal, LookAtScenes(forecast, run)).Run();
            journal.Ended(result);
            return result;
        }
        catch (OperationCanceledException)
        {
            journal.Stopped("interrupted");
            throw;
        }
        catch (AsmException e)
        {
            journal.Stopped(AsmException.Spell(e.Message, name => $"--{name}"));
            throw;
        }
    }

    private static ProjectForecast Forecast(ProjectPlan plan, ProjectState state, RunOptions run)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var toDo = new HashSet<string>(StringComparer.Ordinal);
        foreach (ProjectStep step in plan.Steps)
        {
            StepRecord? record = step.Inputs.All(known.ContainsKey) && state.Steps.ContainsKey(step.Id)
                ? state.UpToDate(step, state.KeyOf(step, Provenance.ToolVersion, input => known[input], run.Cancellation), run.Cancellation)
                : null;
            if (record is null) toDo.Add(step.Id);
            else foreach (FileRecord output in record.Outputs) known[output.Path] = output.Sha256;
        }
        ProjectStep[] work = [.. plan.Steps.Where(s => toDo.Contains(s.Id))];
        string root = Path.GetFullPath(plan.Project.Output);
        while (!Directory.Exists(root)) root = Path.GetDirectoryName(root)!;
        long need = plan.Steps.Where(s => toDo.Contains(s.Id))
            .Select(s => s.RunsNetwork ? s.Need.MemoryBytes : s.Need.MemoryBytes + ProgramBytes).DefaultIfEmpty().Max();
        return new(plan, toDo, work.Sum(s => s.Need.CpuSeconds) / run.Threads,
            work.Sum(s => s.Need.DiskBytes), new DriveInfo(root).AvailableFreeSpace, need);
    }

    /// <summary>Looks at all scenes that are to be predicted: an error stops the run before the first hour is spent.</summary>
    private static Dictionary<string, ManifestWarning[]> LookAtScenes(ProjectForecast forecast, RunOptions run)
    {
        var warnings = new Dictionary<string, ManifestWarning[]>(StringComparer.Ordinal);
        var errors = new List<string>();
        foreach (ProjectStep step in forecast.Plan.Steps.Where(s => s.Preflight is not null && forecast.ToDo.Contains(s.Id)))
        {
            string scene = step.Id["predict ".Length..];
            IReadOnlyList<PreflightFinding> findings;
            try { findings = step.Preflight!(run with { Progress = null }); }
            catch (AsmException e) { throw new AsmException($"{scene}: {step.Spell(e.Message)}", e); }
            errors.AddRange(findings.Where(f => f.Severity == PreflightSeverity.Error).Select(f => step.Spell($"{scene}: {f}")));
            warnings[step.Id] = [.. findings.Where(f => f.Severity == PreflightSeverity.Warning)
                .Select(f => new ManifestWarning(scene, $"{f.Found}; expected: {f.Expected}; fix: {f.Fix}"))];
        }
        if (errors.Count == 0) return warnings;
        string rest = errors.Count > MostErrors ? $"\n... and {errors.Count - MostErrors} more" : "";
        throw new AsmException(
            $"{string.Join('\n', errors.Take(MostErrors))}{rest}\n  or: set 'preflight: off' under 'prediction' to run all the same",
            AsmErrorCode.Preflight);
    }

    private static void RequireRoom(ProjectForecast forecast, RunOptions run)
    {
        if (forecast.NeedBytes > run.MaxMemoryBytes)
            throw new SettingException("max-memory", $"is {run.MaxMemoryBytes / 1e6:0} MB",
                $"at least {Math.Ceiling(forecast.NeedBytes / 1e6):0} MB for this project",
                $"give `max-memory` {Math.Ceiling(forecast.NeedBytes / 1e6):0}MB or more", AsmErrorCode.Memory);
        if (forecast.DiskBytes > forecast.FreeBytes)
            throw new AsmException(forecast.Plan.Project.Output, $"{forecast.FreeBytes / 1e6:N0} MB are free on its disk",
                $"about {forecast.DiskBytes / 1e6:N0} MB for what is still to do",
                "free space, or give the project an 'output' on another disk", AsmErrorCode.OutputNotWritable);
    }

    /// <summary>One run at work.</summary>
    private sealed class Execution(ProjectPlan plan, ProjectState state, RunOptions run,
        ProjectJournal journal, Dictionary<string, ManifestWarning[]> found)
    {
        private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyList<ManifestWarning>> _warnings = new(StringComparer.Ordinal);
        private readonly List<ProjectStep> _waiting = [.. plan.Steps];
        private readonly Dictionary<Task<StepRecord>, ProjectStep> _running = [];
        private Lazy<SegmentationModel> _model = null!;
        private int _done, _upToDate;

        public ProjectResult Run()
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
            _model = new(() => SegmentationModel.Load(plan.Checked.ModelPath, run));
            try
            {
                while (_waiting.Count + _running.Count > 0)
                {
                    int waiting = _waiting.Count;
                    StartAll(stop.Token);
                    if (_running.Count == 0)
                    {
                        if (_waiting.Count == waiting)
                            throw new InvalidOperationException($"{_waiting[0].Id} waits for what no step makes.");
                        continue;
                    }
                    Task<StepRecord> ended = Task.WhenAny(_running.Keys).GetAwaiter().GetResult();
                    ProjectStep step = _running[ended];
                    _running.Remove(ended);
                    StepRecord record = Result(step, ended);
                    _done++;
                    Take(step, record);
                    journal.Finished(step, record);
                    if (!_waiting.Any(s => s.RunsNetwork) && !_running.Values.Any(s => s.RunsNetwork)) FreeModel();
                }
            }
            finally
            {
                // What is at work still reads and writes: it is stopped and waited for, and the first failure is the one told.
                stop.Cancel();
                foreach (Task<StepRecord> task in _running.Keys)
                    try { task.Wait(CancellationToken.None); }
                    catch (AggregateException) { }
                FreeModel();
            }
            return new(_done, _upToDate, Path.Combine(plan.Project.Output, ProjectLayout.Report),
                [.. plan.Checked.Warnings.Select(w => new ManifestWarning(w.Subject, w.Text)),
                    .. plan.Steps.SelectMany(s => _warnings[s.Id])]);
        }

        /// <summary>Starts the steps whose inputs are there, as many as memory allows; passes over those that are up to date.</summary>
        private void StartAll(CancellationToken cancellation)
        {
            foreach (ProjectStep step in _waiting.ToArray())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!step.Inputs.All(_made.ContainsKey)) continue;
                // Prediction takes all threads and all memory; what comes after it waits, so that the network's memory is free by then.
                bool isPrediction = step.RunsNetwork;
                if (_running.Count > 0 && (isPrediction || _running.Values.Any(s => s.RunsNetwork))) return;
                if (!isPrediction && _running.Count >= Slots()) return;
                string key = state.KeyOf(step, Provenance.ToolVersion, input => _made[input], cancellation);
                _waiting.Remove(step);
                if (state.UpToDate(step, key, cancellation) is { } record)
                {
                    _upToDate++;
                    Take(step, record);
                    journal.UpToDate(step);
                    continue;
                }
                journal.Started(step);
                _running.Add(Task.Run(() => Work(step, key, cancellation), CancellationToken.None), step);
            }
        }

        /// <summary>How many steps other than predictions work at once: more than one only where each has what it needs.</summary>
        private int Slots()
        {
            long need = plan.Steps.Where(s => !s.RunsNetwork && !s.IsLast).Max(s => s.Need.MemoryBytes);
            return (int)Math.Clamp((run.MaxMemoryBytes - ProgramBytes) / Math.Max(need, 1), 1, Math.Min(run.Threads, 4));
        }

        private StepRecord Work(ProjectStep step, string key, CancellationToken cancellation)
        {
            var clock = Stopwatch.StartNew();
            var warnings = new List<ManifestWarning>();
            foreach (ManifestWarning warning in found.GetValueOrDefault(step.Id, [])) Warn(warning.Subject, warning.Text);
            void Warn(string subject, string text)
            {
                warnings.Add(new(subject, step.Spell(text)));
                journal.Warned(subject, step.Spell(text));
            }
            long beside = run.MaxMemoryBytes - ProgramBytes;
            // The estimate of prediction has the program in it, and a tenth is left for what other steps did not give back yet.
            long bytes = step.RunsNetwork ? Math.Max(step.Need.MemoryBytes, run.MaxMemoryBytes / 10 * 9)
                : step.IsLast ? beside
                : Math.Min(MostStepBytes, beside / Slots());
            RunOptions options = run with
            {
                MaxMemoryBytes = bytes,
                Cancellation = cancellation,
                Progress = new StepProgress(p => journal.Progressed(step, p)),
                // The key was made of the files as they were then, and must be the key of what is made.
                Inputs = state.Watch(step),
            };
            step.Work(new(options, _model, state, Warn));
            options.Inputs.RequireUnchanged();
            return state.Finish(step, key, clock.Elapsed.TotalSeconds, warnings, cancellation);
        }

        private static StepRecord Result(ProjectStep step, Task<StepRecord> task)
        {
            try
            {
                return task.GetAwaiter().GetResult();
            }
            catch (AsmException e)
            {
                throw new AsmException(
                    $"{step.Id}: {step.Spell(e.Message)}\n  Finished steps are kept: the same command goes on from here.", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new AsmException($"{step.Id}: {e.Message}\n  Finished steps are kept: the same command goes on from here.", e);
            }
        }

        private void Take(ProjectStep step, StepRecord record)
        {
            foreach (FileRecord output in record.Outputs) _made[output.Path] = output.Sha256;
            _warnings[step.Id] = record.Warnings;
        }

        private void FreeModel()
        {
            if (!_model.IsValueCreated) return;
            _model.Value.Dispose();
            _model = new(() => SegmentationModel.Load(plan.Checked.ModelPath, run));
        }
    }

    private sealed class StepProgress(Action<RunProgress> tell) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tell(value);
    }
}
