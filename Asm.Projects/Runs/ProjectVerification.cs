using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;

namespace Asm.Projects.Runs;

/// <summary>
/// Checks that the files of a run are still what the run made, and what it made them of: the call behind <c>asm verify</c>.
/// </summary>
/// <param name="Outputs">Outputs that were checked.</param>
/// <param name="Inputs">Files from outside that were checked.</param>
/// <param name="Faults">What differs, one sentence each; empty where all is as it was.</param>
/// <param name="Missing">Files from outside that are not there any more, so that they could not be checked.</param>
public sealed record ProjectVerification(int Outputs, int Inputs, IReadOnlyList<string> Faults, IReadOnlyList<string> Missing)
{
    /// <summary>
    /// Reads every file that the run knows, and compares its SHA-256 and the provenance in it with what the run remembers.
    /// </summary>
    /// <param name="folder">The folder of a run.</param>
    /// <param name="run">Progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The folder holds no run.</exception>
    public static ProjectVerification Of(string folder, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        run ??= new();
        using ProjectState state = ProjectState.Look(folder);
        if (state.Steps.Count == 0)
            throw new AsmException(folder, "holds no finished step of a run",
                "the 'output' folder of a project", "run the project first: asm run PROJECT.yaml");
        var faults = new List<string>();
        var missing = new List<string>();
        FileRecord[] outputs = [.. state.Steps.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => s.Value.Outputs)],
            inputs = [.. state.Files];
        long done = 0, total = outputs.Concat(inputs).Sum(f => f.Bytes);
        var hashes = inputs.Concat(outputs).ToLookup(f => Path.GetFileName(f.Path), f => f.Sha256);
        foreach (FileRecord file in outputs)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, file.Path);
            if (!File.Exists(path)) faults.Add($"{file.Path}: is missing");
            else if (FileHash.Sha256(path, run.Cancellation) != file.Sha256)
                faults.Add($"{file.Path}: its bytes are not those that the run wrote");
            else if (Path.GetExtension(path).Equals(".tif", StringComparison.OrdinalIgnoreCase))
                faults.AddRange(Provenance(path, file.Path, hashes, run));
            run.Progress?.Report(new("verify", done += file.Bytes, total));
        }
        foreach (FileRecord file in inputs)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(file.Path)) missing.Add(file.Path);
            else if (FileHash.Sha256(file.Path, run.Cancellation) != file.Sha256)
                faults.Add($"{file.Path}: has changed since the run read it");
            run.Progress?.Report(new("verify", done += file.Bytes, total));
        }
        return new(outputs.Length, inputs.Length, faults, missing);
    }

    /// <summary>Whether the inputs that a raster says it was made of are those that the run knows under their names.</summary>
    private static IEnumerable<string> Provenance(string path, string name, ILookup<string, string> hashes, RunOptions run)
    {
        using IRasterSource raster = run.Open(path);
        IReadOnlyList<InputFile>? stated = Asm.Maps.Stages.Provenance.InputsOf(raster.Info.Metadata);
        if (stated is null) yield return $"{name}: tells no provenance";
        foreach (InputFile input in stated ?? [])
            if (input.Sha256 is { } sha && hashes.Contains(input.Name) && !hashes[input.Name].Contains(sha))
                yield return $"{name}: says that it was made of another {input.Name} ({PlainText.Shorten(sha, 12)})";
    }
}
