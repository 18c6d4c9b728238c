namespace Asm.Raster.GeoTiff.Writing;

/// <summary>How a Cloud Optimized GeoTIFF is written.</summary>
public sealed record CogOptions
{
    /// <summary>
    /// How overviews are made; null: <see cref="OverviewMode.Mode"/> for rasters with class names or colours, else
    /// <see cref="OverviewMode.Average"/>.
    /// </summary>
    public OverviewMode? Overviews { get; init; }

    /// <summary>Width and height of a tile in pixels, a multiple of 16. Overviews go on until both sides fit in one tile.</summary>
    /// <remarks>The writer holds up to three rows of tiles in memory, so half the size takes half the memory.</remarks>
    public int TileSize { get; init; } = 512;

    /// <summary>Speed against size.</summary>
    public CogCompression Compression { get; init; } = CogCompression.Fast;

    /// <summary>True replaces a file that is there; false refuses it.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Larger files become BigTIFF: offsets of classic TIFF have 32 bits. Tests lower it.</summary>
    internal long ClassicLimitBytes { get; init; } = uint.MaxValue;

    /// <summary>Refuses values outside of what a TIFF can have.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TileSize, 16);
        ArgumentOutOfRangeException.ThrowIfNotEqual(TileSize % 16, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TileSize, 4096);
    }
}
