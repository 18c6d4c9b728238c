namespace Asm.Raster.Vectors.Burning;

/// <summary>An edge of a polygon in fractional pixels, its upper end first, and the rows whose centres lie beside it.</summary>
/// <param name="X0">The column of the upper end.</param>
/// <param name="Y0">The row of the upper end.</param>
/// <param name="X1">The column of the lower end.</param>
/// <param name="Y1">The row of the lower end, above <paramref name="Y0"/>.</param>
/// <param name="FirstRow">The first row whose centre is at Y0 or below it.</param>
/// <param name="EndRow">The first row whose centre is at Y1 or below it.</param>
internal readonly record struct PolygonEdge(double X0, double Y0, double X1, double Y1, int FirstRow, int EndRow)
{
    /// <summary>The first column whose centre lies to the right of the edge, on the line through the centres of a row.</summary>
    public double ColumnAt(int row) => Math.Floor((row + 0.5 - Y0) * (X1 - X0) / (Y1 - Y0) + X0 + 0.5);
}
