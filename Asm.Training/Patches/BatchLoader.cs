using System.Collections.Concurrent;
using System.Diagnostics;
using Asm.Training.Configuration;

namespace Asm.Training.Patches;

/// <summary>
/// Makes batches ahead of the training step on threads of its own, and hands them out in order: the number of threads changes no value.
/// </summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly IPatchSource _source;
    private readonly AugmentationConfig _augmentation;
    private readonly float[] _noData;
    private readonly int _batch;
    private readonly ulong _seed;
    private readonly BlockingCollection<(long Step, TaskCompletionSource<Batch> Made)> _orders = [];
    private readonly Queue<Task<Batch>> _ahead = new();
    private readonly ConcurrentBag<Batch> _spare = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread[] _threads;
    private Batch? _handedOut;
    private long _next;

    /// <summary>Starts to make batches.</summary>
    /// <param name="source">The patches.</param>
    /// <param name="augmentation">How they are varied.</param>
    /// <param name="noData">What each band has where there is no data.</param>
    /// <param name="batch">Patches in a batch.</param>
    /// <param name="seed">Decides order and variation.</param>
    /// <param name="firstStep">Number of the first batch; training that goes on starts above 0.</param>
    /// <param name="threads">Threads that make patches. One batch more than threads is made ahead.</param>
    public BatchLoader(IPatchSource source, AugmentationConfig augmentation,
        float[] noData, int batch, ulong seed, long firstStep, int threads)
    {
        (_source, _augmentation, _noData, _batch, _seed, _next) = (source, augmentation, noData, batch, seed, firstStep);
        for (int i = 0; i < threads + 1; i++) Order();
        _threads = [.. Enumerable.Range(0, threads)
            .Select(i => new Thread(Work) { IsBackground = true, Name = $"patches {i + 1}", Priority = ThreadPriority.BelowNormal })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Time that <see cref="Next"/> has waited for batches so far.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The next batch; waits until it is made. It is the caller's until the next call, which uses its memory again.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the loader is of no further use.</exception>
    public Batch Next(CancellationToken cancellation)
    {
        if (_handedOut is { } used) _spare.Add(used);
        long started = Stopwatch.GetTimestamp();
        _handedOut = null;
        Order();
        _handedOut = _ahead.Dequeue().WaitAsync(cancellation).GetAwaiter().GetResult();
        Waited += Stopwatch.GetElapsedTime(started);
        return _handedOut;
    }

    /// <summary>Stops the threads; patches under way are finished and dropped.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads) thread.Join();
        _stop.Dispose();
        _orders.Dispose();
    }

    /// <summary>
    /// The patch that visit number <paramref name="visit"/> shows: each pass over a finite source shows every patch
    /// once, in an order of its own.
    /// </summary>
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

    private void Order()
    {
        // What waits for a batch goes on in its own thread, not in the one that made it.
        var made = new TaskCompletionSource<Batch>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add((_next++, made));
        _ahead.Enqueue(made.Task);
    }

    private void Work()
    {
        var maker = new Augmentation(_augmentation, _source.SizePixels, _noData);
        int plane = _source.SizePixels * _source.SizePixels;
        (float[] reflectance, byte[] label) = (new float[_source.BandNames.Count * plane], new byte[plane]);
        try
        {
            foreach ((long step, TaskCompletionSource<Batch> made) in _orders.GetConsumingEnumerable(_stop.Token))
            {
                try { made.SetResult(Make(step, maker, reflectance, label)); }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    made.SetException(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Dispose was called: nobody waits any more.
        }
    }

    private Batch Make(long step, Augmentation maker, float[] reflectance, byte[] label)
    {
        if (!_spare.TryTake(out Batch? batch))
            batch = new Batch(_batch, _source.BandNames.Count, _source.SizePixels,
                new float[_batch * reflectance.Length], new long[_batch * label.Length]);
        for (int i = 0; i < _batch; i++)
        {
            _stop.Token.ThrowIfCancellationRequested();
            long visit = step * _batch + i;
            _source.Read(PatchOfVisit(visit, _source.Count, _seed), reflectance, label);
            maker.Apply(PatchHash.Generator(_seed, (ulong)visit), reflectance, label,
                batch.Reflectance.AsSpan(i * reflectance.Length, reflectance.Length), batch.Target.AsSpan(i * label.Length, label.Length));
        }

        return batch;
    }
}
