namespace Asm.Raster.Jpeg2000;

/// <summary>Decoded blocks, the most recently used ones, up to a number of bytes. Safe for concurrent calls; blocks in it are never written to.</summary>
/// <param name="capacityBytes">What <see cref="Trim"/> leaves at most.</param>
/// <param name="bytesOf">How many bytes a block has.</param>
/// <param name="decode">Decodes a block.</param>
internal sealed class TileCache(long capacityBytes, Func<int, int> bytesOf, Func<int, byte[]> decode)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedListNode<(int Block, Lazy<byte[]> Samples)>> _byBlock = [];
    private readonly LinkedList<(int Block, Lazy<byte[]> Samples)> _byAge = new();
    private long _bytes;

    /// <summary>A block, to be decoded when its value is asked for. Where several calls want it at a time, one of them decodes it and the others wait.</summary>
    public Lazy<byte[]> Get(int block)
    {
        lock (_lock)
        {
            if (_byBlock.TryGetValue(block, out LinkedListNode<(int Block, Lazy<byte[]> Samples)>? node)) _byAge.Remove(node);
            else
            {
                node = new((block, new Lazy<byte[]>(() => decode(block), LazyThreadSafetyMode.ExecutionAndPublication)));
                _byBlock.Add(block, node);
                _bytes += bytesOf(block);
            }
            _byAge.AddFirst(node);
            return node.Value.Samples;
        }
    }

    /// <summary>Drops the blocks that were asked for first, until what is left fits.</summary>
    public void Trim()
    {
        lock (_lock)
            while (_bytes > capacityBytes && _byAge.Last is { } oldest)
            {
                _byAge.RemoveLast();
                _byBlock.Remove(oldest.Value.Block);
                _bytes -= bytesOf(oldest.Value.Block);
            }
    }
}
