using Asm.Raster.Windows;

namespace Asm.Raster.Resampling;

/// <summary>Turns computed values into samples as a raster of a sample type would store them.</summary>
internal static class WarpSamples
{
    /// <summary>True where a sample of the type can have exactly this value.</summary>
    public static bool CanHold(SampleType type, double value) =>
        double.IsNaN(value) ? type is SampleType.Float32 or SampleType.Float64 : Round(value, type) == value;

    /// <summary>A nodata value as samples have it: 0.1 is no float, and would be found in no float raster read as double.</summary>
    public static double? Stored(double? noData, SampleType type) => type == SampleType.Float32 ? (float?)noData : noData;

    /// <summary>The sample for a computed value, NaN being no data.</summary>
    /// <remarks>
    /// A value with data that happens to round to nodata is moved to the next sample, as GDAL does, or it would be lost. Not so for
    /// <see cref="ResamplingMethod.Nearest"/>: its values may be classes, and the next class would be a lie.
    /// </remarks>
    public static double ToStored(double value, double noData, SampleType type, ResamplingMethod method)
    {
        if (double.IsNaN(value)) return noData;
        double sample = Round(value, type);
        if (sample != noData || method == ResamplingMethod.Nearest) return sample;
        return type switch
        {
            SampleType.Float32 => MathF.BitIncrement((float)sample),
            SampleType.Float64 => Math.BitIncrement(sample),
            _ => Round(sample + 1, type) != noData ? sample + 1 : sample - 1,
        };
    }

    /// <summary>Rounded half away from zero and clamped to the type's range.</summary>
    private static double Round(double value, SampleType type)
    {
        if (type == SampleType.Float64) return value;
        if (type == SampleType.Float32) return (float)value;
        (double low, double high) = type switch
        {
            SampleType.UInt8 => (byte.MinValue, byte.MaxValue),
            SampleType.Int16 => (short.MinValue, short.MaxValue),
            SampleType.UInt16 => (ushort.MinValue, ushort.MaxValue),
            SampleType.Int32 => (int.MinValue, int.MaxValue),
            SampleType.UInt32 => ((double)uint.MinValue, (double)uint.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
        return Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), low, high);
    }
}
