using Asm.Raster.Vectors.Burning;

namespace Asm.Raster.Vectors.Coverage;

/// <summary>How much of a pixel belongs to a polygon.</summary>
public enum PixelCoverage
{
    /// <summary>The share of its area that lies inside, 0 to 1.</summary>
    Exact,

    /// <summary>
    /// All of it where its centre lies inside, else nothing: the rule of <see cref="PolygonRaster"/> and of gdal_rasterize without -at.
    /// </summary>
    Centre,
}
