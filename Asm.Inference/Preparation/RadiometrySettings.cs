using Asm.Maps.Bands;
using Asm.Maps.Stages;

namespace Asm.Inference.Preparation;

/// <summary>The settings of <see cref="StackRadiometry"/>, which several stages have.</summary>
internal static class RadiometrySettings
{
    /// <summary>The settings of a stage that holds a radiometry.</summary>
    /// <param name="get">The stage's radiometry.</param>
    /// <param name="with">The stage with another one.</param>
    public static IReadOnlyList<Setting<T>> Of<T>(Func<T, StackRadiometry> get, Func<T, StackRadiometry, T> with) where T : class =>
    [
        Setting.Number<T>(
            "offset",
            "Added to every stored number before scaling: -1000 for products of baseline 04.00 and later whose offset was not removed",
            -1e9, 1e9,
            s => get(s).Offset, (s, v) => with(s, get(s) with { Offset = v })),
        Setting.Number<T>(
            "quantification", "Stored numbers of reflectance 1 [default: 10000 for integers, 1 for floating point]", 1e-9, 1e12,
            s => get(s).Quantification, (s, v) => with(s, get(s) with { Quantification = v })),
        Setting.Number<T>(
            "nodata", "The stored number that means no data [default: what the file says]",
            double.NegativeInfinity, double.PositiveInfinity,
            s => get(s).NoData, (s, v) => with(s, get(s) with { NoData = v })),
        Setting.Of<T>(
            "bands",
            "Names of the bands of a file with all bands, in its order, with commas, - for those not wanted "
            + "[default: what the file names them; B02,B03,B04,B05,B06,B07,B08,B8A,B11,B12 where its names say nothing]",
            BandList.Expected,
            s => get(s).Bands,
            (s, text) => BandList.Parse(text) is { } names ? with(s, get(s) with { Bands = string.Join(',', names) }) : null),
    ];
}
