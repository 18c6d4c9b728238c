using Asm.Analysis.Accuracy.Estimation;
using Asm.Maps.Classes;
using Asm.Raster;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// What a labelled sample says of a map: accuracies and areas with 95 % intervals (Olofsson et al. 2014; Stehman 2014), and the unweighted
/// figures of Gallwey et al. 2020.
/// </summary>
public sealed record PointAssessment
{
    /// <summary>The map.</summary>
    public required string MapName { get; init; }

    /// <summary>The points.</summary>
    public required string PointsName { get; init; }

    /// <summary>True for a change map, whose classes are changes.</summary>
    public required bool IsChange { get; init; }

    /// <summary>Area of a pixel in hectares; null for a map in degrees or without a CRS.</summary>
    public required double? HectaresPerPixel { get; init; }

    /// <summary>The strata from which points were drawn.</summary>
    public required IReadOnlyList<AssessedStratum> Strata { get; init; }

    /// <summary>True where the strata are not the map's classes, so that the estimators are those of Stehman 2014.</summary>
    public required bool HasOtherStrata { get; init; }

    /// <summary>The classes: of a class map all that it names, of a change map those that map or reference have.</summary>
    public required IReadOnlyList<AssessedClass> Classes { get; init; }

    /// <summary>Overall accuracy; null where it is not estimable.</summary>
    public required Estimate? Overall { get; init; }

    /// <summary>
    /// Counts of points; codes 1, 2, ... are the positions in <see cref="Classes"/>. Its accuracies are the unweighted ones of the paper.
    /// </summary>
    public required ConfusionMatrix Counts { get; init; }

    /// <summary>Estimates of the shares of all pixels, rows map, columns reference, by the positions in <see cref="Classes"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<Estimate?>> AreaShares { get; init; }

    /// <summary>Of a change map the net change of each class; else empty.</summary>
    public required IReadOnlyList<NetChange> NetChanges { get; init; }

    /// <summary>Points without a reference yet; not counted.</summary>
    public required int Unlabelled { get; init; }

    /// <summary>Points where the person could not tell; not counted.</summary>
    public required int CannotTell { get; init; }

    /// <summary>Points of other strata on pixels where the map has no data: the map's accuracy does not depend on them.</summary>
    public required int OnNoData { get; init; }

    /// <summary>What a reader must know beside the figures, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Assesses a map.</summary>
    /// <param name="map">A class map or a change map.</param>
    /// <param name="points">Points with the map's class (stratum) and the reference, as names or codes.</param>
    /// <param name="strata">The map from whose classes the points were drawn, on the same grid; null where it is the map itself.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">
    /// A point lies outside of the map or on no data, has an unknown class, or one that the map does not have there;
    /// the message names its row.
    /// </exception>
    public static PointAssessment Run(ClassMap map, PointTable points, ClassMap? strata = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(points);
        return new PointCounting(map, strata, PlacedPoints.On(map, strata, points, run)).Assess();
    }
}
