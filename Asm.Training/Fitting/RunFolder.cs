using Asm.Raster;

namespace Asm.Training.Fitting;

/// <summary>The files of a run: checkpoints, the table and the picture of its epochs, and the log for TensorBoard.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Name of the checkpoint to go on from.</summary>
    public const string LastCheckpoint = "last.checkpoint";

    /// <summary>Name of the checkpoint of the epoch with the highest mean intersection over union on the validation patches; of the last epoch where nothing is measured.</summary>
    public const string BestCheckpoint = "best.checkpoint";

    /// <summary>Name of the table of epochs.</summary>
    public const string Metrics = "metrics.csv";

    /// <summary>Name of the picture of the epochs.</summary>
    public const string Curves = "curves.png";

    /// <summary>Name of the folder that TensorBoard reads.</summary>
    public const string TensorBoard = "tensorboard";

    private readonly string _folder;
    private readonly ClassConfig[] _classes;
    private readonly EventLog _log;

    /// <summary>Opens the folder for a run that starts anew or goes on.</summary>
    /// <param name="config">The run.</param>
    /// <param name="resumed">The checkpoint that it goes on from, and its path; null: it starts anew.</param>
    public RunFolder(FitConfig config, (string Path, CheckpointInfo Info)? resumed)
    {
        (_folder, _classes) = (config.Output, config.Classes);
        Directory.CreateDirectory(_folder);
        if (resumed is var (path, info))
        {
            // Epochs after the checkpoint are made again; a run that moves to another folder takes its best network along.
            string best = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, BestCheckpoint);
            if (info.BestMeasure is not null && File.Exists(best) && !File.Exists(PathOf(BestCheckpoint))) File.Copy(best, PathOf(BestCheckpoint));
            WriteTable(info.History);
        }

        _log = new EventLog(PathOf(TensorBoard), resumed?.Info.Step);
    }

    /// <summary>The path of a file of the run.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Removes an earlier run.</summary>
    /// <param name="folder">Where the run will be.</param>
    /// <param name="overwrite">False: an earlier run is an error.</param>
    /// <exception cref="AsmException">There is one, and it must not be replaced.</exception>
    public static void MakeRoom(string folder, bool overwrite)
    {
        string[] there = [.. new[] { LastCheckpoint, BestCheckpoint, Metrics, Curves }.Select(n => Path.Combine(folder, n)).Where(File.Exists), .. EventLog.Files(Path.Combine(folder, TensorBoard))];
        if (there.Length > 0 && !overwrite)
            throw new AsmException(folder, $"holds an earlier run ({Path.GetFileName(there[0])})", "a folder without one", "change output, or use --resume or --overwrite");
        foreach (string file in there) File.Delete(file);
    }

    /// <summary>Writes what the epochs have come to.</summary>
    public void Write(IReadOnlyList<EpochResult> history)
    {
        WriteTable(history);
        _log.Add(history[^1], [.. _classes.Select(c => c.Name)]);
        LossCurves.Write(PathOf(Curves), history, _classes);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    private void WriteTable(IReadOnlyList<EpochResult> history) => MetricsFile.Write(PathOf(Metrics), history, [.. _classes.Select(c => c.Name)]);
}
