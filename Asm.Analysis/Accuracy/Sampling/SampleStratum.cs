using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>A stratum of a planned sample.</summary>
/// <param name="Class">The map's class; code 0 and the name <see cref="PointsFile.AllStrata"/> for a simple random sample.</param>
/// <param name="Pixels">Pixels of the stratum.</param>
/// <param name="UsersAccuracy">The user's accuracy expected of it.</param>
/// <param name="Points">Points to draw, no more than pixels.</param>
public sealed record SampleStratum(MapClass Class, long Pixels, double UsersAccuracy, int Points);
