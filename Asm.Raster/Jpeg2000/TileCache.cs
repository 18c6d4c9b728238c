using System.Buffers;

namespace Asm.Raster.Jpeg2000;

/// <summary>Decoded blocks, the most recently used ones, up to a number of bytes. Safe for concurrent calls.</summary>
/// <remarks>
/// The arrays of blocks that are dropped are used again once nobody reads them, so that decoding leaves no garbage of megabytes.
/// </remarks>
/// <param name="capacityBytes">What <see cref="Trim"/> leaves at most.</param>
/// <param name="bytesOf">How many bytes a block has.</param>
/// <param name="decode">Decodes a block into an array that may be longer.</param>
internal sealed class TileCache(long capacityBytes, Func<int, int> bytesOf, Action<int, byte[]> decode)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedListNode<Entry>> _byBlock = [];
    private readonly LinkedList<Entry> _byAge = new();
    private long _bytes;

    /// <summary>
    /// A block, to be decoded when its samples are asked for; give it back with <see cref="Release"/>. Where several calls want it at a
    /// time, one of them decodes it and the others wait.
    /// </summary>
    public Entry Take(int block)
    {
        lock (_lock)
        {
            if (_byBlock.TryGetValue(block, out LinkedListNode<Entry>? node)) _byAge.Remove(node);
            else
            {
                node = new(new Entry(block, bytesOf(block), decode));
                _byBlock.Add(block, node);
                _bytes += node.Value.Bytes;
            }
            _byAge.AddFirst(node);
            node.Value.Readers++;
            return node.Value;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.Readers--;
            entry.Recycle();
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
                _bytes -= oldest.Value.Bytes;
                oldest.Value.IsDropped = true;
                oldest.Value.Recycle();
            }
    }

    /// <summary>A block and who uses it.</summary>
    public sealed class Entry
    {
        private readonly Lazy<byte[]> _samples;

        public Entry(int block, int bytes, Action<int, byte[]> decode)
        {
            (Block, Bytes) = (block, bytes);
            _samples = new Lazy<byte[]>(() =>
            {
                byte[] samples = ArrayPool<byte>.Shared.Rent(bytes);
                decode(block, samples);
                return samples;
            }, LazyThreadSafetyMode.ExecutionAndPublication);
        }

        public int Block { get; }

        public int Bytes { get; }

        public int Readers { get; set; }

        public bool IsDropped { get; set; }

        /// <summary>The samples, decoded at the first call; only valid until the entry is given back.</summary>
        public ReadOnlySpan<byte> Samples => _samples.Value.AsSpan(0, Bytes);

        /// <summary>Returns the array where nobody can ask for it any more. Called under the cache's lock.</summary>
        public void Recycle()
        {
            if (IsDropped && Readers == 0 && _samples.IsValueCreated) ArrayPool<byte>.Shared.Return(_samples.Value);
        }
    }
}
