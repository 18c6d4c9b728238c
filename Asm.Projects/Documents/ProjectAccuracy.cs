namespace Asm.Projects.Documents;

/// <summary>The labelled points of a project.</summary>
/// <param name="Points">The points: see <see cref="Asm.Analysis.Accuracy.Points.PointsFile"/>.</param>
/// <param name="Map">What they assess: the name of a season, or BEFORE_to_AFTER of a change.</param>
public sealed record ProjectAccuracy(string Points, string Map);
