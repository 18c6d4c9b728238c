namespace Asm.Raster.Bytes;

/// <summary>
/// The bytes of a file on a web server, by range requests (RFC 9110, section 14): only what is asked for is transferred, but for the first
/// bytes, which hold the directories of a Cloud Optimized GeoTIFF and are kept.
/// </summary>
/// <remarks>
/// Transfers that break off go on at the byte where they stopped. A server that is busy, fails or is silent is asked again after a pause.
/// Every answer is checked to be of the same file as the first: same size, same ETag or time.
/// </remarks>
internal sealed class HttpBytes : ByteSource
{
    private const int HeadBytes = 1 << 16;

    private readonly HttpTransfer _transfer;
    private readonly byte[] _head;

    private HttpBytes(HttpTransfer transfer, byte[] head, long length) : base(transfer.Url.OriginalString, transfer.Name) =>
        (_transfer, _head, Length) = (transfer, head, length);

    public override int ConcurrentReads => _transfer.Run.Remote.Connections;

    /// <summary>Opens a file and reads its first bytes.</summary>
    /// <exception cref="AsmException">It is not there, the server fails or does not serve ranges.</exception>
    public static HttpBytes Open(Uri url, RunOptions run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Remote.Connections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Remote.Attempts, 1);
        var transfer = new HttpTransfer(url, run);
        var head = new byte[HeadBytes];
        int length = transfer.Read(0, head);
        return new(transfer, head[..length], transfer.Length);
    }

    public override bool TryRead(long offset, Span<byte> destination)
    {
        if (offset > Length - destination.Length) return false;
        if (offset < _head.Length)
        {
            int count = (int)Math.Min(_head.Length - offset, destination.Length);
            _head.AsSpan((int)offset, count).CopyTo(destination);
            offset += count;
            destination = destination[count..];
        }
        return destination.IsEmpty || _transfer.Read(offset, destination) == destination.Length;
    }

    public override void Dispose() { }
}
