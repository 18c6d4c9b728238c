using Asm.Maps.Classes;
using Asm.Raster.Grids;

namespace Asm.Analysis.Changes;

/// <summary>What changed between seasons.</summary>
public sealed record ChangeSummary
{
    /// <summary>The classes of all maps.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>The grid of all maps.</summary>
    public required GeoGrid Grid { get; init; }

    /// <summary>The pairs of seasons, as <see cref="Change.Pairs"/> has them.</summary>
    public required IReadOnlyList<SeasonPair> Pairs { get; init; }

    /// <summary>The from-to table of each pair: all pairs of classes in order of their codes, then no data.</summary>
    public required IReadOnlyList<IReadOnlyList<ChangeRow>> Tables { get; init; }

    /// <summary>Areas of classes: season after season, class after class, then no data.</summary>
    public required IReadOnlyList<AreaRow> Areas { get; init; }

    /// <summary>Pixels of codes 0, 1, ... of <see cref="Persistence"/>; empty where it was not wanted.</summary>
    public required IReadOnlyList<long> PersistencePixels { get; init; }

    /// <summary>Hectares of one pixel.</summary>
    public required double HectaresPerPixel { get; init; }

    /// <summary>Time of the whole run, outputs finished.</summary>
    public required TimeSpan TotalTime { get; init; }
}
