using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Asm.Maps.Stages;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Projects.Runs;

/// <summary>
/// What a run remembers in its folder: steps that were finished with the key of all that they depended on, and the hashes of files. It is
/// written anew, whole, after each step, so that a run that was killed goes on where it was.
/// </summary>
internal sealed class ProjectState : IDisposable
{
    private const string FileName = "state.json";
    private const long MostBytes = 256L << 20;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

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
        _files = new((content?.Files ?? []).DistinctBy(f => f.Path).ToDictionary(f => f.Path), StringComparer.Ordinal);
    }

    /// <summary>Opens the state of a run's folder to go on with it; the folder is made where it is missing.</summary>
    /// <exception cref="AsmException">Another run is at work there, or the folder cannot be written.</exception>
    /// <param name="folder">The run's folder.</param>
    /// <param name="outputs">What the run writes, relative to it: what a killed run left of these is removed.</param>
    public static ProjectState Open(string folder, IEnumerable<string> outputs)
    {
        try
        {
            string state = Path.Combine(folder, ProjectLayout.State);
            Directory.CreateDirectory(state);
            FileStream held;
            InputPath.Require(Path.Combine(state, "lock"));
            try { held = new FileStream(Path.Combine(state, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                throw new AsmException(folder, "another run is at work in this folder", "one run at a time",
                    "wait for it, or give the project another 'output'", AsmErrorCode.OutputNotWritable);
            }
            try
            {
                var opened = new ProjectState(folder, held, Load(folder));
                opened.RemoveUnfinished(outputs);
                return opened;
            }
            catch
            {
                held.Dispose();
                throw;
            }
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
        if (_files.TryGetValue(path, out FileRecord? known) && FileStatus.Of(path) is { } status && known.IsSurely(status)) return known;
        return _files[path] = Identify(path, path, cancellation);
    }

    /// <summary>True where an output is as the run left it.</summary>
    private bool IsUnchanged(FileRecord record, CancellationToken cancellation)
    {
        string path = Path.Combine(_folder, record.Path);
        if (FileStatus.Of(path) is not { } status || status.Bytes != record.Bytes) return false;
        // A copied folder has other times; the bytes decide.
        return record.IsSurely(status) || FileHash.Sha256(path, cancellation) == record.Sha256;
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
        // What is written while it is hashed has another time afterwards, so that its hash is never taken for that of the end.
        FileStatus? before = FileStatus.Of(path);
        string sha = FileHash.Sha256(path, cancellation);
        return before is { } status ? new(name, status.Bytes, status.Modified, sha, status.Changed)
            : throw new AsmException(path, "has gone", "a file that stays", "run the same command again", AsmErrorCode.InputMissing);
    }

    /// <summary>The files that a step reads from outside, as they were when its key was made of them.</summary>
    public InputWatch Watch(ProjectStep step)
    {
        var inputs = new InputWatch();
        foreach (string file in step.Files)
            if (_files.TryGetValue(file, out FileRecord? known))
                inputs.Add(file, new(FileKind.File, known.Bytes, known.Modified, known.Changed));
        return inputs;
    }

    private static Content? Load(string folder)
    {
        string path = Path.Combine(folder, ProjectLayout.State, FileName);
        if (!File.Exists(path)) return null;
        AsmException Fault(string found) => new(path, found, "the state that asm run wrote",
            $"delete {Path.GetDirectoryName(path)}; the run then starts from the beginning", AsmErrorCode.InputMissing);
        Content content;
        try
        {
            using FileStream file = InputPath.OpenRead(path);
            if (file.Length > MostBytes) throw Fault($"is larger than {MostBytes >> 20} MB");
            content = JsonSerializer.Deserialize<Content>(file, Format) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            string place = e.Path is null ? "" : $": {PlainText.Shorten(PlainText.Show(e.Path), 100)}";
            throw Fault($"is not what asm run writes{(e.LineNumber is { } line ? $", from line {line + 1} on" : "")}{place}");
        }
        FileRecord?[] outputs = [.. content.Steps.Values.SelectMany(step => (IEnumerable<FileRecord?>?)step?.Outputs ?? [null])];
        if (outputs.Concat(content.Files).Any(file => file is null) || content.Steps.Values.Any(step => step.Warnings.Any(w => w is null)))
            throw Fault("has an entry that is null");
        foreach (FileRecord output in outputs.OfType<FileRecord>())
            if (!InputPath.IsInside(output.Path)) throw Fault($"names the output '{output.Path}', which is not in the run's folder");
        foreach (FileRecord file in content.Files)
            if (!Path.IsPathFullyQualified(file.Path) || file.Path.Contains('\0', StringComparison.Ordinal))
                throw Fault($"names the input '{file.Path}', which is no whole path");
        return content;
    }

    /// <summary>Removes what a killed run left aside of its own files. Links are not followed.</summary>
    private void RemoveUnfinished(IEnumerable<string> outputs)
    {
        IEnumerable<string> own = outputs.Concat(_steps.Values.SelectMany(step => step.Outputs.Select(output => output.Path)))
            .Append($"{ProjectLayout.State}/{FileName}");
        foreach (IGrouping<string, string> files in own.GroupBy(path => path[..(path.LastIndexOf('/') + 1)], Path.GetFileName)!)
        {
            HashSet<string> names = [.. files];
            if (OwnFolder(files.Key) is not { } folder) continue;
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos(".*").Where(entry => IsOf(entry.Name, names)).ToArray())
                if (entry is DirectoryInfo { LinkTarget: null } aside) aside.Delete(recursive: true);
                else entry.Delete();
        }
    }

    /// <summary>A folder of the run; null where it is not there, or a link leads out of the run on the way to it.</summary>
    private DirectoryInfo? OwnFolder(string relative)
    {
        var folder = new DirectoryInfo(_folder);
        foreach (string part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            folder = new(Path.Combine(folder.FullName, part));
            if (!folder.Exists || folder.LinkTarget is not null) return null;
        }
        return folder;
    }

    /// <summary>True where a name is one aside of a file of some names.</summary>
    private static bool IsOf(string aside, HashSet<string> names) => AsideFile.FileOf(aside) is { } name && names.Contains(name);
}
