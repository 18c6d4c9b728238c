namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// How a coarser pixel follows from the 2 x 2 finer ones. Samples without data (nodata or NaN) have no say; where all four have none,
/// neither has the coarser pixel.
/// </summary>
public enum OverviewMode
{
    /// <summary>No overviews.</summary>
    None,

    /// <summary>The most frequent sample; of equally frequent ones the lowest. For class maps.</summary>
    Mode,

    /// <summary>The mean, for integers rounded half away from zero. For measured quantities.</summary>
    Average,
}
