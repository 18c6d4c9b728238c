using Asm.Maps.Classes;
using Asm.Raster.Grids;

namespace Asm.Analysis.Mosaicing;

/// <summary>What a mosaic holds.</summary>
public sealed record MosaicSummary
{
    /// <summary>The mosaic's grid.</summary>
    public required GeoGrid Grid { get; init; }

    /// <summary>The classes, in order of their codes.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>Pixels of codes 0, 1, 2, ..., up to 255.</summary>
    public required IReadOnlyList<long> PixelsByCode { get; init; }

    /// <summary>Time of the whole run, output finished.</summary>
    public required TimeSpan TotalTime { get; init; }
}
