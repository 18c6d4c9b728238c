namespace Asm.Raster;

/// <summary>How a run uses the machine.</summary>
public sealed record RunOptions
{
    /// <summary>Worker threads, 1 or more. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Memory that the run may take for pixels, in bytes. Results do not depend on it; too little is refused before the work starts.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>The limit that was set, where a part of it is kept for something else; 0 where nothing is.</summary>
    internal long SetMemoryBytes { get; init; }

    /// <summary>How files on a server are read.</summary>
    public RemoteOptions Remote { get; init; } = new();

    /// <summary>Is told after each strip or window; may be null.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>
    /// Is told what a person has to know of the inputs, in whole sentences; may be null. Called from one thread at a time.
    /// </summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Stops the run, waiting for servers included; outputs that are not complete are discarded.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The files that are read, which must not change; null where nobody asks for that.</summary>
    internal InputWatch? Inputs { get; init; }

    /// <summary>The run without memory that is kept for something else.</summary>
    internal RunOptions Keep(long bytes) =>
        this with { MaxMemoryBytes = MaxMemoryBytes - bytes, SetMemoryBytes = Math.Max(MaxMemoryBytes, SetMemoryBytes) };

    /// <summary>Refuses work that needs more memory than there is, and says which limit is enough for it and for what is kept.</summary>
    /// <param name="subject">What needs it.</param>
    /// <param name="needBytes">What it needs.</param>
    /// <param name="or">What else would help, such as ", or a smaller `bandwidth`".</param>
    internal AsmException TooLittleMemory(string subject, long needBytes, string or = "")
    {
        long set = Math.Max(MaxMemoryBytes, SetMemoryBytes);
        // What is kept is a share of the limit.
        long mebibytes = (long)Math.Ceiling((double)needBytes / MaxMemoryBytes * set / (1 << 20));
        return new(subject, $"the memory limit is {set >> 20} MiB", $"at least {mebibytes} MiB",
            $"give `max-memory` {mebibytes}MiB or more{or}", AsmErrorCode.Memory);
    }
}
