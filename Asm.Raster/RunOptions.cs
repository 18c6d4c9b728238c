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

    /// <summary>How files on a server are read.</summary>
    public RemoteOptions Remote { get; init; } = new();

    /// <summary>Is told after each strip or window; may be null.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Stops the run, waiting for servers included; outputs that are not complete are discarded.</summary>
    public CancellationToken Cancellation { get; init; }
}
