namespace Asm.Training.Quantizing;

/// <summary>How the values of a tensor become uint8: value = scale x (number - zero point).</summary>
/// <param name="Scale">Value of one step, above 0.</param>
/// <param name="ZeroPoint">The number of value 0.</param>
internal readonly record struct ActivationRange(float Scale, byte ZeroPoint)
{
    private const int Steps = byte.MaxValue;

    /// <summary>Spreads the numbers over a range; the range is widened to hold 0, which padding needs exactly.</summary>
    public static ActivationRange Of(double low, double high)
    {
        (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        float scale = (float)Math.Max((high - low) / Steps, 1e-12);
        return new(scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, Steps));
    }
}
