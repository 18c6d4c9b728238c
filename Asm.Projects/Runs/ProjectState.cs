using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Projects.Runs;

/// <summary>
/// What a run remembers in its folder: steps that were finished with the key of all that they depended on, and the hashes of files. It is
/// written anew, whole, after each step, so that a run that was killed goes on where it was.
/// </summary>
internal sealed partial class ProjectState : IDisposable
{
    private const string FileName = "state.json";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    private readonly string _folder;
    private readonly FileStream? _lock;
    private readonly ConcurrentDictionary<string, StepRecord> _steps;
    private readonly ConcurrentDictionary<string, FileRecord> _files;
    private readonly Lock _writing = new();

    private sealed record Content(SortedDictionary<string, StepRecord> Steps, IReadOnlyList<FileRecord> Files);

    private ProjectState(string folder, FileStream? held, Content? content)
    {
        (_folder, _lock) = (folder, held);
        _steps = new(content?.Steps ?? [], StringComparer.Ordinal);
        _files = new((content?.Files ?? []).ToDictionary(f => f.Path), StringComparer.Ordinal);
    }

    /// <summary>Opens the state of a run's folder to go on with it; the folder is made where it is missing.</summary>
    /// <exception cref="AsmException">Another run is at work there, or the folder cannot be written.</exception>
    public static ProjectState Open(string folder)
    {
        try
        {
            string state = Path.Combine(folder, ProjectLayout.State);
            Directory.CreateDirectory(state);
            FileStream held;
            try { held = new FileStream(Path.Combine(state, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                throw new AsmException(folder, "another run is at work in this folder", "one run at a time",
                    "wait for it, or give the project another 'output'", AsmErrorCode.OutputNotWritable);
            }
            RemoveUnfinished(folder);
            return new(folder, held, Load(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{folder}: cannot be written: {e.Message}\n  expected: a folder for the outputs of the run"
                + "\n  fix: give the project another 'output'", e, AsmErrorCode.OutputNotWritable);
        }
    }

    /// <summary>Looks at the state of a run's folder and changes nothing.</summary>
    public static ProjectState Look(string folder) => new(folder, null, Load(folder));

    /// <summary>The finished steps by their names.</summary>
    public IReadOnlyDictionary<string, StepRecord> Steps => _steps;

    /// <summary>The files from outside that the run has read.</summary>
    public IEnumerable<FileRecord> Files => _files.Values.OrderBy(f => f.Path, StringComparer.Ordinal);

    /// <summary>The key of a step: a hash of its stage, its options and the bytes of everything that it reads.</summary>
    /// <param name="step">The step.</param>
    /// <param name="tool">The program's version: another one may map otherwise.</param>
    /// <param name="hashOfInput">The hash of what it reads of other steps.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    public string KeyOf(ProjectStep step, string tool, Func<string, string> hashOfInput, CancellationToken cancellation)
    {
        var text = new StringBuilder().Append(tool).Append('\n').Append(step.Stage).Append('\n');
        foreach ((string name, string value) in step.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
            text.Append(name).Append('=').Append(value).Append('\n');
        foreach (string file in step.Files)
            text.Append(Path.GetFileName(file)).Append(' ').Append(HashOf(file, cancellation).Sha256).Append('\n');
        foreach (string input in step.Inputs) text.Append(input).Append(' ').Append(hashOfInput(input)).Append('\n');
        foreach (string output in step.Outputs) text.Append(output).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The record of a step if it was finished with this key and its outputs are still there as it left them.</summary>
    public StepRecord? UpToDate(ProjectStep step, string key, CancellationToken cancellation) =>
        _steps.TryGetValue(step.Id, out StepRecord? record) && record.Key == key
            && record.Outputs.All(output => IsUnchanged(output, cancellation)) ? record : null;

    /// <summary>Hashes what a finished step wrote, and remembers it.</summary>
    public StepRecord Finish(ProjectStep step, string key, double seconds,
        IReadOnlyList<Asm.Analysis.Reporting.Run.ManifestWarning> warnings, CancellationToken cancellation)
    {
        FileRecord[] outputs = [.. step.Outputs.Select(o => Identify(o, Path.Combine(_folder, o), cancellation))];
        var record = new StepRecord(key, outputs, Math.Round(seconds, 2), warnings);
        _steps[step.Id] = record;
        Save();
        return record;
    }

    /// <summary>Forgets steps that the project has no more. Their files stay.</summary>
    public IReadOnlyList<string> Forget(IEnumerable<string> known)
    {
        string[] gone = [.. _steps.Keys.Except(known)];
        foreach (string id in gone) _steps.TryRemove(id, out _);
        return gone;
    }

    /// <summary>A file from outside, hashed where it is not known as it is.</summary>
    public FileRecord HashOf(string path, CancellationToken cancellation)
    {
        if (_files.TryGetValue(path, out FileRecord? known) && new FileInfo(path) is { Exists: true } info
            && info.Length == known.Bytes && info.LastWriteTimeUtc.Ticks == known.Modified)
            return known;
        return _files[path] = Identify(path, path, cancellation);
    }

    /// <summary>True where an output is as the run left it.</summary>
    private bool IsUnchanged(FileRecord record, CancellationToken cancellation)
    {
        var info = new FileInfo(Path.Combine(_folder, record.Path));
        if (!info.Exists || info.Length != record.Bytes) return false;
        // A copied folder has other times; the bytes decide.
        return info.LastWriteTimeUtc.Ticks == record.Modified || FileHash.Sha256(info.FullName, cancellation) == record.Sha256;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private void Save()
    {
        lock (_writing)
            AsideFile.Write(Path.Combine(_folder, ProjectLayout.State, FileName), overwrite: true,
                stream => JsonSerializer.Serialize(stream, new Content(new(_steps, StringComparer.Ordinal), [.. Files]), Format));
    }

    private static FileRecord Identify(string name, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string sha = FileHash.Sha256(path, cancellation);
        var info = new FileInfo(path);
        return new(name, info.Length, info.LastWriteTimeUtc.Ticks, sha);
    }

    private static Content? Load(string folder)
    {
        string path = Path.Combine(folder, ProjectLayout.State, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Format);
        }
        catch (JsonException e)
        {
            throw new AsmException(path, $"cannot be read: {e.Message}", "the state that asm run wrote",
                $"delete {Path.GetDirectoryName(path)}; the run then starts from the beginning", AsmErrorCode.InputMissing);
        }
    }

    /// <summary>Removes what a killed run left aside.</summary>
    private static void RemoveUnfinished(string folder)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, ".*", SearchOption.AllDirectories)
            .Where(p => Unfinished().IsMatch(Path.GetFileName(p))).ToArray())
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
    }

    [GeneratedRegex(@"^\..+\.(partial|spool)-[0-9a-f]{32}(-journal)?$")]
    private static partial Regex Unfinished();
}
