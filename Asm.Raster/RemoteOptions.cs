namespace Asm.Raster;

/// <summary>How files on a server are read.</summary>
public sealed record RemoteOptions
{
    /// <summary>Requests that one file has under way at most while it is read, 1 or more.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>How often a transfer is tried without a byte of progress, 1 or more. One that broke off goes on where it stopped.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>
    /// The pause before the second attempt; each further one is twice as long. A server that names a longer one gets it, up to a minute.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a server may be silent before the attempt counts as failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
