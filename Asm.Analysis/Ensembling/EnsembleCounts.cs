namespace Asm.Analysis.Ensembling;

/// <summary>Numbers of pixels.</summary>
internal sealed class EnsembleCounts(int classes, int dates)
{
    /// <summary>Pixels of codes 0, 1, 2, ...</summary>
    public long[] Codes { get; } = new long[classes + 1];

    /// <summary>Pixels with data in 0, 1, 2, ... dates.</summary>
    public long[] ByDates { get; } = new long[dates + 1];

    /// <summary>Adds the numbers of another part.</summary>
    public void Add(EnsembleCounts other)
    {
        for (int i = 0; i < Codes.Length; i++) Codes[i] += other.Codes[i];
        for (int i = 0; i < ByDates.Length; i++) ByDates[i] += other.ByDates[i];
    }
}
