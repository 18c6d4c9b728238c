using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Asm.Raster.Running;

/// <summary>
/// Three steps that overlap in time: produce (read ahead), process, consume (write behind). Each step runs on one thread of its own and
/// sees the items in order; steps that want more threads use them inside.
/// </summary>
public static class Pipeline
{
    /// <summary>Runs the three steps until the items are used up, a step fails, or the run is cancelled.</summary>
    /// <param name="produce">Yields the items; enumerated on a thread of its own.</param>
    /// <param name="process">Turns an item into a result, on the calling thread.</param>
    /// <param name="consume">Takes the results, on a thread of its own.</param>
    /// <param name="readAhead">
    /// Items that may wait between two steps while a step is at work on either side, 0 or more. With 0 a step begins an item when the step
    /// after it has taken the one before: two items are then held between two steps.
    /// </param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run<TIn, TOut>(IEnumerable<TIn> produce, Func<TIn, TOut> process,
        Action<TOut> consume, int readAhead, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(produce);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(consume);
        ArgumentOutOfRangeException.ThrowIfNegative(readAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var inputs = new BlockingCollection<TIn>();
        using var outputs = new BlockingCollection<TOut>();
        //     time  ------------------------------------------->
        //     produce        | 1 | 2 | 3 | 4 |                        a thread, until mayProduce says wait
        //     process            | 1 | 2 | 3 | 4 |                    the calling thread, until mayProcess says wait
        //     consume                | 1 | 2 | 3 | 4 |                a thread
        //
        // What bounds the items is not how many lie there but whether the next may be begun.
        using SemaphoreSlim mayProduce = new(readAhead + 1), mayProcess = new(readAhead + 1);
        ExceptionDispatchInfo? failure = null;

        // The first failure is the cause; what the stop makes fail after it is not told.
        void Guard(Action step, Action done)
        {
            try { step(); }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
            finally { done(); }
        }

        Thread Start(string name, Action step, Action done)
        {
            var thread = new Thread(() => Guard(step, done)) { Name = name, IsBackground = true };
            thread.Start();
            return thread;
        }

        Thread producer = Start("read ahead", () =>
        {
            using IEnumerator<TIn> items = produce.GetEnumerator();
            while (true)
            {
                mayProduce.Wait(stop.Token);
                if (!items.MoveNext()) return;
                inputs.Add(items.Current, stop.Token);
            }
        }, inputs.CompleteAdding);
        Thread consumer = Start("write behind", () =>
        {
            foreach (TOut result in outputs.GetConsumingEnumerable(stop.Token))
            {
                mayProcess.Release();
                consume(result);
            }
        }, static () => { });
        Guard(() =>
        {
            foreach (TIn item in inputs.GetConsumingEnumerable(stop.Token))
            {
                mayProduce.Release();
                mayProcess.Wait(stop.Token);
                outputs.Add(process(item), stop.Token);
            }
        }, outputs.CompleteAdding);
        producer.Join();
        consumer.Join();
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
