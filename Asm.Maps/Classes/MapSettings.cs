using Asm.Maps.Stages;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>Settings that several stages have.</summary>
internal static class MapSettings
{
    /// <summary>The type of probabilities that are written.</summary>
    public static Setting<T> ProbabilityType<T>(Func<T, SampleType> get, Func<T, SampleType, T> with) => Setting.Choice(
        "probability-type", "uint8: 1..255 = 0..1, no data 0; float32: 0..1, no data -1", get, with,
        ("uint8", SampleType.UInt8), ("float32", SampleType.Float32));

    /// <summary>The scale of maps that others wrote.</summary>
    public static Setting<T> FullScale<T>(Func<T, double?> get, Func<T, double?, T> with) => Setting.Number(
        "full-scale",
        "The sample that means probability 1 in maps whose metadata state no scale, "
        + "such as 100 or 254 [default: 1 in floating point; integers are refused]",
        1e-9, 1e12, get, with);
}
