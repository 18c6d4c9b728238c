using Asm.Raster;

namespace Asm.Training.Patches;

/// <summary>
/// Several sources as one: each gives a share of the patches. A source with fewer patches than its share shows some of them again, one with
/// more shows a sample that is spread over all of it.
/// </summary>
internal sealed class MixedPatches : IPatchSource
{
    private readonly (IPatchSource Source, long Count)[] _parts;
    private readonly ulong _seed;
    private readonly long _total;

    /// <summary>Mixes sources of the same bands and size.</summary>
    /// <param name="parts">Each with its number of patches among all.</param>
    /// <param name="seed">
    /// Decides which of its patches a source shows, and, where a source has no end of patches, which source a patch comes from.
    /// </param>
    /// <exception cref="AsmException">The bands differ.</exception>
    public MixedPatches(IReadOnlyList<(IPatchSource Source, long Count)> parts, ulong seed)
    {
        (_parts, _seed, _total) = ([.. parts], seed, parts.Sum(p => p.Count));
        foreach ((IPatchSource source, _) in parts)
            if (!source.BandNames.SequenceEqual(BandNames))
                throw new AsmException("data",
                    $"{source.Description} has the bands {string.Join(' ', source.BandNames)}, "
                    + $"{_parts[0].Source.Description} has {string.Join(' ', BandNames)}",
                    "the same bands everywhere", "make the data sets with the same --bands, or train on one of them");
    }

    /// <inheritdoc/>
    public string Description => string.Join("; ", _parts.Select(p => p.Source.Description));

    /// <inheritdoc/>
    public IReadOnlyList<string> BandNames => _parts[0].Source.BandNames;

    /// <inheritdoc/>
    public int SizePixels => _parts[0].Source.SizePixels;

    /// <inheritdoc/>
    public long? Count => _parts.All(p => p.Source.Count is not null) ? _total : null;

    /// <inheritdoc/>
    public void Read(long index, Span<float> reflectance, Span<byte> label)
    {
        // Without an end of patches there are no passes: each patch draws its source, and its place in a source that has an end.
        bool endless = Count is null;
        long place = endless ? (long)(PatchHash.Mix(_seed, (ulong)index) % (ulong)_total) : index;
        foreach ((IPatchSource source, long count) in _parts)
        {
            if (place >= count)
            {
                place -= count;
                continue;
            }

            source.Read(source.Count is not { } n ? index
                : endless ? (long)((PatchHash.Mix(_seed + 1, (ulong)index) >> 1) % (ulong)n)
                : Spread(place, count, n), reflectance, label);
            return;
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, $"there are {_total} patches");
    }

    // Neighbours in a source lie beside each other on the ground, so the first ones would be a sample of one corner: the source is cut into
    // as many pieces as patches are wanted, and each piece gives one. Whole passes come before the sample.
    private long Spread(long place, long count, long available)
    {
        long sampled = count % available, within = place - (count - sampled);
        if (within < 0) return place % available;
        long first = within * available / sampled, end = (within + 1) * available / sampled;
        return first + (long)(PatchHash.Mix(_seed, (ulong)within) % (ulong)(end - first));
    }
}
