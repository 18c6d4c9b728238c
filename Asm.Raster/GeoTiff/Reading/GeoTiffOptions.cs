using Asm.Raster.Projections;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>How a GeoTIFF is read.</summary>
public sealed record GeoTiffOptions
{
    /// <summary>Memory for decoded blocks that a window used only in part, in bytes; 0 keeps none.</summary>
    /// <remarks>
    /// Neighbouring windows then decode a block once. Blocks that a window uses whole are kept only where
    /// <see cref="KeepsWholeBlocks"/> says so.
    /// </remarks>
    public long CacheBytes { get; init; } = 64L << 20;

    /// <summary>Also keeps blocks that a window used whole: for windows that overlap by a few rows.</summary>
    public bool KeepsWholeBlocks { get; init; }

    /// <summary>The coordinate reference system to assume in place of the one that the file names; null takes the file's own.</summary>
    public Crs? Crs { get; init; }
}
