namespace Asm.Training.Datasets;

/// <summary>Where one patch lies: the names and order of the columns of <c>patches.csv</c>.</summary>
/// <param name="Scene">Position of the scene in the data set, from 0.</param>
/// <param name="Column">Leftmost column in the scene.</param>
/// <param name="Row">Topmost row in the scene.</param>
/// <param name="Split">The split that all of its pixels belong to.</param>
internal sealed record PatchPlace(int Scene, int Column, int Row, Split Split);
