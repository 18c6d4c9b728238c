using System.Numerics;

namespace Asm.Raster.Resampling;

/// <summary>
/// How a bicubic sum becomes a sample: integers are rounded half up and clamped to the type's range, and a valid
/// pixel never becomes nodata.
/// </summary>
/// <typeparam name="T">The sample type.</typeparam>
internal readonly struct BicubicRounding<T> where T : unmanaged, INumber<T>
{
    private static readonly bool IsFloatingPoint = typeof(T) == typeof(float) || typeof(T) == typeof(double);

    /// <summary>Prepares the rounding.</summary>
    /// <param name="noData">The sample that means no data, or null. One that <typeparamref name="T"/> cannot hold counts as none.</param>
    public BicubicRounding(double? noData)
    {
        Fill = IsFloatingPoint ? T.CreateSaturating(double.NaN) : T.Zero;
        if (noData is not { } value) return;
        T sample = T.CreateSaturating(value);
        if (!IsFloatingPoint && double.CreateTruncating(sample) != value) return;
        Fill = sample;
        if (T.IsNaN(sample)) return;
        (HasNoData, Substitute) = (true, Neighbour(sample));
    }

    /// <summary>The sample of a pixel without data: nodata where there is one, else NaN or 0.</summary>
    public T Fill { get; }

    /// <summary>True where <see cref="Fill"/> is a number that a sum could hit.</summary>
    public bool HasNoData { get; }

    /// <summary>What a valid sum that hits nodata becomes: the next number up, or down at the top of the range.</summary>
    public T Substitute { get; }

    /// <summary>The sample of a valid pixel.</summary>
    public T Round(double value)
    {
        T sample = T.CreateSaturating(IsFloatingPoint ? value : Math.Floor(value + 0.5));
        return HasNoData && sample == Fill ? Substitute : sample;
    }

    private static T Neighbour(T sample)
    {
        double value = double.CreateTruncating(sample);
        if (typeof(T) == typeof(float)) return T.CreateSaturating(MathF.BitIncrement((float)value));
        if (typeof(T) == typeof(double)) return T.CreateSaturating(Math.BitIncrement(value));
        T up = T.CreateSaturating(value + 1);
        return up == sample ? T.CreateSaturating(value - 1) : up;
    }
}
