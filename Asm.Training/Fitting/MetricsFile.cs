using System.Globalization;

namespace Asm.Training.Fitting;

/// <summary>One CSV line an epoch.</summary>
internal static class MetricsFile
{
    /// <summary>Appends a line; the header comes first in a new file.</summary>
    public static void Append(string path, EpochResult result, IReadOnlyList<string> classNames)
    {
        if (!File.Exists(path)) File.WriteAllText(path, Header(classNames) + "\n");
        File.AppendAllText(path, Line(result) + "\n");
    }

    /// <summary>The names of the columns.</summary>
    internal static string Header(IReadOnlyList<string> classNames) => string.Join(',',
        ["epoch", "step", "minutes", "learning_rate", "train_loss", "validation_loss", "mean_accuracy", "mean_iou",
            .. classNames.Select(n => $"accuracy_{n}"), .. classNames.Select(n => $"iou_{n}")]);

    /// <summary>The values, empty where there is none.</summary>
    internal static string Line(EpochResult r) => string.Join(',',
        [$"{r.Epoch}", $"{r.Step}", Text(r.Minutes, "0.00"), Text(r.LearningRate, "0.######E+0"), Text(r.TrainLoss, "0.00000"), Text(r.ValidationLoss, "0.00000"),
            Text(r.MeanAccuracy, "0.0000"), Text(r.MeanIntersectionOverUnion, "0.0000"),
            .. r.Accuracy.Select(v => Text(v, "0.0000")), .. r.IntersectionOverUnion.Select(v => Text(v, "0.0000"))]);

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
