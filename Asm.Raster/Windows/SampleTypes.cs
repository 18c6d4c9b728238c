using System.Numerics;

namespace Asm.Raster.Windows;

/// <summary>Facts about <see cref="SampleType"/> and conversion between sample types.</summary>
public static class SampleTypes
{
    /// <summary>Bytes of one sample: 1, 2, 4 or 8.</summary>
    public static int ByteCount(this SampleType type) => type switch
    {
        SampleType.UInt8 => 1,
        SampleType.Int16 or SampleType.UInt16 => 2,
        SampleType.Int32 or SampleType.UInt32 or SampleType.Float32 => 4,
        SampleType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The sample type of a .NET number type.</summary>
    /// <exception cref="NotSupportedException">No raster has such samples.</exception>
    public static SampleType Of<T>() where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(byte) ? SampleType.UInt8
        : typeof(T) == typeof(short) ? SampleType.Int16
        : typeof(T) == typeof(ushort) ? SampleType.UInt16
        : typeof(T) == typeof(int) ? SampleType.Int32
        : typeof(T) == typeof(uint) ? SampleType.UInt32
        : typeof(T) == typeof(float) ? SampleType.Float32
        : typeof(T) == typeof(double) ? SampleType.Float64
        : throw new NotSupportedException($"{typeof(T).Name} is not a sample type");

    /// <summary>
    /// Converts samples. To an integer type: rounded half away from zero and clamped to its range, NaN becomes 0.
    /// Otherwise: the nearest value.
    /// </summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
            return;
        }

        bool rounds = typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double);
        bool integer = typeof(TTo) != typeof(float) && typeof(TTo) != typeof(double);
        if (rounds && integer)
            for (int i = 0; i < from.Length; i++)
            {
                double value = double.CreateTruncating(from[i]);
                to[i] = double.IsNaN(value) ? TTo.Zero : TTo.CreateSaturating(Math.Round(value, MidpointRounding.AwayFromZero));
            }
        else
            for (int i = 0; i < from.Length; i++) to[i] = TTo.CreateSaturating(from[i]);
    }
}
