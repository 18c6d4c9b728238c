using System.Runtime.ExceptionServices;

namespace Asm.Raster.Running;

/// <summary>Shares work out over threads.</summary>
internal static class SharedWork
{
    /// <summary>
    /// Calls an action for every number from <paramref name="start"/> up to <paramref name="end"/>; what one of them
    /// throws is thrown as it is.
    /// </summary>
    public static void For(int start, int end, RunOptions run, Action<int> action)
    {
        try
        {
            Parallel.For(start, end, new() { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation }, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
