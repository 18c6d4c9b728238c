using System.Collections.Concurrent;

namespace Asm.Training.Patches;

/// <summary>Makes batches ahead of the training step on threads of its own, and hands them out in order: the number of threads changes no value.</summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly IPatchSource _source;
    private readonly AugmentationConfig _augmentation;
    private readonly int _batch;
    private readonly ulong _seed;
    private readonly ConcurrentQueue<Task<Batch>> _ahead = new();
    private readonly SemaphoreSlim _threads;
    private readonly CancellationTokenSource _stop = new();
    private long _next;

    /// <summary>Starts to make batches.</summary>
    /// <param name="source">The patches.</param>
    /// <param name="augmentation">How they are varied.</param>
    /// <param name="batch">Patches in a batch.</param>
    /// <param name="seed">Decides order and variation.</param>
    /// <param name="firstStep">Number of the first batch; training that goes on starts above 0.</param>
    /// <param name="threads">Threads that make patches.</param>
    public BatchLoader(IPatchSource source, AugmentationConfig augmentation, int batch, ulong seed, long firstStep, int threads)
    {
        (_source, _augmentation, _batch, _seed, _next) = (source, augmentation, batch, seed, firstStep);
        _threads = new SemaphoreSlim(threads);
        for (int i = 0; i < threads + 2; i++) Enqueue();
    }

    /// <summary>The next batch; waits until it is made.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Batch Next(CancellationToken cancellation)
    {
        if (!_ahead.TryDequeue(out Task<Batch>? first)) throw new InvalidOperationException("batches are taken by one thread only");
        Enqueue();
        return first.WaitAsync(cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Stops the threads; batches under way are finished and dropped.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Task<Batch> task in _ahead)
        {
            try { task.Wait(); }
            catch (AggregateException)
            {
                // Its failure no longer concerns anyone.
            }
        }

        _stop.Dispose();
        _threads.Dispose();
    }

    /// <summary>The patch that visit number <paramref name="visit"/> shows: each pass over a finite source shows every patch once, in an order of its own.</summary>
    internal static long PatchOfVisit(long visit, long? count, ulong seed)
    {
        if (count is not { } n) return visit;
        // a walk with a step that shares no factor with n visits every number once
        (long pass, long place) = (visit / n, visit % n);
        long step = 1 + (long)(PatchHash.Mix(seed, (ulong)pass * 2) % (ulong)n);
        while (Gcd(step, n) != 1) step++;
        long start = (long)(PatchHash.Mix(seed, (ulong)pass * 2 + 1) % (ulong)n);
        return (long)((start + (Int128)step * place) % n);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    private void Enqueue()
    {
        long step = _next++;
        _ahead.Enqueue(Task.Run(() =>
        {
            _threads.Wait(_stop.Token);
            try { return Make(step); }
            finally { _threads.Release(); }
        }, _stop.Token));
    }

    private Batch Make(long step)
    {
        int size = _source.SizePixels, plane = size * size, patch = _source.BandNames.Count * plane;
        var batch = new Batch(_batch, _source.BandNames.Count, size, new float[_batch * patch], new long[_batch * plane]);
        float[] reflectance = new float[patch];
        byte[] label = new byte[plane];
        for (int i = 0; i < _batch; i++)
        {
            _stop.Token.ThrowIfCancellationRequested();
            long visit = step * _batch + i;
            _source.Read(PatchOfVisit(visit, _source.Count, _seed), reflectance, label);
            Augmentation.Apply(_augmentation, PatchHash.Generator(_seed, (ulong)visit), size, reflectance, label,
                batch.Reflectance.AsSpan(i * patch, patch), batch.Target.AsSpan(i * plane, plane));
        }

        return batch;
    }
}
