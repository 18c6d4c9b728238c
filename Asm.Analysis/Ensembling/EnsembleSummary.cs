using Asm.Maps.Classes;
using Asm.Raster.Grids;

namespace Asm.Analysis.Ensembling;

/// <summary>What an ensemble found.</summary>
public sealed record EnsembleSummary
{
    /// <summary>The grid of the outputs.</summary>
    public required GeoGrid Grid { get; init; }

    /// <summary>The classes, in order of the codes from 1.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>Pixels of each class, in order of the codes from 1.</summary>
    public required IReadOnlyList<long> ClassPixels { get; init; }

    /// <summary>Pixels with data in 0, 1, 2, ... dates; the first are without data in the ensemble.</summary>
    public required IReadOnlyList<long> PixelsByDates { get; init; }

    /// <summary>Time of the whole run, outputs finished.</summary>
    public required TimeSpan TotalTime { get; init; }
}
