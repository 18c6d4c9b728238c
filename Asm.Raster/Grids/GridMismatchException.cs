namespace Asm.Raster.Grids;

/// <summary>Two rasters that must have the same pixels do not.</summary>
public sealed class GridMismatchException : AsmException
{
    /// <summary>Creates the error; the message names both grids.</summary>
    public GridMismatchException(GeoGrid first, string firstName, GeoGrid second, string secondName)
        : base($"{secondName}: its grid differs from that of {firstName}\n  {firstName}: {first}"
            + $"\n  {secondName}: {second}\n  expected: the same size, origin, pixel size and CRS"
            + "\n  fix: use files of one granule, or warp one onto the grid of the other", AsmErrorCode.Grid)
    { }
}
