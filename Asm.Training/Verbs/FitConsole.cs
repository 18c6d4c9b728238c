using System.Globalization;
using System.Text.Json;
using Asm.Terminal;
using Asm.Training.Configuration;
using Asm.Training.Fitting;

namespace Asm.Training.Verbs;

/// <summary>
/// Tells on standard error how training goes: one line that renews itself on a terminal, a plain line every half minute elsewhere, and one
/// line an epoch; or JSON objects, one a line.
/// </summary>
internal sealed class FitConsole(FitConfig config, LogFormat format)
{
    private readonly bool _terminal = format == LogFormat.Text && !Console.IsErrorRedirected;
    private readonly TimeSpan _every = TimeSpan.FromSeconds(format == LogFormat.Json ? 1 : Console.IsErrorRedirected ? 30 : 0.2);
    private TimeSpan? _told;
    private bool _warned;

    /// <summary>Says something worth knowing.</summary>
    public void Say(string stage, string message)
    {
        if (format == LogFormat.Json) Json(new { level = "info", stage, message });
        else
        {
            if (_terminal) Console.Error.Write('\r');
            PlainOutput.Error(_terminal ? $"{message,-100}" : message);
        }
    }

    /// <summary>Tells of a step.</summary>
    public void Step(FitStep step)
    {
        if (step.Elapsed - _told < _every) return;
        _told = step.Elapsed;
        TimeSpan left = Remaining(step);
        if (format == LogFormat.Json)
        {
            Json(new
            {
                level = "progress",
                stage = "fit",
                epoch = step.Epoch,
                epochs = config.Epochs,
                step = step.Step,
                progress = step.Progress,
                loss = step.Loss,
                seconds_per_step = step.SecondsPerStep,
                seconds_left = left.TotalSeconds
            });
            return;
        }

        string time = left.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours} h {left.Minutes:00} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes} min {left.Seconds:00} s");
        string line = string.Create(CultureInfo.InvariantCulture,
            $"epoch {step.Epoch}/{config.Epochs}  step {step.Step}  {step.Progress:P1}  "
            + $"loss {step.Loss:0.0000}  {step.SecondsPerStep:0.00} s a step  {time} left");
        if (_terminal) Console.Error.Write($"\r{line,-100}");
        else Console.Error.WriteLine(line);
    }

    /// <summary>Tells of an epoch.</summary>
    public void Epoch(EpochResult result)
    {
        WarnOfMissing(result);
        if (format == LogFormat.Json)
        {
            Json(new
            {
                level = "info",
                stage = "epoch",
                epoch = result.Epoch,
                step = result.Step,
                minutes = result.Minutes,
                wait_share = result.WaitShare,
                learning_rate = result.LearningRate,
                train_loss = result.TrainLoss,
                validation_loss = result.ValidationLoss,
                mean_iou = result.MeanIntersectionOverUnion,
                accuracy = ByClass(result.Accuracy),
                iou = ByClass(result.IntersectionOverUnion),
            });
            return;
        }

        string classes = string.Join("  ", config.Classes.Select((c, i) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{c.Name} {Value(result.Accuracy.ElementAtOrDefault(i))}/{Value(result.IntersectionOverUnion.ElementAtOrDefault(i))}")));
        if (_terminal) Console.Error.Write('\r');
        PlainOutput.Error(string.Create(CultureInfo.InvariantCulture,
            $"epoch {result.Epoch}: loss {result.TrainLoss:0.0000}, validation {Value(result.ValidationLoss)}; "
            + $"accuracy/IoU {classes}  mean {Value(result.MeanAccuracy)}/{Value(result.MeanIntersectionOverUnion)}; "
            + $"waited for data {100 * result.WaitShare:0.0} %"));
    }

    /// <summary>Tells where the results are.</summary>
    public void Done() => Console.WriteLine(Path.Combine(config.Output, RunFolder.BestCheckpoint));

    // The same patches every time, so once is enough.
    private void WarnOfMissing(EpochResult result)
    {
        string[] missing = [.. config.Classes.Where((_, c) => result.Accuracy.Length > c && result.Accuracy[c] is null)
            .Select(c => c.Name)];
        if (missing.Length == 0 || _warned) return;
        _warned = true;
        Say("epoch", $"warning: the validation patches hold no pixel of {string.Join(", ", missing)}, "
            + "and the mean IoU that chooses the best checkpoint cannot tell how well the network finds that; "
            + "raise data.validation_patches, or make the data set with larger blocks");
    }

    // The share that is done grows evenly in time, whichever of steps and minutes leads it.
    private static TimeSpan Remaining(FitStep step) =>
        step.Progress <= 0 ? TimeSpan.Zero : step.Elapsed * ((1 - step.Progress) / step.Progress);

    private Dictionary<string, double?> ByClass(double?[] values) =>
        values.Select((v, i) => (config.Classes[i].Name, v)).ToDictionary(p => p.Name, p => p.v);

    private static void Json(object line) => Console.Error.WriteLine(JsonSerializer.Serialize(line));

    private static string Value(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
