using Asm.Raster.Projections;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>The points of one sample.</summary>
/// <param name="Name">What messages call them: the path of their file.</param>
/// <param name="Crs">The coordinate reference system of their positions; null: that of the map.</param>
/// <param name="Points">The points, in the order of the file.</param>
public sealed record PointTable(string Name, Crs? Crs, IReadOnlyList<SamplePoint> Points);
