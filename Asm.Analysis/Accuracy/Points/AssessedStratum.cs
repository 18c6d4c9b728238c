namespace Asm.Analysis.Accuracy.Points;

/// <summary>A stratum of a sample.</summary>
/// <param name="Name">Its name: of a class of the map of strata, or <see cref="PointsFile.AllStrata"/>.</param>
/// <param name="Pixels">Its pixels with data in the map.</param>
/// <param name="Points">Its points that were counted.</param>
/// <param name="RightPoints">Those of them whose class in the map is that of the reference.</param>
public sealed record AssessedStratum(string Name, long Pixels, long Points, long RightPoints);
