namespace Asm.Raster.Grids;

/// <summary>Two rasters that must have the same pixels do not.</summary>
public sealed class GridMismatchException : AsmException
{
    /// <summary>Creates the error; the message names both grids.</summary>
    public GridMismatchException(GeoGrid first, string firstName, GeoGrid second, string secondName)
        : this(first, firstName, second, secondName, "its grid differs from that of", "the same size, origin, pixel size and CRS",
            "use files of one granule, or warp one onto the grid of the other")
    { }

    /// <summary>Creates the error with words of its own; each grid stands in a line of its own.</summary>
    internal GridMismatchException(GeoGrid first, string firstName, GeoGrid second, string secondName,
        string found, string expected, string fix)
        : base($"{Line(secondName)}: {found} {Line(firstName)}\n  {Line(firstName)}: {first}\n  {Line(secondName)}: {second}"
            + $"\n  expected: {Line(expected)}\n  fix: {Line(fix)}", AsmErrorCode.Grid)
    { }
}
