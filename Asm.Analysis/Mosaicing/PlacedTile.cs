using Asm.Raster.Grids;
using Asm.Raster.Resampling;

namespace Asm.Analysis.Mosaicing;

/// <summary>A tile at its place in the mosaic.</summary>
internal sealed class PlacedTile
{
    /// <summary>Places a tile: codes, and confidence that belongs to them, by nearest neighbour; probabilities bilinearly.</summary>
    public PlacedTile(MosaicTile tile, GeoGrid target, int threads)
    {
        Tile = tile;
        Map = new(tile.Map, target, tile.HasProbabilities ? ResamplingMethod.Bilinear : ResamplingMethod.Nearest,
            tile.HasProbabilities ? -1 : 0, threads);
        Confidence = tile.Confidence is { } confidence ? new(confidence, target, ResamplingMethod.Nearest, 0, threads) : null;
        Bands = [.. Enumerable.Range(0, tile.HasProbabilities ? tile.Classes.Count : 1)];
    }

    public MosaicTile Tile { get; }

    public PlacedRaster Map { get; }

    public PlacedRaster? Confidence { get; }

    /// <summary>The map's bands.</summary>
    public int[] Bands { get; }
}
