namespace Asm.Training.Patches;

/// <summary>
/// A fixed number of patches of another source. The first of them are made once and kept in memory as 16-bit integers (reflectance x
/// 10,000); the others are made each time.
/// </summary>
/// <remarks>A patch of 256 x 256 pixels and ten bands takes 1.4 MB.</remarks>
internal sealed class RepeatedPatches : IPatchSource
{
    private readonly IPatchSource _source;
    private readonly int _count;
    private readonly (ushort[] Samples, byte[] Label)?[] _kept;

    /// <summary>Creates the set; nothing is made yet.</summary>
    /// <param name="source">Makes the patches.</param>
    /// <param name="count">How many of them are used, 1 or more.</param>
    /// <param name="keep">How many are kept, 0 to <paramref name="count"/>.</param>
    public RepeatedPatches(IPatchSource source, int count, int keep) =>
        (_source, _count, _kept) = (source, count, new (ushort[], byte[])?[keep]);

    /// <inheritdoc/>
    public string Description => _source.Description;

    /// <inheritdoc/>
    public IReadOnlyList<string> BandNames => _source.BandNames;

    /// <inheritdoc/>
    public int SizePixels => _source.SizePixels;

    /// <inheritdoc/>
    public long? Count => _count;

    /// <inheritdoc/>
    public void Read(long index, Span<float> reflectance, Span<byte> label)
    {
        if (index >= _kept.Length)
        {
            _source.Read(index, reflectance, label);
            return;
        }

        // Two threads may make the same patch at once; both make the same one.
        if (_kept[index] is not { } kept)
        {
            _source.Read(index, reflectance, label);
            kept = (new ushort[reflectance.Length], label.ToArray());
            for (int i = 0; i < reflectance.Length; i++) kept.Samples[i] = (ushort)Math.Clamp(reflectance[i] * 10_000f + 0.5f, 0f, 65_535f);
            lock (_kept) _kept[index] = kept;
        }

        StackSamples.ToReflectance(kept.Samples, reflectance);
        kept.Label.CopyTo(label);
    }
}
