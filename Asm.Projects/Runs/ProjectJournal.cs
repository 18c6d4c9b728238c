using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Projects.Runs;

/// <summary>
/// Writes what happens to two files in the run's folder: run.log for people, journal.jsonl for programs, one JSON object a line.
/// Both grow from run to run.
/// </summary>
internal sealed class ProjectJournal : IProjectObserver, IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    private readonly IProjectObserver? _next;
    private readonly StreamWriter _log, _journal;
    private readonly Lock _lock = new();

    public ProjectJournal(string folder, IProjectObserver? next)
    {
        _next = next;
        (_log, _journal) = (Open(folder, ProjectLayout.Log), Open(folder, ProjectLayout.Journal));
    }

    public void Planned(ProjectForecast forecast)
    {
        Write($"run of '{forecast.Plan.Project.Title}': {forecast.ToDo.Count} of {forecast.Plan.Steps.Count} steps to do", new
        {
            @event = "planned",
            tool = Provenance.ToolVersion,
            steps = forecast.Plan.Steps.Count,
            toDo = forecast.ToDo.Count,
            seconds = Math.Round(forecast.Seconds)
        });
        _next?.Planned(forecast);
    }

    public void Started(ProjectStep work)
    {
        Write($"{work.Id}: started", new { @event = "started", step = work.Id });
        _next?.Started(work);
    }

    public void Progressed(ProjectStep work, RunProgress progress) => _next?.Progressed(work, progress);

    public void Finished(ProjectStep work, StepRecord record)
    {
        Write($"{work.Id}: done in {record.Seconds:0.0} s", new
        {
            @event = "finished",
            step = work.Id,
            seconds = record.Seconds,
            key = record.Key,
            outputs = record.Outputs.Select(o => new { o.Path, o.Bytes, o.Sha256 })
        });
        _next?.Finished(work, record);
    }

    public void UpToDate(ProjectStep work)
    {
        Write($"{work.Id}: up to date", new { @event = "upToDate", step = work.Id });
        _next?.UpToDate(work);
    }

    public void Warned(string subject, string text)
    {
        Write($"warning: {subject}: {text}", new { @event = "warning", subject, text });
        _next?.Warned(subject, text);
    }

    /// <summary>The run ended.</summary>
    public void Ended(ProjectResult result) => Write($"done: {result.Done} steps, {result.UpToDate} up to date",
        new { @event = "done", done = result.Done, upToDate = result.UpToDate });

    /// <summary>The run stopped before its end. What cannot be written any more is let go: the cause is told to the user anyway.</summary>
    public void Stopped(string why)
    {
        try { Write($"stopped: {why}", new { @event = "stopped", why }); }
        catch (AsmException) { }
    }

    public void Dispose()
    {
        // Every line was flushed; a full disk, which is told already, must not hide behind an error of closing.
        foreach (StreamWriter writer in new[] { _log, _journal })
            try { writer.Dispose(); }
            catch (IOException) { }
    }

    private void Write(string line, object entry)
    {
        string now = DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        lock (_lock)
            Try(((FileStream)_journal.BaseStream).Name, () =>
            {
                _log.WriteLine($"{now} {PlainText.Show(line, keepLines: true)}");
                _log.Flush();
                // A mark that is shown is an escape of JSON too.
                _journal.WriteLine(PlainText.Show(JsonSerializer.Serialize(
                    new { time = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture), entry }, Format)));
                _journal.Flush();
            });
    }

    private static StreamWriter Open(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        AsideFile.RequireFree(path, overwrite: true);
        StreamWriter? writer = null;
        Try(path, () =>
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            writer = new StreamWriter(file);
            if (file.Length == 0) return;
            file.Seek(-1, SeekOrigin.End);
            // A run that was killed may have left half a line.
            if (file.ReadByte() != '\n') writer.Write('\n');
        });
        return writer!;
    }

    private static void Try(string path, Action write)
    {
        try { write(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(
                $"{path}: cannot be written: {e.Message}\n  expected: a folder that may be written, on a disk with enough free space"
                + "\n  fix: free space, then run the same command again", e, AsmErrorCode.OutputNotWritable);
        }
    }
}
