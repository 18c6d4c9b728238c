using System.Numerics;

namespace Asm.Raster.Windows;

/// <summary>
/// The samples that a nodata value stands for, compared in the samples' own type as GDAL does: an integer is one number, and one that the
/// type cannot hold stands for none; a floating-point number stands for those that GDAL's ARE_REAL_EQUAL takes for it.
/// </summary>
/// <remarks>
/// |a - b| &lt; 2 x 1.19e-7 x |a + b|, in the samples' type: text with fewer digits than the sample needs is still found, and the sum of
/// two numbers near the end of the range overflows, so that -3.4e+38 stands for -3.4028235e+38 of float32 as well.
/// </remarks>
/// <param name="Low">The lowest sample.</param>
/// <param name="High">The highest sample.</param>
internal readonly record struct NoDataInterval(double Low, double High)
{
    private const float Epsilon = 1.1920929e-7f;
    private const int Ulps = 2;

    /// <summary>The samples of a type that mean no data; null for none, and for NaN, which never is data.</summary>
    public static NoDataInterval? Of(double? noData, SampleType type) => noData is not { } value || double.IsNaN(value) ? null
        : type switch
        {
            SampleType.Float32 => OfFloat((float)value),
            SampleType.Float64 => OfDouble(value),
            _ => Holds(type, value) ? new(value, value) : null,
        };

    /// <summary>True where a sample of an integer type can be this value.</summary>
    public static bool Holds(SampleType type, double value) => value == Math.Floor(value) && type switch
    {
        SampleType.UInt8 => value is >= byte.MinValue and <= byte.MaxValue,
        SampleType.Int16 => value is >= short.MinValue and <= short.MaxValue,
        SampleType.UInt16 => value is >= ushort.MinValue and <= ushort.MaxValue,
        SampleType.Int32 => value is >= int.MinValue and <= int.MaxValue,
        SampleType.UInt32 => value is >= uint.MinValue and <= uint.MaxValue,
        _ => false,
    };

    /// <summary>True for a sample that means no data.</summary>
    public bool Contains(double sample) => sample >= Low && sample <= High;

    /// <summary>
    /// The interval of samples that were read as another type, which <see cref="SampleTypes.Convert"/> rounds; null where small integers
    /// cannot hold it, so that their ends are not taken for it.
    /// </summary>
    public (T Low, T High)? As<T>() where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) return (T.CreateSaturating(Low), T.CreateSaturating(High));
        double low = Math.Round(Low, MidpointRounding.AwayFromZero), high = Math.Round(High, MidpointRounding.AwayFromZero);
        (T first, T last) = (T.CreateSaturating(low), T.CreateSaturating(high));
        return typeof(T) == typeof(int) || (double.CreateTruncating(first) == low && double.CreateTruncating(last) == high)
            ? (first, last)
            : null;
    }

    private static NoDataInterval OfFloat(float value)
    {
        if (value == 0 || float.IsInfinity(value)) return new(value, value);
        float size = MathF.Abs(value);
        bool Same(uint bits)
        {
            float other = BitConverter.UInt32BitsToSingle(bits);
            return MathF.Abs(other - size) < Epsilon * MathF.Abs(other + size) * Ulps;
        }
        uint own = BitConverter.SingleToUInt32Bits(size);
        uint least = own, most = own;
        for (uint step = 1u << 30; step > 0; step >>= 1)
        {
            if (least >= step && Same(least - step)) least -= step;
            if (most <= BitConverter.SingleToUInt32Bits(float.MaxValue) - step && Same(most + step)) most += step;
        }
        return Signed(value < 0, BitConverter.UInt32BitsToSingle(least), BitConverter.UInt32BitsToSingle(most));
    }

    private static NoDataInterval OfDouble(double value)
    {
        if (value == 0 || double.IsInfinity(value)) return new(value, value);
        double size = Math.Abs(value);
        bool Same(ulong bits)
        {
            double other = BitConverter.UInt64BitsToDouble(bits);
            return Math.Abs(other - size) < Epsilon * Math.Abs(other + size) * Ulps;
        }
        ulong own = BitConverter.DoubleToUInt64Bits(size);
        ulong least = own, most = own;
        for (ulong step = 1ul << 62; step > 0; step >>= 1)
        {
            if (least >= step && Same(least - step)) least -= step;
            if (most <= BitConverter.DoubleToUInt64Bits(double.MaxValue) - step && Same(most + step)) most += step;
        }
        return Signed(value < 0, BitConverter.UInt64BitsToDouble(least), BitConverter.UInt64BitsToDouble(most));
    }

    private static NoDataInterval Signed(bool negative, double least, double most) => negative ? new(-most, -least) : new(least, most);
}
