namespace Asm.Analysis.Heatmaps;

/// <summary>Factors for neighbouring pixels of one row.</summary>
/// <param name="Row">The row, relative to that of the values handed in.</param>
/// <param name="First">The first pixel, relative to the place that the sum is for.</param>
/// <param name="At">Where the factors stand in their array.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct RowTaps(int Row, int First, int At, int Count);
