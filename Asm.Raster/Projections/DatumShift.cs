namespace Asm.Raster.Projections;

/// <summary>
/// The seven parameters of TOWGS84: what turns geocentric positions on a datum into those on WGS 84, in the position vector
/// sense (EPSG method 9606).
/// </summary>
/// <param name="XMetres">Translation along X.</param>
/// <param name="YMetres">Translation along Y.</param>
/// <param name="ZMetres">Translation along Z.</param>
/// <param name="XArcSeconds">Rotation about X.</param>
/// <param name="YArcSeconds">Rotation about Y.</param>
/// <param name="ZArcSeconds">Rotation about Z.</param>
/// <param name="ScalePpm">Change of scale, parts per million.</param>
internal readonly record struct DatumShift(
    double XMetres, double YMetres, double ZMetres, double XArcSeconds = 0,
    double YArcSeconds = 0, double ZArcSeconds = 0, double ScalePpm = 0)
{
    /// <summary>The datum is WGS 84, or agrees with it within a metre or two, which is how GDAL treats it too.</summary>
    public static readonly DatumShift None;

    /// <summary>The parameters in the order of TOWGS84.</summary>
    public double[] ToArray() => [XMetres, YMetres, ZMetres, XArcSeconds, YArcSeconds, ZArcSeconds, ScalePpm];

    /// <summary>Reads three or seven parameters in the order of TOWGS84; null for another number of them.</summary>
    public static DatumShift? FromArray(IReadOnlyList<double> values) => values.Count switch
    {
        3 => new(values[0], values[1], values[2]),
        7 => new(values[0], values[1], values[2], values[3], values[4], values[5], values[6]),
        _ => null,
    };
}
