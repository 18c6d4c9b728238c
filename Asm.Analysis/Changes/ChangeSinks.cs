using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>Where the changes between seasons go. All have the maps' grid.</summary>
public sealed record ChangeSinks
{
    /// <summary>A sink of change codes for each pair of <see cref="Change.Pairs"/>, in its order; uint8, no data 0.</summary>
    public required IReadOnlyList<IRasterSink> Changes { get; init; }

    /// <summary>Codes of <see cref="Asm.Analysis.Changes.Persistence"/>, uint8, no data 0; null: not wanted.</summary>
    public IRasterSink? Persistence { get; init; }

    internal IReadOnlyList<IRasterSink> All => Persistence is null ? Changes : [.. Changes, Persistence];
}
