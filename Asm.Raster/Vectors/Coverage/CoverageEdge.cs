namespace Asm.Raster.Vectors.Coverage;

/// <summary>An edge of a polygon in fractional pixels, its upper end first.</summary>
/// <param name="X0">The column of the upper end.</param>
/// <param name="Y0">The row of the upper end.</param>
/// <param name="X1">The column of the lower end.</param>
/// <param name="Y1">The row of the lower end, above <paramref name="Y0"/>.</param>
/// <param name="Sign">1 where the inside lies to the right of the edge, -1 where it lies to the left.</param>
internal readonly record struct CoverageEdge(double X0, double Y0, double X1, double Y1, double Sign);
