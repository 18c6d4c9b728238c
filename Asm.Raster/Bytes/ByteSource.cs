namespace Asm.Raster.Bytes;

/// <summary>The bytes of a file, on disk or on a server: positional reads, safe for concurrent calls.</summary>
internal abstract class ByteSource : IDisposable
{
    protected ByteSource(string location, string name) => (Location, Name) = (location, name);

    /// <summary>The path or the whole URL.</summary>
    public string Location { get; }

    /// <summary>What messages call it: never a URL's query, which may hold a key.</summary>
    public string Name { get; }

    /// <summary>Its size.</summary>
    public long Length { get; protected init; }

    /// <summary>How many reads at a time are worth while, however few the cores; 0 where waiting is not what takes the time.</summary>
    public virtual int ConcurrentReads => 0;

    /// <summary>Opens a file or the URL of one.</summary>
    /// <param name="location">A path, or a URL that <see cref="RemoteFile.IsUrl"/> takes.</param>
    /// <param name="what">What the file should be, for messages: "GeoTIFF".</param>
    /// <param name="run">How a server is read, and cancellation.</param>
    /// <exception cref="AsmException">It is not there or cannot be opened.</exception>
    public static ByteSource Open(string location, string what, RunOptions run)
    {
        if (RemoteFile.IsUrl(location)) return HttpBytes.Open(new Uri(location), run);
        run.Inputs?.Add(location);
        return FileBytes.Open(location, what);
    }

    /// <summary>Fills the destination with the bytes from an offset on.</summary>
    /// <returns>False where the file ends before.</returns>
    /// <exception cref="AsmException">The disk or the server reports an error.</exception>
    public abstract bool TryRead(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public abstract void Dispose();
}
