using Asm.Raster;
using Asm.Training.Configuration;

namespace Asm.Training.Fitting;

/// <summary>The files of a run: checkpoints, the table and the picture of its epochs, and the log for TensorBoard.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Name of the checkpoint to go on from.</summary>
    public const string LastCheckpoint = "last.checkpoint";

    /// <summary>
    /// Name of the checkpoint of the epoch with the highest mean intersection over union on the validation patches; of the last epoch
    /// where nothing is measured.
    /// </summary>
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
    /// <param name="replace">True removes an earlier run.</param>
    public RunFolder(FitConfig config, (string Path, CheckpointInfo Info)? resumed, bool replace)
    {
        (_folder, _classes) = (config.Output, config.Classes);
        Directory.CreateDirectory(_folder);
        if (replace)
            foreach (string file in Files(_folder).Concat(EventLog.Files(PathOf(TensorBoard)))) File.Delete(file);
        if (resumed is var (path, info))
        {
            // Epochs after the checkpoint are made again; a run that moves to another folder takes its best network along.
            string best = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, BestCheckpoint);
            if (info.BestMeasure is not null && File.Exists(best) && !File.Exists(PathOf(BestCheckpoint)))
                File.Copy(best, PathOf(BestCheckpoint));
            WriteTable(info.History);
        }

        _log = new EventLog(PathOf(TensorBoard), resumed?.Info.Step);
    }

    /// <summary>The path of a file of the run.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Refuses a folder with an earlier run. The log of a run that ended before its first checkpoint is none.</summary>
    /// <exception cref="AsmException">There is one.</exception>
    public static void RequireFree(string folder)
    {
        if (Files(folder).FirstOrDefault() is { } file)
            throw new AsmException(folder, $"holds an earlier run ({Path.GetFileName(file)})", "a folder without one",
                $"go on with it: --resume {Path.Combine(folder, LastCheckpoint)}; replace it: --overwrite; or change output");
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

    private static string[] Files(string folder) =>
        [.. new[] { LastCheckpoint, BestCheckpoint, Metrics, Curves }.Select(n => Path.Combine(folder, n)).Where(File.Exists)];

    private void WriteTable(IReadOnlyList<EpochResult> history) =>
        MetricsFile.Write(PathOf(Metrics), history, [.. _classes.Select(c => c.Name)]);
}
