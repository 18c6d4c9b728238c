using Asm.Raster;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>The progress of work that is one of several parts of equal length.</summary>
internal sealed class PartialProgress(IProgress<RunProgress> whole, int part, int parts) : IProgress<RunProgress>
{
    /// <summary>The options for one part of a run.</summary>
    public static RunOptions Of(RunOptions? run, int part, int parts)
    {
        run ??= new();
        return run.Progress is null ? run : run with { Progress = new PartialProgress(run.Progress, part, parts) };
    }

    public void Report(RunProgress value) =>
        whole.Report(value with { Done = part * value.Total + value.Done, Total = parts * value.Total });
}
