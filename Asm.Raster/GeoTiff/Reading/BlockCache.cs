namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// Decoded blocks, the most recently used ones, up to a number of bytes. Safe for concurrent calls; blocks in it are never written to.
/// </summary>
internal sealed class BlockCache(long capacityBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(BlockReader Reader, int Block), LinkedListNode<((BlockReader, int) Key, byte[] Samples)>> _byKey = [];
    private readonly LinkedList<((BlockReader, int) Key, byte[] Samples)> _byAge = new();
    private long _bytes;

    /// <summary>True where a block of this size may be kept; one that would drive out most others is not.</summary>
    public bool Takes(long bytes) => bytes <= capacityBytes / 2;

    /// <summary>The samples of a block, or null where they are not kept.</summary>
    public byte[]? Find(BlockReader reader, int block)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue((reader, block), out LinkedListNode<((BlockReader, int), byte[])>? node)) return null;
            _byAge.Remove(node);
            _byAge.AddFirst(node);
            return node.Value.Item2;
        }
    }

    /// <summary>Keeps the samples of a block, and drops the blocks that were not used for longest.</summary>
    public void Add(BlockReader reader, int block, byte[] samples)
    {
        lock (_lock)
        {
            // Two threads may have decoded the same block; the first one stays.
            if (_byKey.ContainsKey((reader, block))) return;
            _byKey.Add((reader, block), _byAge.AddFirst(((reader, block), samples)));
            _bytes += samples.Length;
            while (_bytes > capacityBytes && _byAge.Last is { } oldest)
            {
                _byAge.RemoveLast();
                _byKey.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Samples.Length;
            }
        }
    }
}
