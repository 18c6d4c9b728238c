using System.Globalization;
using Asm.Maps.Tables;

namespace Asm.Training.Fitting;

/// <summary>The table of a run's epochs: one CSV line each.</summary>
internal static class MetricsFile
{
    private static readonly string[] Columns =
        ["epoch", "step", "minutes", "wait_share", "learning_rate", "train_loss", "validation_loss", "mean_accuracy", "mean_iou"];

    /// <summary>Writes the whole table; it is small, and so the file is never half a line.</summary>
    /// <param name="path">The file; the one before is replaced.</param>
    /// <param name="history">The epochs.</param>
    /// <param name="classNames">Names of the classes by code from 1.</param>
    public static void Write(string path, IReadOnlyList<EpochResult> history, IReadOnlyList<string> classNames) =>
        RunFile.Write(path, file =>
        {
            using var csv = new CsvTable(file,
                [.. Columns, .. classNames.Select(n => $"accuracy_{n}"), .. classNames.Select(n => $"iou_{n}")]);
            foreach (EpochResult epoch in history) csv.Add(Values(epoch, classNames.Count));
        });

    // Values that were not measured are empty.
    private static string[] Values(EpochResult r, int classes) =>
    [
        $"{r.Epoch}", $"{r.Step}", Text(r.Minutes, "0.00"), Text(r.WaitShare, "0.0000"),
        Text(r.LearningRate, "0.######E+0"), Text(r.TrainLoss, "0.00000"),
        Text(r.ValidationLoss, "0.00000"), Text(r.MeanAccuracy, "0.0000"), Text(r.MeanIntersectionOverUnion, "0.0000"),
        .. Enumerable.Range(0, classes).Select(i => Text(r.Accuracy.ElementAtOrDefault(i), "0.0000")),
        .. Enumerable.Range(0, classes).Select(i => Text(r.IntersectionOverUnion.ElementAtOrDefault(i), "0.0000")),
    ];

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
