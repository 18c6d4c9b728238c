using Asm.Analysis.Reporting.Run;

namespace Asm.Analysis.Reporting.Page;

/// <summary>A season on the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ZoneMap">What the zone table calls its map.</param>
/// <param name="Hectares">The area of each class, in the order of the run's classes.</param>
/// <param name="NoDataHectares">The area without data.</param>
/// <param name="Scene">The scene in true colours; null where there is none.</param>
/// <param name="Classes">The class map.</param>
/// <param name="Probabilities">Probabilities of the followed class; null where they were not kept.</param>
/// <param name="Confidence">The confidence; null where it was not kept.</param>
/// <param name="Polygons">The season's polygons; null where there are none.</param>
/// <param name="Dates">The scenes behind it.</param>
internal sealed record PageSeason(string Name, string ZoneMap, double[] Hectares, double NoDataHectares, PagePicture? Scene, PagePicture Classes, PagePicture? Probabilities, PagePicture? Confidence,
    PageShapes? Polygons, IReadOnlyList<RunDate> Dates);
