namespace Asm.Raster.Resampling;

/// <summary>
/// How a sample between the centres of pixels is found. All methods give data exactly where the source pixel that
/// holds the position has data.
/// </summary>
public enum ResamplingMethod
{
    /// <summary>The sample of the pixel that holds the position. The method for class maps: it makes no new values.</summary>
    Nearest,

    /// <summary>
    /// Linear in both directions between the 2 x 2 nearest centres; weights of centres without data are shared among the others.
    /// </summary>
    Bilinear,

    /// <summary>
    /// Cubic convolution over 4 x 4 centres (Keys 1981, a = -0.5), bilinear where one of them has no data. May overshoot; clamped
    /// to the sample type's range.
    /// </summary>
    Cubic,
}
