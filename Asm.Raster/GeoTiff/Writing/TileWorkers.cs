using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// Threads that work off jobs on tiles. They are not the thread pool's: a caller that computes there is not held up by compression.
/// </summary>
internal sealed class TileWorkers : IDisposable
{
    private readonly BlockingCollection<Action<TileEncoder>> _jobs = [];
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellation;
    private readonly Thread[] _threads;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the threads, each with an encoder of its own.</summary>
    public TileWorkers(int threads, Func<TileEncoder> newEncoder, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _threads = [.. Enumerable.Range(0, threads)
            .Select(i => new Thread(() => Work(newEncoder)) { Name = $"tiles {i}", IsBackground = true })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Queues a job; does not wait.</summary>
    public void Add(Action<TileEncoder> job) => _jobs.Add(job);

    /// <summary>Waits for a slot, or throws what made a job fail.</summary>
    public void Wait(SemaphoreSlim slots)
    {
        try { slots.Wait(_stop.Token); }
        catch (OperationCanceledException)
        {
            ThrowIfStopped();
            throw;
        }
    }

    /// <summary>Waits until all jobs are done, or throws what made one fail.</summary>
    public void Finish()
    {
        _jobs.CompleteAdding();
        foreach (Thread thread in _threads) thread.Join();
        ThrowIfStopped();
    }

    /// <summary>Drops the jobs that no thread has begun, and waits for the others.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads) thread.Join();
        _jobs.Dispose();
        _stop.Dispose();
    }

    private void ThrowIfStopped()
    {
        _failure?.Throw();
        _cancellation.ThrowIfCancellationRequested();
    }

    private void Work(Func<TileEncoder> newEncoder)
    {
        try
        {
            using TileEncoder encoder = newEncoder();
            foreach (Action<TileEncoder> job in _jobs.GetConsumingEnumerable(_stop.Token)) job(encoder);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
        catch (Exception e)
        {
            // The first failure is the cause; it is thrown to the caller at its next call.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _stop.Cancel();
        }
    }
}
