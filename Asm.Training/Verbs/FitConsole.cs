using System.Globalization;
using Asm.Training.Fitting;

namespace Asm.Training.Verbs;

/// <summary>Tells a person how training goes: one line that renews itself on a terminal, a plain line every half minute elsewhere; one line an epoch.</summary>
internal sealed class FitConsole(FitConfig config)
{
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private TimeSpan _told = TimeSpan.Zero;

    /// <summary>Tells of a step.</summary>
    public void Step(FitStep step)
    {
        if (step.Elapsed - _told < (_terminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(30)) && step.Step > 1) return;
        _told = step.Elapsed;
        string line = Text($"epoch {step.Epoch}/{config.Epochs}  step {step.Step}  {step.Progress:P1}  loss {step.Loss:0.0000}  {step.SecondsPerStep:0.00} s a step  {Remaining(step)} left");
        if (_terminal) Console.Error.Write($"\r{line,-100}");
        else Console.Error.WriteLine(line);
    }

    /// <summary>Tells of an epoch.</summary>
    public void Epoch(EpochResult result)
    {
        string classes = string.Join("  ", config.Classes.Select((c, i) =>
            Text($"{c.Name} {Value(result.Accuracy.ElementAtOrDefault(i))}/{Value(result.IntersectionOverUnion.ElementAtOrDefault(i))}")));
        if (_terminal) Console.Error.Write('\r');
        Console.Error.WriteLine(Text($"epoch {result.Epoch}: loss {result.TrainLoss:0.0000}, validation {Value(result.ValidationLoss)}; accuracy/IoU {classes}  mean {Value(result.MeanAccuracy)}/{Value(result.MeanIntersectionOverUnion)}"));
    }

    /// <summary>Tells where the results are.</summary>
    public void Done() => Console.WriteLine(Path.Combine(config.Output, File.Exists(Path.Combine(config.Output, Trainer.BestCheckpoint)) ? Trainer.BestCheckpoint : Trainer.LastCheckpoint));

    // The share that is done grows evenly in time, whichever of steps and minutes leads it.
    private static string Remaining(FitStep step)
    {
        TimeSpan left = step.Progress <= 0 ? TimeSpan.Zero : step.Elapsed * ((1 - step.Progress) / step.Progress);
        return left.TotalHours >= 1 ? Text($"{(int)left.TotalHours} h {left.Minutes:00} min") : Text($"{(int)left.TotalMinutes} min {left.Seconds:00} s");
    }

    private static string Value(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
